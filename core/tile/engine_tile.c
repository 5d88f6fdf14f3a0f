/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine_tile.h"

#include "errors.h"
#include "mem.h"
#include "tile_level.h"
#include "tile_pair.h"
#include "tile_prepare.h"
#include "tile_screen.h"
#include "tile_stored.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* More pairs than this are kept: storing all products is better than looking
 * at each pair that is. */
static const double few = 0.01;

/* A worker, and what it makes of tiles: one of the two. */
struct tile_engine {
    struct rs_tile_worker worker;
    struct rs_spec spec; /* of the exact engine's workspace */
    struct rs_tile_stored *stored;
    struct rs_tile_screened *screened;
};

/* ---- life -------------------------------------------------------- */

static bool is_few(const struct rs_keep *keep)
{
    return keep->p_max <= few || keep->r2_min >= few ||
           keep->partial_r2_min >= few;
}

/* Screening looks at whole blocks of pairs, and a list names few of them. */
static enum rs_tile_screening screening_of(const struct rs_engine_env *env)
{
    if (env->plan->pairs == RS_PAIRS_LIST)
        return RS_TILE_STORE;
    if (rs_errors_robust(env->spec)) /* p is no function of r */
        return env->keep->p_max <= few ? RS_TILE_SCREEN : RS_TILE_STORE;
    if (is_few(env->keep))
        return RS_TILE_SCREEN;
    /* |r| ranks pairs only if all have the same rows */
    return rs_keep_cuts(env->keep) ? RS_TILE_SCREEN_COMPLETE : RS_TILE_STORE;
}

/* The ranks of the plan's columns. */
static enum rs_status rank_columns(struct rs_ranked **out,
                                   const struct rs_engine_env *env,
                                   unsigned n_threads, struct rs_error *err)
{
    const struct rs_plan *plan = env->plan;
    size_t n = plan->n_y + plan->n_x;
    size_t *columns = rs_plan_columns(plan, err);
    enum rs_status status = RS_OK;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    status = rs_ranked_new(out, env->spec, columns, n, n_threads, err);
    free(columns);
    return status;
}

static enum rs_status prepare_data(struct rs_tile_data *data,
                                   const struct rs_engine_env *env,
                                   unsigned n_threads, struct rs_error *err)
{
    const struct rs_spec *spec = env->spec;
    struct rs_ranked *ranked = NULL;
    enum rs_status status = RS_OK;

    if ((env->model->can & RS_CAN_LINE) == 0) {
        status = rank_columns(&ranked, env, n_threads, err);
        if (status != RS_OK)
            return status;
        spec = rs_ranked_spec(ranked);
    }
    status = rs_tile_data_init(data, spec, env->plan, env->kernel,
                               screening_of(env), n_threads, err);
    if (status == RS_OK)
        data->ranked = ranked;
    else
        rs_ranked_free(ranked);
    return status;
}

static enum rs_status tile_prepare(void **shared,
                                   const struct rs_engine_env *env,
                                   unsigned n_threads, struct rs_error *err)
{
    struct rs_tile_data *data = rs_alloc(1, sizeof *data, err);
    enum rs_status status = RS_OK;

    *shared = NULL;
    if (data == NULL)
        return RS_ERR_NOMEM;
    status = prepare_data(data, env, n_threads, err);
    if (status == RS_OK)
        *shared = data;
    else
        free(data);
    return status;
}

static void tile_release(void *shared)
{
    struct rs_tile_data *data = shared;

    if (data == NULL)
        return;
    rs_tile_data_clear(data);
    free(data);
}

static size_t tile_held(const void *shared)
{
    return rs_tile_data_bytes(shared);
}

static bool tile_serves(const void *shared, const struct rs_engine_env *env)
{
    return rs_tile_data_serves(shared, screening_of(env));
}

static void tile_close(void *state)
{
    struct tile_engine *self = state;

    if (self == NULL)
        return;
    self->worker.env.model->close(self->worker.fits);
    rs_tile_stored_free(self->stored);
    rs_tile_screened_free(self->screened);
    rs_tile_levels_free(&self->worker);
    free(self);
}

static size_t round_up(size_t n, size_t unit)
{
    return (n + unit - 1) / unit * unit;
}

/* The 1 - r^2 below which the rounding of r near 1 is too large a part of it.
 * An addition is off by 0.22 units of rounding, root mean square, where sums
 * grow from 0 to 1; 3.6 times that of all of them, and the columns' own. */
static double least_rest_of(double n)
{
    double in_block = sqrt(fmin(n, RS_PIECE_ROWS));
    double of_blocks = sqrt(n / RS_PIECE_ROWS);
    double error = 0.5 * DBL_EPSILON * (6.0 + 0.8 * (in_block + of_blocks));

    return fmax(rs_tile_least_rest, error / rs_tile_allowed_t);
}

