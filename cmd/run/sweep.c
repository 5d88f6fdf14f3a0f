/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include "best.h"
#include "lost_pairs.h"
#include "mem.h"
#include "packer.h"
#include "sweep_slots.h"
#include "top_rows.h"

#include <stdlib.h>
#include <string.h>

/* A worker's state. */
struct worker {
    void *engine;
    struct rs_top *top;        /* of a tile; NULL: rows are encoded at once */
    struct rs_row_maker maker; /* without top */
    struct rs_packer *packer;  /* NULL: rows go to the slot as they are */
    struct rs_top *best;       /* of a tile, without top; NULL: not wanted */
    double *cells;             /* of a tile, to be counted; NULL */
};

/* What a worker's emitter needs. */
struct row_target {
    const struct rs_sweep *sweep;
    struct worker *worker;
    struct rs_out *out;
    enum rs_status status; /* of taking rows */
    struct rs_error *err;
};

/* The parent's side. */
struct sweep_run {
    const struct rs_sweep *sweep;
    struct rs_top *top; /* NULL: rows are written as they come */
    struct rs_run_stats *stats;
};

/* ---- workers ----------------------------------------------------- */

static bool begin_pair(void *ctx, uint64_t item)
{
    const struct row_target *target = ctx;

    return rs_out_item_begin(target->out, item);
}

static void between_pairs(void *ctx)
{
    const struct row_target *target = ctx;

    rs_out_item_end(target->out);
}

/* Gives an encoded row to the packer, or to the slot. */
static void add_row(struct row_target *target, size_t n_bytes)
{
    struct rs_packer *packer = target->worker->packer;

    if (packer == NULL)
        rs_out_advance(target->out, n_bytes);
    else if (target->status == RS_OK)
        target->status =
            rs_packer_advance(packer, n_bytes, target->out, target->err);
}

static void put_row(void *ctx, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    struct row_target *target = ctx;
    struct rs_packer *packer = target->worker->packer;
    const struct rs_plan *plan = target->sweep->env.plan;
    const struct rs_sink *sink = target->sweep->sink;
    size_t y = plan->y[y_ix];
    size_t x = plan->x[x_ix];
    size_t bound = sink->ops->row_bound(sink, y, x);
    size_t n = 0;
    const struct rs_row *rows =
        rs_row_maker_rows(&target->worker->maker, &n, y_ix, x_ix, fit);

    rs_out_item_end(target->out);
    for (size_t i = 0; i < n; i++) {
        char *room = packer != NULL ? rs_packer_reserve(packer)
                                    : rs_out_reserve(target->out, bound);
        add_row(target, sink->ops->encode(sink, room, &rows[i]));
    }
    if (target->worker->best != NULL && target->status == RS_OK)
        target->status =
            rs_best_offer(target->worker->best, y_ix, x_ix, fit, target->err);
}

static void offer_row(void *ctx, size_t y_ix, size_t x_ix,
                      const struct rs_fit *fit)
{
    struct row_target *target = ctx;
    const struct rs_top_fit offer = {y_ix, x_ix, *fit};

    if (target->status == RS_OK)
        target->status = rs_top_offer(target->worker->top, &offer, target->err);
}

/* Sends the best fits of the tile. */
static enum rs_status send_top(struct row_target *target)
{
    size_t n = 0;
    const struct rs_top_fit *fits =
        rs_top_sorted(target->worker->top, &n, target->err);

    if (fits == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        memcpy(rs_out_reserve(target->out, sizeof fits[i]), &fits[i],
               sizeof fits[i]);
        rs_out_advance(target->out, sizeof fits[i]);
    }
    rs_top_clear(target->worker->top);
    return RS_OK;
}

static enum rs_status new_top(struct rs_top **out, const struct rs_sweep *sweep,
                              struct rs_error *err)
{
    const struct rs_engine_env *env = &sweep->env;

    *out = NULL;
    if (env->keep->top_of == RS_TOP_NONE)
        return RS_OK;
    return rs_top_new(out, env->keep, env->plan->n_y, env->plan->n_x, err);
}

static enum rs_status new_packer(struct rs_packer **out,
                                 const struct rs_sweep *sweep,
                                 struct rs_error *err)
{
    *out = NULL;
    if (!rs_sweep_packs(sweep))
        return RS_OK;
    return rs_packer_new(out, sweep->sink->packing, rs_sweep_longest_row(sweep),
                         err);
}

