/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect_top.h"

#include "best.h"
#include "mem.h"
#include "top_rows.h"

#include <stdlib.h>
#include <string.h>

/* What the pairs of a heap have in common. */
static enum rs_family family_of(const struct rs_run_part *part)
{
    enum rs_top_of of = part->env.keep->top_of;

    return of == RS_TOP_PER_Y   ? RS_FAMILY_Y
           : of == RS_TOP_PER_X ? RS_FAMILY_X
                                : RS_FAMILY_ALL;
}

/* ---- workers ----------------------------------------------------- */

struct worker {
    enum rs_family family;
    struct rs_top *top; /* of a tile */
};

static enum rs_status open_worker(void **state, const struct rs_collector *base,
                                  const struct rs_run_part *part,
                                  struct rs_error *err)
{
    const struct rs_plan *plan = part->env.plan;
    struct worker *worker = rs_alloc(1, sizeof *worker, err);
    size_t n_heaps = 1;

    (void)base;
    *state = worker;
    if (worker == NULL)
        return RS_ERR_NOMEM;
    worker->family = family_of(part);
    if (worker->family == RS_FAMILY_Y)
        n_heaps = plan->n_y;
    else if (worker->family == RS_FAMILY_X)
        n_heaps = plan->n_x;
    return rs_top_new(&worker->top, n_heaps, part->env.keep->top, err);
}

static void close_worker(void *state)
{
    struct worker *worker = state;

    if (worker == NULL)
        return;
    rs_top_free(worker->top);
    free(worker);
}

static enum rs_status offer(void *state, struct rs_out *out, size_t y_ix,
                            size_t x_ix, const struct rs_fit *fit,
                            struct rs_error *err)
{
    const struct worker *worker = state;
    const struct rs_top_fit offered = {0, y_ix, x_ix, *fit};
    size_t heap = worker->family == RS_FAMILY_Y   ? y_ix
                  : worker->family == RS_FAMILY_X ? x_ix
                                                  : 0;

    (void)out;
    return rs_top_offer(worker->top, heap, &offered, err);
}

/* Sends the best fits of the tile. */
static enum rs_status send(void *state, struct rs_out *out,
                           struct rs_error *err)
{
    const struct worker *worker = state;
    size_t n = 0;
    const struct rs_top_fit *fits = rs_top_sorted(worker->top, &n, err);

    if (fits == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        memcpy(rs_out_reserve(out, sizeof fits[i]), &fits[i], sizeof fits[i]);
        rs_out_advance(out, sizeof fits[i]);
    }
    rs_top_clear(worker->top);
    return RS_OK;
}

/* ---- parent ------------------------------------------------------ */

static size_t slot_bytes(const struct rs_collector *base,
                         const struct rs_run_part *part, unsigned n_workers)
{
    const struct rs_collector *rows =
        &((const struct rs_collect_top *)base)->rows.base;

    return rows->ops->slot_bytes(rows, part, n_workers);
}

void rs_collect_top_clear(struct rs_collect_top *self)
{
    rs_top_free(self->top);
    rs_family_map_clear(&self->map);
    self->top = NULL;
}

static enum rs_status start(struct rs_collector *base,
                            const struct rs_run_part *parts, size_t n,
                            struct rs_error *err)
{
    struct rs_collect_top *self = (struct rs_collect_top *)base;
    enum rs_status status = RS_OK;

    rs_collect_top_clear(self);
    self->parts = parts;
    status = rs_run_parts_map(&self->map, family_of(parts), parts, n, err);
    return status == RS_OK
               ? rs_top_new(&self->top, self->map.n, parts->env.keep->top, err)
               : status;
}

static enum rs_status take(struct rs_collector *base,
                           const struct rs_run_part *part, const char *bytes,
                           size_t n_bytes, bool last, struct rs_error *err)
{
    const struct rs_collect_top *self = (const struct rs_collect_top *)base;
    enum rs_status status = RS_OK;

    (void)last;
    for (size_t i = 0; i < n_bytes && status == RS_OK;
         i += sizeof(struct rs_top_fit)) {
        struct rs_top_fit fit;
        memcpy(&fit, bytes + i, sizeof fit);
        fit.part = (size_t)(part - self->parts);
        status = rs_top_offer(
            self->top,
            rs_family_map_of(&self->map, fit.part, fit.y_ix, fit.x_ix), &fit,
            err);
    }
    return status;
}

/* Offers what is written to the summary's best, by the parts' own numbers. */
static enum rs_status offer_best(const struct rs_top_rows *rows,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < rows->n && status == RS_OK; k++) {
        struct rs_top_fit fit = rows->fits[k];
        const struct rs_run_part *part = &rows->parts[fit.part];
        fit.part = part->number;
        if (part->best != NULL)
            status = rs_best_offer(part->best, &fit, err);
    }
    return status;
}

static enum rs_status finish(struct rs_collector *base,
                             const struct rs_run_part *parts, size_t n,
                             const struct rs_crew *crew,
                             struct rs_run_stats *stats, struct rs_error *err)
{
    struct rs_collect_top *self = (struct rs_collect_top *)base;
    struct rs_top_rows rows = {
        .collector = &self->rows, .parts = parts, .n_parts = n};
    enum rs_status status = RS_OK;

    stats->pool.bytes_committed = 0; /* fits, not rows */
    rows.fits = rs_top_sorted(self->top, &rows.n, err);
    if (rows.fits == NULL)
        return RS_ERR_NOMEM;
    stats->tally.kept = rows.n;
    status = offer_best(&rows, err);
    return status == RS_OK ? rs_top_rows_write(&rows, crew, stats, err)
                           : status;
}

static const struct rs_collector_ops top_ops = {
    .slot_bytes = slot_bytes,
    .open = open_worker,
    .close = close_worker,
    .row = offer,
    .end = send,
    .start = start,
    .take = take,
    .finish = finish,
};

void rs_collect_top_init(struct rs_collect_top *self, struct rs_outlet *outlet,
                         unsigned which)
{
    *self = (struct rs_collect_top){.base = {&top_ops}};
    rs_collect_rows_init(&self->rows, outlet, which);
    self->rows.packs = false;
}
