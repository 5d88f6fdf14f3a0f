/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pooled.h"

#include "mem.h"
#include "part_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Slopes that a tile keeps, of all groups. */
enum { MOST_SLOPES = 1 << 20 };

/* A slope of a pair in a group. */
struct slope {
    double beta, se;
};

struct pooled {
    struct rs_engine_env env;
    const struct rs_pooled_groups *groups;
    struct rs_part_view view;
    size_t room;          /* cells */
    struct slope *slopes; /* [room][groups->n] */
    uint64_t *rows;       /* [room] of the groups that enter */
    bool *lost;           /* [room] with its worker */
    size_t *lists;        /* [n_y + n_x] of a tile */
};

/* What a group's engine emits to. */
struct gathering {
    struct pooled *self;
    const struct rs_tile *tile;
    const struct rs_emitter *emit; /* of the pooled pairs */
    size_t group;
};

struct rs_tile_shape rs_pooled_shape(struct rs_tile_shape shape,
                                     size_t n_groups)
{
    while (shape.x > 1 && shape.y * shape.x > MOST_SLOPES / n_groups)
        shape.x = (shape.x + 1) / 2;
    while (shape.y > 1 && shape.y * shape.x > MOST_SLOPES / n_groups)
        shape.y = (shape.y + 1) / 2;
    return shape;
}

static bool is_matched(const struct pooled *self)
{
    return self->env.plan->pairs == RS_PAIRS_MATCHED;
}

/* Cells of a tile. */
static size_t count_cells(const struct pooled *self, const struct rs_tile *tile)
{
    size_t n_y = tile->y1 - tile->y0;

    return is_matched(self) ? n_y : n_y * (tile->x1 - tile->x0);
}

/* The place of a cell among those that are kept of a tile. */
static size_t place_of(const struct pooled *self, const struct rs_tile *tile,
                       size_t y_ix, size_t x_ix)
{
    return is_matched(self)
               ? y_ix - tile->y0
               : (y_ix - tile->y0) * (tile->x1 - tile->x0) + x_ix - tile->x0;
}

/* ---- a group ----------------------------------------------------- */

/* The group's tile is the same, counted from 0. */
static bool begin_pair(void *ctx, uint64_t item)
{
    const struct gathering *to = ctx;
    size_t width = to->tile->x1 - to->tile->x0;
    size_t y_ix = to->tile->y0 + (size_t)item / width;
    size_t x_ix = to->tile->x0 + (size_t)item % width;

    if (to->emit->begin(to->emit->ctx, item))
        return true;
    to->self->lost[place_of(to->self, to->tile, y_ix, x_ix)] = true;
    return false;
}

static void between_pairs(void *ctx)
{
    const struct gathering *to = ctx;

    rs_engine_between(to->emit);
}

static void gather(void *ctx, size_t y_ix, size_t x_ix,
                   const struct rs_fit *fit)
{
    const struct gathering *to = ctx;
    struct pooled *self = to->self;
    size_t at =
        place_of(self, to->tile, to->tile->y0 + y_ix, to->tile->x0 + x_ix);

    self->slopes[at * self->groups->n + to->group] =
        (struct slope){fit->beta, fit->se};
    if (isfinite(fit->se) && fit->se > 0.0 && isfinite(fit->beta))
        self->rows[at] += fit->n;
}

/* Fits the pairs of a tile in a group; plan: of them alone. */
static enum rs_status fit_group(struct gathering *to,
                                const struct rs_plan *plan,
                                struct rs_error *err)
{
    static const struct rs_keep all = {.p_max = 1.0};
    struct pooled *self = to->self;
    struct rs_run_part part = self->groups->parts[to->group];
    const struct rs_run_part *here = &self->view.part;
    const struct rs_tile tile = rs_plan_tile(plan, 0);
    struct rs_tally tally = {0};
    const struct rs_emitter emit = {.ctx = to,
                                    .begin = begin_pair,
                                    .between = between_pairs,
                                    .row = gather,
                                    .tally = &tally};
    void *state = NULL;
    enum rs_status status = RS_OK;

    part.env.plan = plan;
    part.env.keep = &all;
    part.prepared = NULL;
    status = rs_part_view_enter(&self->view, &part, 1, err);
    if (status != RS_OK)
        return status;
    status = here->engine->open(&state, &here->env, here->prepared, err);
    if (status == RS_OK)
        status = here->engine->fit_tile(state, &tile, &emit, err);
    here->engine->close(state);
    rs_part_view_leave(&self->view);
    return status;
}

/* ---- a tile ------------------------------------------------------ */

/* The pairs of a tile, as a plan of one. */
static enum rs_status cut_plan(struct rs_plan *out, struct pooled *self,
                               const struct rs_tile *tile, struct rs_error *err)
{
    const struct rs_plan *plan = self->env.plan;
    bool matched = is_matched(self);
    size_t n_y = tile->y1 - tile->y0;
    size_t n_x = matched ? n_y : tile->x1 - tile->x0;
    size_t *y = self->lists;
    size_t *x = self->lists + n_y;
    const struct rs_plan_ask ask = {.pairs = matched ? RS_PAIRS_MATCHED
                                                     : RS_PAIRS_ALL,
                                    .y = y,
                                    .x = x,
                                    .n_y = n_y,
                                    .n_x = n_x,
                                    .shape = {n_y, n_x}};

    memcpy(y, plan->y + tile->y0, n_y * sizeof *y);
    memcpy(x, plan->x + (matched ? tile->y0 : tile->x0), n_x * sizeof *x);
    return rs_plan_init(out, &ask, err);
}

