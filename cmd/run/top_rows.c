/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top_rows.h"

#include "mem.h"
#include "sweep_slots.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64, SLOT = 64 * 1024 };

struct top_rows {
    const struct rs_sweep *sweep;
    const struct rs_top_fit *fits; /* [n] */
    size_t n;
    struct rs_tally tally; /* of the pairs that are written */
};

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct top_rows *self = ctx;
    const struct rs_row_ask rows = rs_sweep_rows(self->sweep);
    struct rs_row_maker *maker = rs_alloc(1, sizeof *maker, err);
    enum rs_status status = RS_OK;

    if (maker == NULL)
        return RS_ERR_NOMEM;
    status = rs_row_maker_init(maker, &rows, err);
    *state = maker;
    return status;
}

static void worker_close(void *ctx, void *state)
{
    (void)ctx;
    if (state != NULL)
        rs_row_maker_clear(state);
    free(state);
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct top_rows *self = ctx;
    const struct rs_sink *sink = self->sweep->sink;
    size_t first = (size_t)job * CHUNK;
    size_t last = first + CHUNK < self->n ? first + CHUNK : self->n;
    struct rs_fit lost;

    rs_fit_clear(&lost, RS_FIT_WORKER_LOST, 0);
    for (size_t i = first; i < last; i++) {
        const struct rs_top_fit *top = &self->fits[i];
        const struct rs_fit *fit =
            rs_out_item_begin(out, i - first) ? &top->fit : &lost;
        size_t n = 0;
        const struct rs_row *rows =
            rs_row_maker_rows(state, &n, top->y_ix, top->x_ix, fit);
        size_t bound = sink->ops->row_bound(sink, rows->y, rows->x);
        rs_out_item_end(out);
        for (size_t k = 0; k < n; k++)
            rs_out_advance(
                out,
                sink->ops->encode(sink, rs_out_reserve(out, bound), &rows[k]));
    }
    return rs_row_maker_check(state, err);
}

static enum rs_status started(void *ctx, struct rs_error *err)
{
    const struct top_rows *self = ctx;

    return self->sweep->sink->ops->open(self->sweep->sink, err);
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct top_rows *self = ctx;
    struct rs_sink *sink = self->sweep->sink;
    enum rs_status status = sink->ops->write(sink, bytes, n_bytes, err);

    (void)job;
    (void)last;
    if (status == RS_OK && sink->ops->unsettled != NULL)
        sink->ops->unsettled(sink, bytes, n_bytes);
    return status;
}

/* Its numbers were known, but not what else the row would have had. */
static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    struct top_rows *self = ctx;

    (void)err;
    rs_tally_lose(&self->tally, &self->fits[job * CHUNK + item].fit);
    return RS_OK;
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct top_rows *self = ctx;
    uint64_t done = stats->jobs_committed * CHUNK;

    rs_ticker_count(self->sweep->ticker, "best", NULL,
                    done < self->n ? done : self->n, self->n);
}

enum rs_status rs_top_rows_write(const struct rs_sweep *sweep,
                                 const struct rs_top_fit *fits, size_t n,
                                 struct rs_run_stats *stats,
                                 struct rs_error *err)
{
    struct top_rows self = {sweep, fits, n, stats->tally};
    struct rs_sink *sink = sweep->sink;
    uint64_t n_jobs = (n + CHUNK - 1) / CHUNK;
    size_t longest = rs_sweep_longest_row(sweep);
    struct rs_pool_stats own = {0};
    const struct rs_pool_task task = {
        .n_jobs = n_jobs,
        .n_workers =
            n_jobs < sweep->n_workers ? (unsigned)n_jobs : sweep->n_workers,
        .slot_bytes = longest > SLOT ? longest : SLOT,
        .ctx = &self,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .started = started,
        .commit = commit,
        .given_up = given_up,
        .tick = tick,
        .stop = sweep->stop,
    };
    enum rs_status status = RS_OK;

    rs_ticker_count(sweep->ticker, "best", NULL, 0, n);
    status = n_jobs == 0 ? sink->ops->open(sink, err)
                         : rs_pool_run(sweep->pool, &task, &own, err);
    rs_ticker_end(sweep->ticker);

    rs_pool_stats_add(&stats->pool, &own);
    stats->tally = self.tally;
    if (status == RS_OK && sink->ops->settle != NULL)
        status = sink->ops->settle(sink, sweep->env.plan->n_tiles, err);
    return status;
}
