/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LOST_PAIRS_H
#define RS_LOST_PAIRS_H

#include "collector.h"

/*
 * Pairs that a sweep has given up, as they kept killing their workers, or as
 * something outside did. Where a row says `worker_lost` nothing more is to be
 * done; but a matrix of values has no place to say it, and what is made of
 * all its cells would be wrong throughout. So a sweep of values fits these
 * pairs again when all others are done, by fresh workers, one pair a job; what
 * is lost then too stays on the list.
 */
struct rs_lost_pair {
    size_t y_ix, x_ix; /* places in the plan's lists */
};

struct rs_lost_pairs {
    struct rs_lost_pair *pairs; /* [n] */
    size_t n;
};

/* Adds one. Owns: rs_lost_pairs_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_lost_pairs_add(struct rs_lost_pairs *lost, size_t y_ix,
                                 size_t x_ix,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_lost_pairs_clear(struct rs_lost_pairs *lost);

/*
 * Fits the pairs of part->lost again, by fresh workers; those that are lost
 * for good remain.
 * collector  in     that has the other pairs, and fits again
 * stats      inout  its tally says what became of the pairs
 * Errors: those of pool.h.
 */
enum rs_status rs_lost_pairs_refit(const struct rs_run_part *part,
                                   struct rs_collector *collector,
                                   const struct rs_crew *crew,
                                   struct rs_run_stats *stats,
                                   struct rs_error *err) RS_MUST_CHECK;

/*
 * Names the first few: 'y' on 'x', 'y' on 'x', ...
 * text  out  [size] cut where it does not fit
 */
void rs_lost_pairs_names(char *text, size_t size,
                         const struct rs_lost_pairs *lost,
                         const struct rs_engine_env *env);

#endif