/* What a worker knows, but for the exact engine's workspace. */
static enum rs_status set_worker(struct rs_tile_worker *out,
                                 const struct rs_engine_env *env,
                                 const struct rs_tile_data *data,
                                 struct rs_error *err)
{
    const struct rs_kernel *kernel = data->kernel;
    double n = (double)data->basis.n;
    double pieces = n / RS_PIECE_ROWS;

    out->env = *env;
    out->data = data;
    out->kernel = kernel;
    out->block_x = data->single ? kernel->single_x_panels * kernel->single_width
                                : kernel->x_panels * kernel->width;
    /* a tile may begin and end within a block */
    out->wide = round_up(env->plan->tile_x, out->block_x) + out->block_x;
    out->high = round_up(env->plan->tile_y, RS_BLOCK_Y) + RS_BLOCK_Y;
    out->single_error = rs_tile_single_error(data);
    /* Rounding of a sum of n products of two vectors of length 1, in blocks:
     * some standard deviations of it, for partial sums up to 1/2, and up to 1
     * where r is. */
    for (size_t c = 0; c < data->clusters.n_splits; c++)
        pieces = fmax(pieces, (double)data->clusters.splits[c].n);
    out->certain =
        0.5 * DBL_EPSILON * (12.0 + 0.5 * sqrt(pieces)) / rs_tile_allowed;
    out->least_rest = least_rest_of(n);
    return rs_tile_levels_new(out, err);
}

static enum rs_status tile_open(void **state, const struct rs_engine_env *env,
                                const void *shared, struct rs_error *err)
{
    const struct rs_tile_data *data = shared;
    struct tile_engine *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->spec = *env->spec;
    self->spec.ranks = data->ranked;
    status = set_worker(&self->worker, env, data, err);
    if (status == RS_OK && data->single)
        status = rs_tile_screened_new(&self->screened, &self->worker, err);
    else if (status == RS_OK)
        status = rs_tile_stored_new(&self->stored, &self->worker, err);
    if (status == RS_OK)
        status = env->model->open(&self->worker.fits, &self->spec, err);
    if (status != RS_OK) {
        self->worker.fits = NULL;
        tile_close(self);
        return status;
    }
    *state = self;
    return RS_OK;
}

/* Too few rows for any fit: every outcome is the exact engine's. */
static bool too_few_rows(const struct rs_tile_worker *self)
{
    return rs_tile_too_few(self->data) || !self->data->basis.finite ||
           self->data->basis.base.n_all < (double)self->env.spec->min_n;
}

static enum rs_status tile_fit(void *state, const struct rs_tile *tile,
                               const struct rs_emitter *emit,
                               struct rs_error *err)
{
    struct tile_engine *self = state;
    struct rs_tile_worker *w = &self->worker;
    const struct rs_plan *plan = w->env.plan;
    enum rs_status status = RS_OK;

    if (emit->values != NULL && (too_few_rows(w) || w->data->single))
        rs_values_blank(emit->values, tile);
    if (too_few_rows(w)) {
        for (size_t i = tile->y0; i < tile->y1; i++)
            for (size_t j = rs_plan_next(plan, i, tile->x0); j < tile->x1;
                 j = rs_plan_next(plan, i, j + 1))
                rs_tile_emit_exactly(w, emit, tile, i, j);
    } else if (w->data->single) {
        status = rs_tile_screen(self->screened, tile, emit, err);
    } else {
        rs_tile_store(self->stored, tile, emit);
    }
    /* a fit by other means would have other digits */
    if (status == RS_OK && w->no_memory)
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory for the tile");
    if (status == RS_OK)
        status = rs_model_check(w->env.model, w->fits, err);
    return status;
}

/* Matched pairs are the diagonal of a grid: a tile would be waste. Where all
 * x are bundles, these have to be made of products: see tile_prepare.c. */
static bool tile_can(const struct rs_engine_env *env)
{
    const struct rs_spec *spec = env->spec;
    const struct rs_tile_way *way = rs_tile_way_of(spec);
    bool bundles = spec->interact != NULL || spec->poly > 1;

    return (env->model->can & RS_CAN_TILE) != 0 &&
           env->plan->pairs != RS_PAIRS_MATCHED && way != NULL &&
           (!bundles || (way->by_r && spec->intercept));
}

const struct rs_engine rs_engine_tile = {
    .name = "tile",
    .by_tile = true,
    .can = tile_can,
    .prepare = tile_prepare,
    .release = tile_release,
    .held = tile_held,
    .serves = tile_serves,
    .open = tile_open,
    .fit_tile = tile_fit,
    .close = tile_close,
};

const struct rs_tile_data *
rs_engine_tile_columns(const struct rs_engine *engine, const void *prepared)
{
    return engine == &rs_engine_tile ? prepared : NULL;
}
