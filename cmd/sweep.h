/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SWEEP_H
#define RS_SWEEP_H

#include "engine.h"
#include "pool.h"
#include "progress.h"
#include "sink.h"

/*
 * The sweep: tiles through the pool, from the engine to the sink. Workers
 * fit a tile and encode its rows straight into shared memory; the parent
 * writes them in order.
 */
struct rs_sweep {
    const struct rs_engine *engine;
    struct rs_engine_env env;
    struct rs_sink *sink;
    unsigned n_workers;
    struct rs_progress *progress;
    const volatile sig_atomic_t *stop; /* NULL allowed */
};

/* The pairs that have a row in what was committed. */
uint64_t rs_sweep_rows(const struct rs_pool_stats *stats);

/* Pairs a tile should hold: enough to make claims cheap, few enough to keep
 * all workers busy to the end. Follows from the data alone. */
uint64_t rs_sweep_tile_pairs(uint64_t n_cells, size_t n_rows,
                             size_t n_covariates);

/* Bytes of shared memory that a sweep takes for its hand-over. */
size_t rs_sweep_buffer_bytes(const struct rs_sweep *sweep);

/*
 * Runs the sweep: opens the sink, writes all rows, finishes it.
 * stats  out  stats->tally[outcome] counts the rows by outcome
 * Errors: those of pool.h and of the sink; the sink is abandoned then.
 */
enum rs_status rs_sweep_run(const struct rs_sweep *sweep,
                            struct rs_pool_stats *stats,
                            struct rs_error *err) RS_MUST_CHECK;

#endif
