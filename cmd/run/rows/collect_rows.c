/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect_rows.h"

#include "mem.h"
#include "packer.h"
#include "row_maker.h"
#include "slots.h"

#include <stdlib.h>

/* ---- slots ------------------------------------------------------- */

size_t rs_collect_rows_longest(const struct rs_collect_rows *self,
                               const struct rs_run_part *part)
{
    const struct rs_plan *plan = part->env.plan;
    const struct rs_sink *sink = self->outlet->sink;
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

/* A row of output as long as most are: a slot should hold those of a tile.
 * Numbers are seldom as long as they can be, and the bound counts twice
 * what all rows have. Long names must not make large slots. */
static size_t usual_row(size_t longest)
{
    enum { USUAL = 160, MOST = 2 * USUAL };
    size_t usual = longest / 10 * 3;

    if (usual > MOST)
        return MOST;
    if (usual < USUAL)
        return longest < USUAL ? longest : USUAL;
    return usual;
}

static size_t slot_bytes(const struct rs_collector *base,
                         const struct rs_run_part *part, unsigned n_workers)
{
    const struct rs_collect_rows *self = (const struct rs_collect_rows *)base;
    const struct rs_plan *plan = part->env.plan;
    size_t longest = rs_collect_rows_longest(self, part);
    size_t rows = rs_pair_rows_most(self->which, part->env.spec);
    size_t size = rs_plan_most_pairs(plan) * usual_row(longest) * rows;
    size_t most = rs_slots_share(n_workers);
    size_t least = self->packs
                       ? rs_packer_most(self->outlet->sink->packing, longest)
                       : longest;

    if (rows > 1 && size > most)
        size = most;
    if (rs_keep_some(part->env.keep) && size > RS_SLOT_OF_FEW)
        size = RS_SLOT_OF_FEW;
    if (size < RS_SLOT_LEAST)
        size = RS_SLOT_LEAST;
    return least > size ? least : size;
}

/* ---- workers ----------------------------------------------------- */

struct worker {
    const struct rs_sink *sink;
    const struct rs_plan *plan;
    struct rs_row_maker maker;
    struct rs_packer *packer; /* NULL: rows go to the slot as they are */
};

static void close_worker(void *state)
{
    struct worker *worker = state;

    if (worker == NULL)
        return;
    rs_row_maker_clear(&worker->maker);
    rs_packer_free(worker->packer);
    free(worker);
}

static enum rs_status open_worker(void **state, const struct rs_collector *base,
                                  const struct rs_run_part *part,
                                  struct rs_error *err)
{
    const struct rs_collect_rows *self = (const struct rs_collect_rows *)base;
    const struct rs_sink *sink = self->outlet->sink;
    const struct rs_row_ask rows = {
        .plan = part->env.plan,
        .model = part->env.model,
        .spec = part->env.spec,
        .adders = part->adders,
        .rows = self->which,
        .part = part->number,
        .term_shift = part->term_shift,
    };
    struct worker *worker = rs_alloc(1, sizeof *worker, err);
    enum rs_status status = RS_OK;

    *state = worker;
    if (worker == NULL)
        return RS_ERR_NOMEM;
    worker->sink = sink;
    worker->plan = part->env.plan;
    status = rs_row_maker_init(&worker->maker, &rows, err);
    if (status == RS_OK && self->packs)
        status = rs_packer_new(&worker->packer, sink->packing,
                               rs_collect_rows_longest(self, part), err);
    return status;
}

/* Encodes a row to the packer, or to the slot. */
static enum rs_status put(struct worker *worker, struct rs_out *out,
                          const struct rs_row *row, size_t bound,
                          struct rs_error *err)
{
    const struct rs_sink *sink = worker->sink;
    struct rs_packer *packer = worker->packer;

    if (packer != NULL)
        return rs_packer_advance(
            packer, sink->ops->encode(sink, rs_packer_reserve(packer), row),
            out, err);
    rs_out_advance(out,
                   sink->ops->encode(sink, rs_out_reserve(out, bound), row));
    return RS_OK;
}

static enum rs_status put_rows(void *state, struct rs_out *out, size_t y_ix,
                               size_t x_ix, const struct rs_fit *fit,
                               struct rs_error *err)
{
    struct worker *worker = state;
    const struct rs_sink *sink = worker->sink;
    size_t bound = sink->ops->row_bound(sink, worker->plan->y[y_ix],
                                        worker->plan->x[x_ix]);
    size_t n = 0;
    const struct rs_row *rows =
        rs_row_maker_rows(&worker->maker, &n, y_ix, x_ix, fit);
    enum rs_status status = RS_OK;

    rs_out_item_end(out);
    for (size_t i = 0; i < n && status == RS_OK; i++)
        status = put(worker, out, &rows[i], bound, err);
    return status;
}

static enum rs_status end_tile(void *state, struct rs_out *out,
                               struct rs_error *err)
{
    struct worker *worker = state;
    enum rs_status status = rs_row_maker_check(&worker->maker, err);

    if (status == RS_OK && worker->packer != NULL)
        status = rs_packer_end(worker->packer, out, err);
    return status;
}

/* ---- parent ------------------------------------------------------ */

static enum rs_status started(struct rs_collector *base, struct rs_error *err)
{
    return rs_outlet_open(((struct rs_collect_rows *)base)->outlet, err);
}

static enum rs_status take(struct rs_collector *base,
                           const struct rs_run_part *part, const char *bytes,
                           size_t n_bytes, bool last, struct rs_error *err)
{
    const struct rs_collect_rows *self = (const struct rs_collect_rows *)base;
    struct rs_sink *sink = self->outlet->sink;
    enum rs_status status = self->packs
                                ? rs_packer_take(sink, bytes, n_bytes, err)
                                : sink->ops->write(sink, bytes, n_bytes, err);

    (void)part;
    if (status == RS_OK && !last && sink->ops->unsettled != NULL)
        sink->ops->unsettled(sink, bytes, n_bytes);
    return status;
}

static enum rs_status settle(struct rs_collector *base, uint64_t n_jobs,
                             struct rs_error *err)
{
    return rs_outlet_settle(((struct rs_collect_rows *)base)->outlet, n_jobs,
                            err);
}

static const struct rs_collector_ops rows_ops = {
    .slot_bytes = slot_bytes,
    .open = open_worker,
    .close = close_worker,
    .row = put_rows,
    .end = end_tile,
    .started = started,
    .take = take,
    .settle = settle,
};

void rs_collect_rows_init(struct rs_collect_rows *self,
                          struct rs_outlet *outlet, unsigned which)
{
    *self = (struct rs_collect_rows){
        {&rows_ops}, outlet, which, outlet->sink->packing != NULL};
}
