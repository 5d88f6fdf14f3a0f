/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include <assert.h>

static_assert(RS_FIT_N_OUTCOMES <= RS_POOL_TALLIES,
              "every outcome has a tally");

enum { LEAST_SLOT = 64 * 1024, MOST_SLOT = 1024 * 1024 };
static const size_t all_slots = (size_t)32 << 20;

/* What a worker's emitter needs. */
struct row_target {
    const struct rs_sweep *sweep;
    struct rs_pool_out *out;
};

static bool begin_pair(void *ctx, uint64_t item)
{
    const struct row_target *target = ctx;

    return rs_pool_item_begin(target->out, item);
}

static void put_row(void *ctx, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    const struct row_target *target = ctx;
    const struct rs_plan *plan = target->sweep->env.plan;
    const struct rs_sink *sink = target->sweep->sink;
    size_t y = plan->y[y_ix];
    size_t x = plan->x[x_ix];
    char *room = rs_pool_reserve(target->out, sink->ops->row_bound(sink, y, x));

    rs_pool_advance(target->out, sink->ops->encode(sink, room, y, x, fit));
    rs_pool_count(target->out, (unsigned)fit->outcome, 1);
}

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct rs_sweep *sweep = ctx;

    return sweep->engine->open(state, &sweep->env, err);
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_pool_out *out, struct rs_error *err)
{
    const struct rs_sweep *sweep = ctx;
    const struct rs_tile tile = rs_plan_tile(sweep->env.plan, job);
    struct row_target target = {sweep, out};
    const struct rs_emitter emit = {&target, begin_pair, put_row};

    (void)err;
    sweep->engine->fit_tile(state, &tile, &emit);
    return RS_OK;
}

static void worker_close(void *ctx, void *state)
{
    const struct rs_sweep *sweep = ctx;

    sweep->engine->close(state);
}

static enum rs_status started(void *ctx, struct rs_error *err)
{
    const struct rs_sweep *sweep = ctx;

    return sweep->sink->ops->open(sweep->sink, err);
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct rs_sweep *sweep = ctx;

    (void)job;
    (void)last;
    return sweep->sink->ops->write(sweep->sink, bytes, n_bytes, err);
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct rs_sweep *sweep = ctx;

    rs_progress_show(sweep->progress, rs_sweep_rows(stats),
                     sweep->env.plan->n_pairs);
}

uint64_t rs_sweep_rows(const struct rs_pool_stats *stats)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < RS_FIT_N_OUTCOMES; i++)
        n += stats->tally[i];
    return n;
}

uint64_t rs_sweep_tile_pairs(uint64_t n_cells, size_t n_rows,
                             size_t n_covariates)
{
    /* A tile should take at least a quarter of a millisecond; a pair takes
     * about 2 ns for each row and column of its model. */
    double pair_ns = 2.0 * (double)(n_rows + 50) * (double)(n_covariates + 1);
    double least = 250e3 / pair_ns;
    uint64_t wanted = n_cells / 1024; /* enough tiles for any machine */

    if ((double)wanted < least)
        wanted = (uint64_t)least;
    if (wanted > 4096)
        wanted = 4096;
    return wanted > 0 ? wanted : 1;
}

static size_t longest_row(const struct rs_sweep *sweep)
{
    const struct rs_plan *plan = sweep->env.plan;
    const struct rs_sink *sink = sweep->sink;
    size_t most_y = 0;
    size_t most_x = 0;

    for (size_t i = 0; i < plan->n_y; i++) {
        size_t n = sink->ops->row_bound(sink, plan->y[i], plan->x[0]);
        most_y = n > most_y ? n : most_y;
    }
    for (size_t j = 0; j < plan->n_x; j++) {
        size_t n = sink->ops->row_bound(sink, plan->y[0], plan->x[j]);
        most_x = n > most_x ? n : most_x;
    }
    return most_y + most_x;
}

static unsigned slot_count(const struct rs_sweep *sweep)
{
    return 2 * sweep->n_workers + 2;
}

/* Larger slots than a megabyte gain nothing; the sum stays bounded for any
 * number of workers unless a single row needs more. */
static size_t slot_size(const struct rs_sweep *sweep)
{
    size_t size = all_slots / slot_count(sweep);
    size_t row = longest_row(sweep);

    if (size > MOST_SLOT)
        size = MOST_SLOT;
    if (size < LEAST_SLOT)
        size = LEAST_SLOT;
    return row > size ? row : size;
}

size_t rs_sweep_buffer_bytes(const struct rs_sweep *sweep)
{
    return slot_count(sweep) * slot_size(sweep);
}

enum rs_status rs_sweep_run(const struct rs_sweep *sweep,
                            struct rs_pool_stats *stats, struct rs_error *err)
{
    struct rs_sweep own = *sweep;
    const struct rs_pool_task task = {
        .n_jobs = sweep->env.plan->n_tiles,
        .n_workers = sweep->n_workers,
        .slot_bytes = slot_size(sweep),
        .n_slots = slot_count(sweep),
        .ctx = &own,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .started = started,
        .commit = commit,
        .tick = tick,
        .stop = sweep->stop,
    };
    enum rs_status status = RS_OK;

    rs_progress_begin(sweep->progress);
    status = rs_pool_run(&task, stats, err);
    rs_progress_end(sweep->progress);
    if (status == RS_OK)
        status = sweep->sink->ops->finish(sweep->sink, err);
    if (status != RS_OK)
        sweep->sink->ops->abandon(sweep->sink);
    return status;
}
