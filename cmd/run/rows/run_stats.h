/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_STATS_H
#define RS_RUN_STATS_H

#include "pool.h"
#include "tally.h"

#include <string.h>

/* What workers did of a run, and what was counted of the pairs whose tiles
 * are committed, written or not. */
struct rs_run_stats {
    struct rs_pool_stats pool;
    struct rs_tally tally;
    double outlet_seconds; /* of opening and finishing the sink */
};

/* A tally is nothing but numbers: what the jobs of a pool can count. */
enum { RS_TALLY_COUNTS = sizeof(struct rs_tally) / sizeof(uint64_t) };

/* Of a task: n_counts is RS_TALLY_COUNTS. */
static inline uint64_t *rs_tally_counts(struct rs_tally *tally)
{
    return (uint64_t *)tally;
}

/* Adds what was counted elsewhere. */
static inline void rs_tally_merge(struct rs_tally *into,
                                  const struct rs_tally *more)
{
    uint64_t counts[RS_TALLY_COUNTS];

    memcpy(counts, more, sizeof counts);
    for (unsigned i = 0; i < RS_TALLY_COUNTS; i++)
        rs_tally_counts(into)[i] += counts[i];
}

/* Worker: what a job counts. */
static inline void rs_tally_send(struct rs_out *out,
                                 const struct rs_tally *tally)
{
    uint64_t counts[RS_TALLY_COUNTS];

    memcpy(counts, tally, sizeof counts);
    for (unsigned i = 0; i < RS_TALLY_COUNTS; i++)
        rs_out_count(out, i, counts[i]);
}

#endif