static void worker_close(void *ctx, void *state)
{
    const struct sweep_run *run = ctx;
    struct worker *worker = state;

    if (worker == NULL)
        return;
    run->sweep->engine->close(worker->engine);
    rs_row_maker_clear(&worker->maker);
    rs_top_free(worker->top);
    rs_packer_free(worker->packer);
    rs_top_free(worker->best);
    free(worker->cells);
    free(worker);
}

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct sweep_run *run = ctx;
    const struct rs_sweep *sweep = run->sweep;
    const struct rs_row_ask rows = rs_sweep_rows(sweep);
    struct worker *worker = rs_alloc(1, sizeof *worker, err);
    enum rs_status status = RS_OK;

    if (worker == NULL)
        return RS_ERR_NOMEM;
    status =
        sweep->engine->open(&worker->engine, &sweep->env, sweep->shared, err);
    if (status == RS_OK)
        status = new_top(&worker->top, sweep, err);
    if (status == RS_OK && worker->top == NULL && sweep->sink != NULL)
        status = rs_row_maker_init(&worker->maker, &rows, err);
    if (status == RS_OK && worker->top == NULL && sweep->best != NULL)
        status = rs_best_new(&worker->best, err);
    if (status == RS_OK && sweep->histogram != NULL) {
        worker->cells =
            rs_alloc(sweep->env.plan->tile_y * sweep->env.plan->tile_x,
                     sizeof *worker->cells, err);
        status = worker->cells == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    if (status == RS_OK)
        status = new_packer(&worker->packer, sweep, err);
    if (status == RS_OK)
        *state = worker;
    else
        worker_close(ctx, worker);
    return status;
}

/* The values of one tile, in the worker's own cells. */
static struct rs_values own_values(const struct rs_values *like,
                                   const struct worker *worker,
                                   const struct rs_tile *tile)
{
    struct rs_values values = *like;

    values.cells = worker->cells;
    values.y0 = tile->y0;
    values.x0 = tile->x0;
    values.n_x = values.matched ? 1 : tile->x1 - tile->x0;
    return values;
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct sweep_run *run = ctx;
    const struct rs_sweep *sweep = run->sweep;
    const struct rs_tile tile = rs_plan_tile(sweep->env.plan, job);
    struct worker *worker = state;
    struct row_target target = {sweep, worker, out, RS_OK, err};
    struct rs_tally tally;
    struct rs_values own = {0};
    const struct rs_emitter emit = {
        .ctx = &target,
        .begin = begin_pair,
        .between = between_pairs,
        .row = worker->top == NULL ? put_row : offer_row,
        .tally = &tally,
        .values = sweep->histogram != NULL ? &own : sweep->values,
        .sample = sweep->sample,
    };
    enum rs_status status = RS_OK;

    memset(&tally, 0, sizeof tally);
    if (sweep->histogram != NULL)
        own = own_values(sweep->values, worker, &tile);
    status = sweep->engine->fit_tile(worker->engine, &tile, &emit, err);
    rs_out_item_end(out);
    if (status == RS_OK)
        status = target.status;
    if (status == RS_OK)
        status = rs_row_maker_check(&worker->maker, err);
    if (status == RS_OK && worker->top != NULL)
        status = send_top(&target);
    if (status == RS_OK && sweep->histogram != NULL)
        rs_out_put(out, own.cells,
                   (tile.y1 - tile.y0) * own.n_x * sizeof *own.cells);
    if (status == RS_OK && worker->packer != NULL)
        status = rs_packer_end(worker->packer, out, err);
    if (status == RS_OK && worker->best != NULL)
        status = rs_best_send(worker->best, out, err);
    rs_tally_send(out, &tally);
    return status;
}

/* ---- parent ------------------------------------------------------ */

static enum rs_status started(void *ctx, struct rs_error *err)
{
    const struct sweep_run *run = ctx;
    struct rs_sink *sink = run->sweep->sink;

    /* with --top there is nothing to write before the end */
    return sink == NULL || run->top != NULL ? RS_OK
                                            : sink->ops->open(sink, err);
}

static enum rs_status take_top(const struct sweep_run *run, const char *bytes,
                               size_t n_bytes, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < n_bytes && status == RS_OK;
         i += sizeof(struct rs_top_fit)) {
        struct rs_top_fit fit;
        memcpy(&fit, bytes + i, sizeof fit);
        status = rs_top_offer(run->top, &fit, err);
    }
    return status;
}

void rs_sweep_count_values(struct rs_p_histogram *histogram, const char *bytes,
                           size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i += sizeof(double)) {
        double value = 0.0;
        memcpy(&value, bytes + i, sizeof value);
        rs_p_histogram_add(histogram, value);
    }
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct sweep_run *run = ctx;
    struct rs_sink *sink = run->sweep->sink;
    enum rs_status status = RS_OK;

    if (run->sweep->histogram != NULL)
        rs_sweep_count_values(run->sweep->histogram, bytes, n_bytes);
    if (sink == NULL)
        return RS_OK;
    if (run->top != NULL)
        return take_top(run, bytes, n_bytes, err);
    if (last && run->sweep->best != NULL)
        status = rs_best_take(run->sweep->best, bytes, &n_bytes, err);
    if (status == RS_OK)
        status = rs_sweep_packs(run->sweep)
                     ? rs_packer_take(sink, bytes, n_bytes, err)
                     : sink->ops->write(sink, bytes, n_bytes, err);
    if (status == RS_OK && last && sink->ops->settle != NULL)
        status = sink->ops->settle(sink, job + 1, err);
    else if (status == RS_OK && !last && sink->ops->unsettled != NULL)
        sink->ops->unsettled(sink, bytes, n_bytes);
    return status;
}