static bool has_pairs(const struct rs_plan *plan, const struct rs_tile *tile)
{
    for (size_t i = tile->y0; i < tile->y1; i++)
        for (size_t j = tile->x0; j < tile->x1; j++)
            if (rs_plan_has(plan, i, j))
                return true;
    return false;
}

static void clear_cells(struct pooled *self, size_t n)
{
    for (size_t i = 0; i < n * self->groups->n; i++)
        self->slopes[i] = (struct slope){NAN, NAN};
    memset(self->rows, 0, n * sizeof *self->rows);
    memset(self->lost, 0, n * sizeof *self->lost);
}

static void pool_pair(const struct pooled *self, struct rs_fit *fit, size_t at)
{
    const struct slope *slopes = &self->slopes[at * self->groups->n];
    struct rs_pooled pooled;

    rs_pool_groups(&pooled, self->groups->how, &slopes->beta, &slopes->se,
                   self->groups->n, sizeof *slopes / sizeof(double));
    if (self->lost[at]) {
        rs_fit_clear(fit, RS_FIT_WORKER_LOST, 0);
        return;
    }
    rs_fit_clear(fit, pooled.k > 0 ? RS_FIT_OK : RS_FIT_N_TOO_SMALL,
                 self->rows[at]);
    fit->pooled = (double)pooled.k;
    if (pooled.k == 0)
        return;
    fit->statistic = RS_STAT_Z;
    fit->beta = pooled.beta;
    fit->se = pooled.se;
    fit->stat = pooled.z;
    fit->pooled_tau2 = pooled.tau2;
    fit->pooled_q = pooled.q;
    rs_fit_find_p(fit);
}

static void emit_pairs(const struct pooled *self, const struct rs_tile *tile,
                       const struct rs_emitter *emit)
{
    size_t width = tile->x1 - tile->x0;
    struct rs_fit fit;

    for (size_t i = tile->y0; i < tile->y1; i++)
        for (size_t j = tile->x0; j < tile->x1; j++) {
            if (!rs_plan_has(self->env.plan, i, j))
                continue;
            pool_pair(self, &fit, place_of(self, tile, i, j));
            if (!emit->begin(emit->ctx,
                             (i - tile->y0) * width + (j - tile->x0)))
                rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
            rs_engine_emit(&self->env, emit, i, j, &fit);
        }
}

static enum rs_status fit_tile(void *state, const struct rs_tile *tile,
                               const struct rs_emitter *emit,
                               struct rs_error *err)
{
    struct pooled *self = state;
    struct rs_plan plan = {0};
    enum rs_status status = RS_OK;

    if (emit->values != NULL)
        rs_values_blank(emit->values, tile);
    if (!has_pairs(self->env.plan, tile))
        return RS_OK;
    clear_cells(self, count_cells(self, tile));
    status = cut_plan(&plan, self, tile, err);
    for (size_t g = 0; g < self->groups->n && status == RS_OK; g++) {
        struct gathering to = {self, tile, emit, g};
        status = fit_group(&to, &plan, err);
    }
    rs_plan_clear(&plan);
    if (status == RS_OK)
        emit_pairs(self, tile, emit);
    return status;
}

/* ---- life -------------------------------------------------------- */

static void close_pooled(void *state)
{
    struct pooled *self = state;

    if (self == NULL)
        return;
    rs_part_view_clear(&self->view);
    free(self->slopes);
    free(self->rows);
    free(self->lost);
    free(self->lists);
    free(self);
}

static enum rs_status open_pooled(void **state, const struct rs_engine_env *env,
                                  const void *shared, struct rs_error *err)
{
    const struct rs_plan *plan = env->plan;
    struct pooled *self = rs_alloc(1, sizeof *self, err);

    *state = self;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->env = *env;
    self->groups = shared;
    self->room = plan->tile_y * (is_matched(self) ? 1 : plan->tile_x);
    self->slopes =
        rs_alloc(self->room * self->groups->n, sizeof *self->slopes, err);
    self->rows = rs_alloc(self->room, sizeof *self->rows, err);
    self->lost = rs_alloc(self->room, sizeof *self->lost, err);
    self->lists =
        rs_alloc(2 * (plan->tile_y + plan->tile_x), sizeof *self->lists, err);
    if (self->slopes == NULL || self->rows == NULL || self->lost == NULL ||
        self->lists == NULL) {
        close_pooled(self);
        *state = NULL;
        return RS_ERR_NOMEM;
    }
    return RS_OK;
}

/* What is prepared is the caller's. */
static void release(void *shared)
{
    (void)shared;
}

const struct rs_engine rs_engine_pooled = {
    .name = "pooled",
    .release = release,
    .open = open_pooled,
    .fit_tile = fit_tile,
    .close = close_pooled,
};
