/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tiles.h"

#include "fitter.h"
#include "lost_pairs.h"
#include "slots.h"

#include <string.h>

/* The parent's side. */
struct tiles_run {
    const struct rs_load *load;
    struct rs_collector *collector;
    const struct rs_crew *crew;
    struct rs_run_stats *stats;
};

static const struct rs_run_part *part_of(const struct tiles_run *run,
                                         uint64_t job)
{
    return rs_run_part_of(run->load->parts, run->load->n, job);
}

/* ---- workers ----------------------------------------------------- */

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct tiles_run *run = ctx;
    struct rs_fitter *fitter = NULL;
    enum rs_status status = rs_fitter_new(&fitter, run->collector, err);

    *state = fitter;
    return status == RS_OK ? rs_fitter_enter(fitter, run->load->parts, err)
                           : status;
}

static void worker_close(void *ctx, void *state)
{
    (void)ctx;
    rs_fitter_free(state);
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct rs_run_part *part = part_of(ctx, job);
    const struct rs_tile tile = rs_run_part_tile(part, job);
    enum rs_status status = rs_fitter_enter(state, part, err);

    return status == RS_OK ? rs_fitter_fit(state, &tile, out, err) : status;
}

/* ---- parent ------------------------------------------------------ */

static enum rs_status started(void *ctx, struct rs_error *err)
{
    const struct tiles_run *run = ctx;
    const struct rs_collector_ops *ops = run->collector->ops;

    return ops->started == NULL ? RS_OK : ops->started(run->collector, err);
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct tiles_run *run = ctx;
    struct rs_collector *collector = run->collector;
    enum rs_status status = collector->ops->take(collector, part_of(run, job),
                                                 bytes, n_bytes, last, err);

    return status == RS_OK && last && collector->ops->settle != NULL
               ? collector->ops->settle(collector, job + 1, err)
               : status;
}

static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    const struct rs_run_part *part = part_of(ctx, job);
    const struct rs_tile tile = rs_run_part_tile(part, job);
    size_t width = tile.x1 - tile.x0;

    if (part->lost == NULL)
        return RS_OK;
    return rs_lost_pairs_add(part->lost, tile.y0 + item / width,
                             tile.x0 + item % width, err);
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct tiles_run *run = ctx;
    const struct rs_load *load = run->load;

    (void)stats;
    rs_ticker_count(run->crew->ticker, run->crew->what, NULL,
                    load->before + rs_tally_pairs(&run->stats->tally),
                    load->total);
}

/* ---- all of it --------------------------------------------------- */

static enum rs_status run_pool(struct tiles_run *run, struct rs_error *err)
{
    const struct rs_load *load = run->load;
    const struct rs_crew *crew = run->crew;
    struct rs_slots slots =
        rs_slots_for(run->collector, load->parts, load->n, crew->n_workers);
    uint64_t first = load->parts[0].first_job;
    const struct rs_pool_task task = {
        .first_job = first,
        .n_jobs = rs_run_part_end(&load->parts[load->n - 1]) - first,
        .n_workers = crew->n_workers,
        .slot_bytes = slots.bytes,
        .n_slots = slots.n,
        .n_counts = RS_TALLY_COUNTS,
        .counts = rs_tally_counts(&run->stats->tally),
        .ctx = run,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .started = started,
        .commit = commit,
        .given_up = given_up,
        .tick = tick,
        .stop = crew->stop,
    };
    enum rs_status status = RS_OK;

    rs_ticker_count(crew->ticker, crew->what, NULL, load->before, load->total);
    status = rs_pool_run(crew->pool, &task, &run->stats->pool, err);
    rs_ticker_end(crew->ticker);
    return status;
}

enum rs_status rs_tiles_run(const struct rs_load *load,
                            struct rs_collector *collector,
                            const struct rs_crew *crew,
                            struct rs_run_stats *stats, struct rs_error *err)
{
    struct tiles_run run = {load, collector, crew, stats};
    const struct rs_collector_ops *ops = collector->ops;
    enum rs_status status = RS_OK;

    memset(stats, 0, sizeof *stats);
    if (ops->start != NULL)
        status = ops->start(collector, load->parts, load->n, err);
    if (status == RS_OK)
        status = run_pool(&run, err);
    for (size_t i = 0; i < load->n && ops->fits_again && status == RS_OK; i++)
        if (load->parts[i].lost != NULL)
            status = rs_lost_pairs_refit(&load->parts[i], collector, crew,
                                         stats, err);
    if (status == RS_OK && ops->finish != NULL)
        status = ops->finish(collector, load->parts, load->n, crew, stats, err);
    return status;
}