static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    const struct sweep_run *run = ctx;
    const struct rs_tile tile = rs_plan_tile(run->sweep->env.plan, job);
    size_t width = tile.x1 - tile.x0;

    if (run->sweep->lost == NULL)
        return RS_OK;
    return rs_lost_pairs_add(run->sweep->lost, tile.y0 + item / width,
                             tile.x0 + item % width, err);
}

static void tell(const struct rs_sweep *sweep, uint64_t done)
{
    rs_ticker_count(sweep->ticker, sweep->what, NULL, done,
                    sweep->env.plan->n_pairs);
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct sweep_run *run = ctx;

    (void)stats;
    tell(run->sweep, rs_tally_pairs(&run->stats->tally));
}

/* Writes the best fits at the end of the run. */
static enum rs_status write_top(struct sweep_run *run,
                                struct rs_run_stats *stats,
                                struct rs_error *err)
{
    const struct rs_sweep *sweep = run->sweep;
    size_t n = 0;
    const struct rs_top_fit *fits = rs_top_sorted(run->top, &n, err);
    enum rs_status status = fits == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t i = 0; i < n && sweep->best != NULL && status == RS_OK; i++)
        status = rs_best_offer(sweep->best, fits[i].y_ix, fits[i].x_ix,
                               &fits[i].fit, err);
    if (status != RS_OK)
        return status;
    stats->tally.kept = n;
    stats->pool.bytes_committed = 0; /* fits, not rows */
    return rs_top_rows_write(sweep, fits, n, stats, err);
}

struct rs_row_ask rs_sweep_rows(const struct rs_sweep *sweep)
{
    return (struct rs_row_ask){sweep->env.plan, sweep->env.model,
                               sweep->env.spec, sweep->adder, sweep->rows};
}

/* Nobody waits for what comes behind the last row: the run was to stop. */
static enum rs_status look_at_stop(const struct rs_sweep *sweep,
                                   struct rs_error *err)
{
    return sweep->stop != NULL && *sweep->stop != 0
               ? rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted")
               : RS_OK;
}

/* Finishes or abandons. */
static enum rs_status end_sink(const struct rs_sweep *sweep,
                               const struct rs_run_stats *stats,
                               enum rs_status status, struct rs_error *err)
{
    struct rs_sink *sink = sweep->sink;

    if (status == RS_OK)
        status = look_at_stop(sweep, err);
    if (status == RS_OK) {
        if (sink->ops->finishing != NULL)
            rs_ticker_stage(sweep->ticker, sink->ops->finishing);
        status = sink->ops->finish(sink, &stats->tally, err);
        rs_ticker_end(sweep->ticker);
    }
    if (status != RS_OK)
        sink->ops->abandon(sink, &stats->tally);
    return status;
}

enum rs_status rs_sweep_run(const struct rs_sweep *sweep,
                            struct rs_run_stats *stats, struct rs_error *err)
{
    struct sweep_run run = {.sweep = sweep, .stats = stats};
    const struct rs_pool_task task = {
        .n_jobs = sweep->env.plan->n_tiles,
        .n_workers = sweep->n_workers,
        .slot_bytes = rs_sweep_slot_bytes(sweep),
        .n_slots = rs_sweep_slot_count(sweep),
        .n_counts = RS_TALLY_COUNTS,
        .counts = rs_tally_counts(&stats->tally),
        .ctx = &run,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .started = started,
        .commit = commit,
        .given_up = given_up,
        .tick = tick,
        .stop = sweep->stop,
    };
    enum rs_status status = new_top(&run.top, sweep, err);

    memset(stats, 0, sizeof *stats);
    tell(sweep, 0);
    if (status == RS_OK)
        status = rs_pool_run(sweep->pool, &task, &stats->pool, err);
    rs_ticker_end(sweep->ticker);
    if (status == RS_OK && sweep->values != NULL && sweep->lost != NULL)
        status = rs_lost_pairs_refit(sweep->lost, sweep, stats, err);
    if (status == RS_OK && run.top != NULL)
        status = write_top(&run, stats, err);
    if (sweep->sink != NULL)
        status = end_sink(sweep, stats, status, err);
    rs_top_free(run.top);
    return status;
}
