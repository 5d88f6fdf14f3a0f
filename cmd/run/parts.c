/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts.h"

#include "tiles.h"

#include <string.h>

static enum rs_status load_all(void *ctx, const struct rs_run_part **parts,
                               size_t *n, size_t first, struct rs_error *err)
{
    (void)first;
    (void)err;
    *parts = ctx;
    (void)n; /* that of the run */
    return RS_OK;
}

struct rs_parts rs_parts_all(struct rs_run_part *parts, size_t n)
{
    struct rs_parts all = {parts, n, 0, load_all};

    for (size_t i = 0; i < n; i++)
        all.n_pairs += parts[i].env.plan->n_pairs;
    return all;
}

/* Another load is done, as far as it came. */
static void add(struct rs_run_stats *into, const struct rs_run_stats *more)
{
    struct rs_pool_stats *pool = &into->pool;

    pool->n_jobs += more->pool.n_jobs;
    pool->jobs_committed += more->pool.jobs_committed;
    if (more->pool.workers_started > pool->workers_started)
        pool->workers_started = more->pool.workers_started;
    rs_pool_stats_add(pool, &more->pool);
    rs_tally_merge(&into->tally, &more->tally);
}

enum rs_status rs_parts_run(const struct rs_parts *parts,
                            struct rs_collector *collector,
                            struct rs_outlet *outlet,
                            const struct rs_crew *crew,
                            struct rs_run_stats *stats, struct rs_error *err)
{
    struct rs_load load = {.n = parts->n, .total = parts->n_pairs};
    struct rs_run_stats own;
    enum rs_status status = RS_OK;

    memset(stats, 0, sizeof *stats);
    for (size_t i = 0; i < parts->n && status == RS_OK; i += load.n) {
        status = parts->load(parts->ctx, &load.parts, &load.n, i, err);
        if (status != RS_OK)
            break;
        load.before = rs_tally_pairs(&stats->tally);
        status = rs_tiles_run(&load, collector, crew, &own, err);
        add(stats, &own);
    }
    if (outlet == NULL)
        return status;
    status = rs_outlet_end(outlet, &stats->tally, crew, status, err);
    stats->outlet_seconds = outlet->seconds;
    return status;
}
