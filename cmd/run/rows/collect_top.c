/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect_top.h"

#include "best.h"
#include "mem.h"
#include "top_rows.h"

#include <stdlib.h>
#include <string.h>

static enum rs_status new_top(struct rs_top **out,
                              const struct rs_run_part *part,
                              struct rs_error *err)
{
    const struct rs_engine_env *env = &part->env;

    return rs_top_new(out, env->keep, env->plan->n_y, env->plan->n_x, err);
}

/* ---- workers ----------------------------------------------------- */

static enum rs_status open_worker(void **state, const struct rs_collector *base,
                                  const struct rs_run_part *part,
                                  struct rs_error *err)
{
    struct rs_top *top = NULL;
    enum rs_status status = new_top(&top, part, err);

    (void)base;
    *state = top;
    return status;
}

static void close_worker(void *state)
{
    rs_top_free(state);
}

static enum rs_status offer(void *state, struct rs_out *out, size_t y_ix,
                            size_t x_ix, const struct rs_fit *fit,
                            struct rs_error *err)
{
    const struct rs_top_fit offered = {y_ix, x_ix, *fit};

    (void)out;
    return rs_top_offer(state, &offered, err);
}

/* Sends the best fits of the tile. */
static enum rs_status send(void *state, struct rs_out *out,
                           struct rs_error *err)
{
    struct rs_top *top = state;
    size_t n = 0;
    const struct rs_top_fit *fits = rs_top_sorted(top, &n, err);

    if (fits == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        memcpy(rs_out_reserve(out, sizeof fits[i]), &fits[i], sizeof fits[i]);
        rs_out_advance(out, sizeof fits[i]);
    }
    rs_top_clear(top);
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
    for (size_t i = 0; i < self->n; i++)
        rs_top_free(self->tops[i]);
    free(self->tops);
    self->tops = NULL;
    self->n = 0;
}

static enum rs_status start(struct rs_collector *base,
                            const struct rs_run_part *parts, size_t n,
                            struct rs_error *err)
{
    struct rs_collect_top *self = (struct rs_collect_top *)base;
    enum rs_status status = RS_OK;

    rs_collect_top_clear(self);
    self->parts = parts;
    self->tops = rs_alloc(n, sizeof *self->tops, err);
    if (self->tops == NULL)
        return RS_ERR_NOMEM;
    self->n = n;
    for (size_t i = 0; i < n && status == RS_OK; i++)
        status = new_top(&self->tops[i], &parts[i], err);
    return status;
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
        status = rs_top_offer(self->tops[part - self->parts], &fit, err);
    }
    return status;
}

/* Writes the rows of a part's best. */
static enum rs_status write_best(struct rs_collect_top *self, size_t i,
                                 const struct rs_crew *crew,
                                 struct rs_run_stats *stats,
                                 struct rs_error *err)
{
    const struct rs_run_part *part = &self->parts[i];
    struct rs_top_rows rows = {&self->rows, part, NULL, 0};
    enum rs_status status = RS_OK;

    rows.fits = rs_top_sorted(self->tops[i], &rows.n, err);
    if (rows.fits == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < rows.n && part->best != NULL && status == RS_OK; k++)
        status = rs_best_offer(part->best, rows.fits[k].y_ix, rows.fits[k].x_ix,
                               &rows.fits[k].fit, err);
    if (status != RS_OK)
        return status;
    stats->tally.kept += rows.n;
    return rs_top_rows_write(&rows, crew, stats, err);
}

static enum rs_status finish(struct rs_collector *base,
                             const struct rs_run_part *parts, size_t n,
                             const struct rs_crew *crew,
                             struct rs_run_stats *stats, struct rs_error *err)
{
    struct rs_collect_top *self = (struct rs_collect_top *)base;
    enum rs_status status = RS_OK;

    (void)parts;
    stats->tally.kept = 0;
    stats->pool.bytes_committed = 0; /* fits, not rows */
    for (size_t i = 0; i < n && status == RS_OK; i++)
        status = write_best(self, i, crew, stats, err);
    return status;
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
