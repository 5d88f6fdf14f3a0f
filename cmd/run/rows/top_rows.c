/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top_rows.h"

#include "mem.h"
#include "part_view.h"
#include "slots.h"

#include <stdlib.h>

enum { CHUNK = 64, OPEN_PARTS = 16 };

struct writing {
    const struct rs_top_rows *rows;
    struct rs_collector *collector; /* of the rows */
    const struct rs_crew *crew;
    struct rs_tally tally; /* of the pairs that are written */
};

/* A part as a worker has it while its rows are made. */
struct open_part {
    struct rs_part_view view;
    void *collected; /* the collector's */
};

/* Rows of different parts follow each other: some of these stay open. */
struct worker {
    struct open_part open[OPEN_PARTS];
    size_t next; /* the one that goes first */
};

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    (void)ctx;
    *state = rs_alloc(1, sizeof(struct worker), err);
    return *state == NULL ? RS_ERR_NOMEM : RS_OK;
}

static void close_part(const struct writing *self, struct open_part *open)
{
    if (open->view.of != NULL)
        self->collector->ops->close(open->collected);
    open->collected = NULL;
    rs_part_view_leave(&open->view);
}

static void worker_close(void *ctx, void *state)
{
    const struct writing *self = ctx;
    struct worker *worker = state;

    for (size_t i = 0; worker != NULL && i < OPEN_PARTS; i++) {
        close_part(self, &worker->open[i]);
        rs_part_view_clear(&worker->open[i].view);
    }
    free(worker);
}

/* Opens the part unless it is. */
static enum rs_status enter(struct open_part **out, struct worker *worker,
                            const struct writing *self,
                            const struct rs_run_part *part,
                            struct rs_error *err)
{
    const struct rs_collector *collector = self->collector;
    struct open_part *open = NULL;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < OPEN_PARTS; i++)
        if (worker->open[i].view.of == part) {
            *out = &worker->open[i];
            return RS_OK;
        }
    open = &worker->open[worker->next++ % OPEN_PARTS];
    close_part(self, open);
    *out = open;
    status = rs_part_view_look(&open->view, part, err);
    return status == RS_OK ? collector->ops->open(&open->collected, collector,
                                                  &open->view.part, err)
                           : status;
}

static enum rs_status put_row(struct worker *worker, const struct writing *self,
                              struct rs_out *out, const struct rs_top_fit *top,
                              const struct rs_fit *fit, struct rs_error *err)
{
    const struct rs_collector_ops *ops = self->collector->ops;
    struct open_part *open = NULL;
    enum rs_status status =
        enter(&open, worker, self, &self->rows->parts[top->part], err);

    if (status == RS_OK)
        status = ops->row(open->collected, out, top->y_ix, top->x_ix, fit, err);
    return status == RS_OK ? ops->end(open->collected, out, err) : status;
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct writing *self = ctx;
    const struct rs_top_rows *rows = self->rows;
    size_t first = (size_t)job * CHUNK;
    size_t last = first + CHUNK < rows->n ? first + CHUNK : rows->n;
    struct rs_fit lost;
    enum rs_status status = RS_OK;

    rs_fit_clear(&lost, RS_FIT_WORKER_LOST, 0);
    for (size_t i = first; i < last && status == RS_OK; i++) {
        const struct rs_top_fit *top = &rows->fits[i];
        const struct rs_fit *fit =
            rs_out_item_begin(out, i - first) ? &top->fit : &lost;
        status = put_row(state, self, out, top, fit, err);
    }
    return status;
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
    return self->collector->ops->take(self->collector, self->rows->parts, bytes,
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

/* Upper bound of the bytes of a row. */
static size_t longest_of(const struct rs_top_rows *rows)
{
    size_t longest = 0;

    for (size_t i = 0; i < rows->n_parts; i++) {
        size_t own = rs_collect_rows_longest(rows->collector, &rows->parts[i]);
        longest = own > longest ? own : longest;
    }
    return longest;
}

enum rs_status rs_top_rows_write(const struct rs_top_rows *rows,
                                 const struct rs_crew *crew,
                                 struct rs_run_stats *stats,
                                 struct rs_error *err)
{
    struct writing self = {rows, &rows->collector->base, crew, stats->tally};
    uint64_t n_jobs = (rows->n + CHUNK - 1) / CHUNK;
    size_t longest = longest_of(rows);
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
               ? rs_outlet_settle(
                     outlet, rs_run_part_end(&rows->parts[rows->n_parts - 1]),
                     err)
               : status;
}
