/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SWEEP_H
#define RS_SWEEP_H

#include "engine.h"
#include "p_histogram.h"
#include "pool.h"
#include "row_maker.h"
#include "run_stats.h"
#include "sink.h"
#include "ticker.h"
#include "top.h"

struct rs_lost_pairs;

/*
 * The sweep: tiles through the pool, from the engine to the sink. Workers
 * fit a tile and encode its kept rows straight into shared memory, or pack
 * them (packer.h); the parent writes them in order. With --top the workers
 * send the best fits of a tile as they are, and rows are made of those that
 * remain at the end (top_rows.h). With values there are no rows: workers fill
 * the cells, or hand them over to be counted in a histogram.
 */
struct rs_sweep {
    const struct rs_engine *engine;
    const void *shared; /* what engine->prepare made; NULL */
    struct rs_engine_env env;
    struct rs_sink *sink; /* NULL with values */
    unsigned rows; /* which the sink gets: set of RS_ROWS_; 0: of pairs */
    const struct rs_values *values;   /* to fill instead of writing rows; NULL.
                                         No --top then */
    struct rs_p_histogram *histogram; /* with values of ln p: what they are
                                         counted in instead of being kept,
                                         their cells being NULL; NULL */
    const struct rs_adder *adder;     /* NULL: nothing is added */
    struct rs_top *best; /* filled with the best of the pairs that are written
                            (best.h); NULL: not wanted. With a sink only */
    const struct rs_p_sample *sample; /* filled with p of the pairs; NULL */
    struct rs_lost_pairs *lost; /* filled with the pairs that were given up
                                   and, of values, could not be fitted again
                                   either (lost_pairs.h); NULL: not wanted */
    const struct rs_pool *pool;
    unsigned n_workers;
    const struct rs_ticker *ticker;    /* NULL: nobody is told */
    const char *what;                  /* is told; NULL: rows are written */
    const volatile sig_atomic_t *stop; /* NULL allowed */
};

/* What the rows of its pairs are made of. */
struct rs_row_ask rs_sweep_rows(const struct rs_sweep *sweep);

/* Parent: a piece of the values of a job, whole numbers. */
void rs_sweep_count_values(struct rs_p_histogram *histogram, const char *bytes,
                           size_t n_bytes);

/*
 * Runs the sweep: opens the sink, writes all rows, finishes it; or fills the
 * matrix of values.
 * stats  out  filled in every case
 * Errors: those of pool.h and of the sink; the sink is abandoned then.
 */
enum rs_status rs_sweep_run(const struct rs_sweep *sweep,
                            struct rs_run_stats *stats,
                            struct rs_error *err) RS_MUST_CHECK;

#endif
