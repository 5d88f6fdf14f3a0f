/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PARTS_H
#define RS_PARTS_H

#include "collector.h"
#include "outlet.h"

/*
 * What a run consists of: parts, one after another, with one output. There may
 * be more than fit in memory: they are loaded some at a time, and each load is
 * one run of the pool.
 */
struct rs_parts {
    void *ctx;
    size_t n;         /* more than 0 */
    uint64_t n_pairs; /* of all */
    /*
     * Parent, no worker being there: makes the parts from `first` on ready, as
     * many as shall be there at once; what was ready before may go.
     * parts  out    [*n], borrowed until the next call
     * n      inout  all of them before; at least 1
     */
    enum rs_status (*load)(void *ctx, const struct rs_run_part **parts,
                           size_t *n, size_t first, struct rs_error *err);
};

/* A run of parts [n], which are ready and are there at once. Borrowed. */
struct rs_parts rs_parts_all(struct rs_run_part *parts, size_t n);

/* A run of one. */
static inline struct rs_parts rs_parts_one(struct rs_run_part *part)
{
    return rs_parts_all(part, 1);
}

/*
 * Runs them all. The sink is opened once, when the first workers are under
 * way, and finished or abandoned once.
 * outlet  in   of the collector; NULL: it has none
 * stats   out  of all parts; filled in every case
 * Errors: those of tiles.h, of `load`, and of the sink.
 */
enum rs_status
rs_parts_run(const struct rs_parts *parts, struct rs_collector *collector,
             struct rs_outlet *outlet, const struct rs_crew *crew,
             struct rs_run_stats *stats, struct rs_error *err) RS_MUST_CHECK;

#endif
