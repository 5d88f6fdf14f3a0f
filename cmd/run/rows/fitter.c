/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fitter.h"

#include "mem.h"
#include "part_view.h"

#include <stdlib.h>

struct rs_fitter {
    const struct rs_collector *collector;
    struct rs_part_view view; /* of the part that was entered */
    struct rs_tail_store *tails;
    void *engine; /* states */
    void *collected;
};

/* What the engine's emitter needs. */
struct target {
    const struct rs_collector_ops *collector;
    void *collected;
    struct rs_out *out;
    enum rs_status status; /* of collecting */
    struct rs_error *err;
};

static bool begin_pair(void *ctx, uint64_t item)
{
    const struct target *target = ctx;

    return rs_out_item_begin(target->out, item);
}

static void between_pairs(void *ctx)
{
    const struct target *target = ctx;

    rs_out_item_end(target->out);
}

static void collect(void *ctx, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    struct target *target = ctx;

    if (target->status == RS_OK)
        target->status = target->collector->row(target->collected, target->out,
                                                y_ix, x_ix, fit, target->err);
}

static void leave(struct rs_fitter *fitter)
{
    if (fitter->view.of == NULL)
        return;
    fitter->view.part.engine->close(fitter->engine);
    fitter->collector->ops->close(fitter->collected);
    fitter->engine = NULL;
    fitter->collected = NULL;
    rs_part_view_leave(&fitter->view);
}

enum rs_status rs_fitter_new(struct rs_fitter **out,
                             const struct rs_collector *collector,
                             struct rs_error *err)
{
    struct rs_fitter *fitter = rs_alloc(1, sizeof *fitter, err);

    *out = fitter;
    if (fitter == NULL)
        return RS_ERR_NOMEM;
    fitter->collector = collector;
    return rs_tail_store_new(&fitter->tails, err);
}

void rs_fitter_free(struct rs_fitter *fitter)
{
    if (fitter == NULL)
        return;
    leave(fitter);
    rs_part_view_clear(&fitter->view);
    rs_tail_store_free(fitter->tails);
    free(fitter);
}

enum rs_status rs_fitter_enter(struct rs_fitter *fitter,
                               const struct rs_run_part *part,
                               struct rs_error *err)
{
    const struct rs_collector *collector = fitter->collector;
    struct rs_run_part *here = &fitter->view.part;
    enum rs_status status = RS_OK;

    if (fitter->view.of == part)
        return RS_OK;
    leave(fitter);
    status = rs_part_view_enter(&fitter->view, part, 1, err);
    here->env.tails = fitter->tails;
    if (status == RS_OK)
        status = part->engine->open(&fitter->engine, &here->env, here->prepared,
                                    err);
    return status == RS_OK
               ? collector->ops->open(&fitter->collected, collector, here, err)
               : status;
}

enum rs_status rs_fitter_fit(struct rs_fitter *fitter,
                             const struct rs_tile *tile, struct rs_out *out,
                             struct rs_error *err)
{
    const struct rs_collector_ops *ops = fitter->collector->ops;
    struct target target = {ops, fitter->collected, out, RS_OK, err};
    struct rs_tally tally = {0};
    struct rs_emitter emit = {
        .ctx = &target,
        .begin = begin_pair,
        .between = between_pairs,
        .row = collect,
        .tally = &tally,
        .sample = fitter->view.part.sample,
    };
    enum rs_status status = RS_OK;

    if (ops->begin != NULL)
        ops->begin(fitter->collected, &emit, tile);
    status =
        fitter->view.part.engine->fit_tile(fitter->engine, tile, &emit, err);
    rs_out_item_end(out);
    if (status == RS_OK)
        status = target.status;
    if (status == RS_OK)
        status = ops->end(fitter->collected, out, err);
    rs_tally_send(out, &tally);
    return status;
}
