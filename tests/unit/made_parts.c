/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_parts.h"

#include "engines.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* ---- parts ------------------------------------------------------- */

void made_part_init(struct made_part *made, size_t n, size_t n_y, size_t n_x,
                    uint64_t seed)
{
    const struct made_ask ask = {
        .n = n, .n_y = n_y, .n_x = n_x, .tile = {2, 3}, .seed = seed};

    memset(made, 0, sizeof *made);
    made_sweep_init(&made->sweep, &ask);
    made->part.env = made->sweep.env;
    made->part.engine = rs_engine_choose(&made->part.env);
    ck_assert_int_eq(rs_run_part_prepare(&made->part, 1, NULL), RS_OK);
}

void made_part_clear(struct made_part *made)
{
    rs_run_part_release(&made->part);
    made_sweep_clear(&made->sweep);
}

/* ---- the sink ---------------------------------------------------- */

enum { ROW = 100 };

static size_t row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    (void)base;
    (void)y;
    (void)x;
    return ROW;
}

static size_t encode(const struct rs_sink *base, char *out,
                     const struct rs_row *row)
{
    char text[ROW];
    int n =
        snprintf(text, sizeof text, "%zu %zu %d %.12g %.12g\n", row->y, row->x,
                 (int)row->fit->outcome, row->fit->beta, row->fit->log_p);

    (void)base;
    ck_assert(n > 0 && n < ROW);
    memcpy(out, text, (size_t)n);
    return (size_t)n;
}

static enum rs_status open_sink(struct rs_sink *base, struct rs_error *err)
{
    (void)err;
    ((struct made_sink *)base)->opened++;
    return RS_OK;
}

static enum rs_status take(struct rs_sink *base, const void *bytes, size_t n,
                           struct rs_error *err)
{
    struct made_sink *sink = (struct made_sink *)base;

    (void)err;
    ck_assert_uint_eq(sink->opened, 1);
    ck_assert_uint_eq(sink->finished + sink->abandoned, 0);
    ck_assert_uint_le(sink->n + n, sizeof sink->text);
    memcpy(sink->text + sink->n, bytes, n);
    sink->n += n;
    return RS_OK;
}

static enum rs_status settle(struct rs_sink *base, uint64_t n_tiles,
                             struct rs_error *err)
{
    struct made_sink *sink = (struct made_sink *)base;

    (void)err;
    ck_assert_uint_gt(n_tiles, sink->settled);
    sink->settled = n_tiles;
    return RS_OK;
}

static enum rs_status finish(struct rs_sink *base, const struct rs_tally *tally,
                             struct rs_error *err)
{
    struct made_sink *sink = (struct made_sink *)base;

    (void)err;
    sink->finished++;
    sink->tally = *tally;
    return RS_OK;
}

static void abandon(struct rs_sink *base, const struct rs_tally *tally)
{
    struct made_sink *sink = (struct made_sink *)base;

    sink->abandoned++;
    sink->tally = *tally;
}

static const struct rs_sink_ops ops = {
    .row_bound = row_bound,
    .encode = encode,
    .open = open_sink,
    .write = take,
    .settle = settle,
    .finish = finish,
    .abandon = abandon,
};

void made_sink_init(struct made_sink *sink)
{
    memset(sink, 0, sizeof *sink);
    sink->base.ops = &ops;
}

void made_sink_row(struct made_sink *sink, const struct rs_run_part *part,
                   size_t y_ix, size_t x_ix)
{
    const struct rs_plan *plan = part->env.plan;
    struct rs_row row = {.y = plan->y[y_ix], .x = plan->x[x_ix]};
    struct rs_fit fit;
    void *state = NULL;

    ck_assert_int_eq(part->env.model->open(&state, part->env.spec, NULL),
                     RS_OK);
    part->env.model->fit(state, row.y, row.x, &fit);
    part->env.model->close(state);
    rs_fit_find_p(&fit);
    row.fit = &fit;
    ck_assert_uint_le(sink->n + ROW, sizeof sink->text);
    sink->n += encode(&sink->base, sink->text + sink->n, &row);
}
