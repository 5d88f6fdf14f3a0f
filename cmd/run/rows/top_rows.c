/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top_rows.h"

#include "mem.h"
#include "part_view.h"
#include "slots.h"

#include <stdlib.h>

enum { CHUNK = 64 };

struct writing {
    const struct rs_top_rows *rows;
    struct rs_collector *collector; /* of the rows */
    const struct rs_crew *crew;
    struct rs_tally tally; /* of the pairs that are written */
};

struct worker {
    struct rs_part_view view;
    void *collected; /* the collector's */
};

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct writing *self = ctx;
    struct worker *worker = rs_alloc(1, sizeof *worker, err);
    enum rs_status status = RS_OK;

    *state = worker;
    if (worker == NULL)
        return RS_ERR_NOMEM;
    status = rs_part_view_look(&worker->view, self->rows->part, err);
    return status == RS_OK
               ? self->collector->ops->open(&worker->collected, self->collector,
                                            &worker->view.part, err)
               : status;
}

static void worker_close(void *ctx, void *state)
{
    const struct writing *self = ctx;
    struct worker *worker = state;

    if (worker == NULL)
        return;
    self->collector->ops->close(worker->collected);
    rs_part_view_clear(&worker->view);
    free(worker);
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct writing *self = ctx;
    const struct rs_collector_ops *ops = self->collector->ops;
    const struct rs_top_rows *rows = self->rows;
    struct worker *worker = state;
    size_t first = (size_t)job * CHUNK;
    size_t last = first + CHUNK < rows->n ? first + CHUNK : rows->n;
    struct rs_fit lost;
    enum rs_status status = RS_OK;

    rs_fit_clear(&lost, RS_FIT_WORKER_LOST, 0);
    for (size_t i = first; i < last && status == RS_OK; i++) {
        const struct rs_top_fit *top = &rows->fits[i];
        const struct rs_fit *fit =
            rs_out_item_begin(out, i - first) ? &top->fit : &lost;
        status =
            ops->row(worker->collected, out, top->y_ix, top->x_ix, fit, err);
    }
    return status == RS_OK ? ops->end(worker->collected, out, err) : status;
}

static enum rs_status started(void *ctx, struct rs_error *err)
{
    const struct writing *self = ctx;

    return rs_outlet_open(self->rows->collector->outlet, err);
}

/* No tile ends here: none is settled before all are written. */
static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct writing *self = ctx;

    (void)job;
    (void)last;
    return self->collector->ops->take(self->collector, self->rows->part, bytes,
                                      n_bytes, false, err);
}

/* Its numbers were known, but not what else the row would have had. */
static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    struct writing *self = ctx;

    (void)err;
    rs_tally_lose(&self->tally, &self->rows->fits[job * CHUNK + item].fit);
    return RS_OK;
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct writing *self = ctx;
    uint64_t done = stats->jobs_committed * CHUNK;
    size_t n = self->rows->n;

    rs_ticker_count(self->crew->ticker, "best", NULL, done < n ? done : n, n);
}

enum rs_status rs_top_rows_write(const struct rs_top_rows *rows,
                                 const struct rs_crew *crew,
                                 struct rs_run_stats *stats,
                                 struct rs_error *err)
{
    struct writing self = {rows, &rows->collector->base, crew, stats->tally};
    uint64_t n_jobs = (rows->n + CHUNK - 1) / CHUNK;
    size_t longest = rs_collect_rows_longest(rows->collector, rows->part);
    struct rs_outlet *outlet = rows->collector->outlet;
    struct rs_pool_stats own = {0};
    const struct rs_pool_task task = {
        .n_jobs = n_jobs,
        .n_workers =
            n_jobs < crew->n_workers ? (unsigned)n_jobs : crew->n_workers,
        .slot_bytes = longest > RS_SLOT_LEAST ? longest : RS_SLOT_LEAST,
        .ctx = &self,
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

    rs_ticker_count(crew->ticker, "best", NULL, 0, rows->n);
    status = n_jobs == 0 ? rs_outlet_open(outlet, err)
                         : rs_pool_run(crew->pool, &task, &own, err);
    rs_ticker_end(crew->ticker);
    rs_pool_stats_add(&stats->pool, &own);
    stats->tally = self.tally;
    return status == RS_OK
               ? rs_outlet_settle(outlet, rs_run_part_end(rows->part), err)
               : status;
}
