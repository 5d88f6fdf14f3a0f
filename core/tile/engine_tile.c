/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine_tile.h"

#include "mem.h"
#include "tile_count.h"
#include "tile_shared.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* More pairs than this are kept: storing all products is better than looking
 * at each pair that is. */
static const double few = 0.01;

/* The condition of ln p in t is at most this times t where it is below 1. */
static const double most_slope = 1.4;

/* ---- life -------------------------------------------------------- */

static bool is_few(const struct rs_keep *keep)
{
    return keep->p_max <= few || keep->r2_min >= few;
}

static enum rs_tile_screening screening_of(const struct rs_engine_env *env)
{
    if (is_few(env->keep))
        return RS_TILE_SCREEN;
    /* |r| ranks pairs only if all have the same rows */
    return rs_keep_cuts(env->keep) ? RS_TILE_SCREEN_COMPLETE : RS_TILE_STORE;
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
    status = rs_tile_data_init(data, env->spec, env->plan, env->kernel,
                               screening_of(env), n_threads, err);
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

static bool tile_serves(const void *shared, const struct rs_engine_env *env)
{
    return rs_tile_data_serves(shared, screening_of(env));
}

static void tile_close(void *state)
{
    struct rs_tile_engine *self = state;

    if (self == NULL)
        return;
    self->env.model->close(self->fits);
    for (size_t n = 0; self->levels != NULL && n <= self->data->basis.n; n++)
        if (self->levels[n] != NULL) {
            rs_tail_table_free(self->levels[n]->tail);
            free(self->levels[n]);
        }
    rs_tile_masked_free(self->masked);
    rs_tile_cut_free(self->cut);
    rs_tile_holes_free(self->holes);
    rs_tile_refine_free(self->refine);
    rs_tile_values_free(self->values);
    free(self->hit_terms);
    free(self->levels);
    free(self->c);
    free(self->block);
    free(self->abs_r);
    free(self->rest);
    free(self->log_p);
    free(self->hits);
    free(self);
}

static size_t round_up(size_t n, size_t unit)
{
    return (n + unit - 1) / unit * unit;
}

static enum rs_status allocate(struct rs_tile_engine *self,
                               struct rs_error *err)
{
    const struct rs_plan *plan = self->env.plan;
    bool single = self->data->single;

    /* a tile may begin and end within a block */
    self->ldc = round_up(plan->tile_x, self->block_x) + self->block_x;
    self->c_rows = round_up(plan->tile_y, RS_BLOCK_Y) + RS_BLOCK_Y;
    self->levels = rs_alloc(self->data->basis.n + 1, sizeof *self->levels, err);
    self->abs_r = rs_alloc(self->ldc, sizeof *self->abs_r, err);
    self->rest = rs_alloc(self->ldc, sizeof *self->rest, err);
    self->log_p = rs_alloc(self->ldc, sizeof *self->log_p, err);
    if (single)
        self->block = rs_alloc((self->c_rows + RS_BLOCK_Y) * self->block_x,
                               sizeof *self->block, err);
    else
        self->c = rs_alloc(self->c_rows * self->ldc, sizeof *self->c, err);
    if (self->levels == NULL || self->abs_r == NULL || self->rest == NULL ||
        self->log_p == NULL || (single ? self->block == NULL : self->c == NULL))
        return RS_ERR_NOMEM;
    if (single) {
        enum rs_status status = rs_tile_cut_new(self, err);
        if (status == RS_OK)
            status = rs_tile_refine_new(self, err);
        if (status == RS_OK && self->data->any_missing)
            status = rs_tile_holes_new(self, err);
        if (status != RS_OK)
            return status;
    } else if (rs_tile_values_new(self, err) != RS_OK) {
        return RS_ERR_NOMEM;
    }
    return self->data->any_missing ? rs_tile_masked_new(self, err) : RS_OK;
}

/* The 1 - r^2 below which the rounding of r near 1 is too large a part of it.
 * An addition is off by 0.22 units of rounding, root mean square, where sums
 * grow from 0 to 1; 3.6 times that of all of them, and the columns' own. */
static double least_rest_of(double n)
{
    double in_block = sqrt(fmin(n, RS_TILE_ROWS));
    double of_blocks = sqrt(n / RS_TILE_ROWS);
    double error = 0.5 * DBL_EPSILON * (6.0 + 0.8 * (in_block + of_blocks));

    return fmax(rs_tile_least_rest, error / rs_tile_allowed_t);
}

static enum rs_status tile_open(void **state, const struct rs_engine_env *env,
                                const void *shared, struct rs_error *err)
{
    struct rs_tile_engine *self = rs_alloc(1, sizeof *self, err);
    const struct rs_tile_data *data = shared;
    double n = (double)data->basis.n;
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->env = *env;
    self->data = data;
    self->kernel = data->kernel;
    self->block_x = data->single ? data->kernel->single_x_panels *
                                       data->kernel->single_width
                                 : data->kernel->x_panels * data->kernel->width;
    self->single_error = rs_single_error(data->basis.n);
    /* Rounding of a sum of n products of two vectors of length 1, in blocks:
     * some standard deviations of it, for partial sums up to 1/2, and up to 1
     * where r is. */
    self->certain = 0.5 * DBL_EPSILON * (12.0 + 0.5 * sqrt(n / RS_TILE_ROWS)) /
                    rs_tile_allowed;
    self->least_rest = least_rest_of(n);
    status = allocate(self, err);
    if (status == RS_OK)
        status = env->model->open(&self->fits, env->spec, err);
    if (status != RS_OK) {
        self->fits = NULL;
        tile_close(self);
        return status;
    }
    *state = self;
    return RS_OK;
}

/* ---- degrees of freedom ------------------------------------------ */

float rs_tile_maybe(const struct rs_tile_engine *self, double r)
{
    return nextafterf((float)(r - self->single_error), -2.0F);
}

/* The float from which on a product of floats is r or more. */
static float surely(const struct rs_tile_engine *self, double r)
{
    return nextafterf((float)(r + self->single_error), 2.0F);
}

bool rs_tile_has_tail(struct rs_tile_level *level)
{
    if (level->tail != NULL)
        return true;
    if (rs_tail_table_new(&level->tail, level->df, NULL) == RS_OK)
        return true;
    *level->no_memory = true;
    return false;
}

/* Edges of the tally: those of fewer rows than there are by way of those of
 * all, whatever other levels there are already. */
static void find_edges(struct rs_tile_engine *self, struct rs_tile_level *level,
                       size_t n)
{
    size_t all = self->data->basis.n;
    const struct rs_tile_level *full =
        n == all ? NULL : rs_tile_level_of(self, all);

    if (full == NULL || !rs_tile_has_tail(level) ||
        !rs_p_edges_r_near(level->edges, level->tail, full->edges, full->df))
        rs_p_edges_r(level->edges, level->df);
}

struct rs_tile_level *rs_tile_level_of(struct rs_tile_engine *self, size_t n)
{
    struct rs_tile_level *level = self->levels[n];

    if (level != NULL)
        return level;
    level = rs_alloc(1, sizeof *level, NULL);
    if (level == NULL) {
        self->no_memory = true;
        return NULL;
    }
    level->no_memory = &self->no_memory;
    level->df = (double)n - (double)self->data->basis.rank - 1.0;
    if (level->df >= 1.0) {
        /* Bounds count with the worst order of rows, which swings partial
         * sums to 1/2. Where that would leave less than half of what p may be
         * off near p = 1/2, columns that lose nothing are trusted to have a
         * better one. */
        level->error =
            fmin(self->certain * rs_tile_allowed,
                 0.5 * rs_tile_allowed_t / (most_slope * sqrt(level->df)));
        level->least_r = rs_keep_least_r(self->env.keep, level->df);
        find_edges(self, level, n);
        for (unsigned k = 0; k < RS_P_EDGES; k++) {
            level->below[k] = rs_tile_maybe(self, level->edges[k]);
            level->above[k] = surely(self, level->edges[k]);
        }
    }
    self->levels[n] = level;
    return level;
}

double rs_tile_log_p(struct rs_tile_level *level, double r)
{
    double abs_r = fabs(r);
    double rest = (1.0 - abs_r) * (1.0 + abs_r);
    double log_p = NAN;

    if (rest > 0.0 && rs_tile_has_tail(level))
        rs_tail_table_log_p(level->tail, &log_p, &abs_r, &rest, 1);
    return log_p;
}

void rs_tile_sample(const struct rs_p_sample *sample,
                    struct rs_tile_level *level, size_t y_ix, size_t x_ix,
                    double r)
{
    float *cell = sample == NULL ? NULL : rs_p_sample_cell(sample, y_ix, x_ix);

    if (cell != NULL)
        *cell = rs_p_sample_number(-rs_tile_log_p(level, r));
}

/* ---- a pair ------------------------------------------------------ */

/* True when the kinds of two columns, which are those of each one's own rows,
 * say what a pair of n rows is. On fewer rows, what varied may be constant;
 * what was constant is so still. */
static bool kinds_hold(const struct rs_tile_data *data,
                       const struct rs_tile_column *y,
                       const struct rs_tile_column *x, size_t n)
{
    const struct rs_pattern *patterns = data->patterns.patterns;

    if (y->kind == RS_TILE_EXACT || x->kind == RS_TILE_EXACT)
        return false;
    if (y->kind == RS_TILE_CONSTANT)
        return true;
    return n == patterns[y->pattern].n &&
           (x->kind == RS_TILE_CONSTANT || n == patterns[x->pattern].n);
}

enum rs_outcome rs_tile_outcome(bool *exact, const struct rs_tile_data *data,
                                size_t i, size_t j, size_t n)
{
    const struct rs_tile_column *y = &data->y.columns[i];
    const struct rs_tile_column *x = &data->x.columns[j];

    *exact = false;
    if (y->kind == RS_TILE_PLAIN && x->kind == RS_TILE_PLAIN)
        return RS_FIT_OK;
    if (y->kind == RS_TILE_NON_FINITE || x->kind == RS_TILE_NON_FINITE)
        return RS_FIT_NON_FINITE;
    *exact = !kinds_hold(data, y, x, n);
    if (*exact)
        return RS_FIT_OK;
    if (y->kind == RS_TILE_CONSTANT)
        return RS_FIT_CONSTANT_Y;
    if (x->kind == RS_TILE_CONSTANT)
        return RS_FIT_CONSTANT_X;
    return x->kind == RS_TILE_COLLINEAR ? RS_FIT_COLLINEAR : RS_FIT_Y_EXPLAINED;
}

void rs_tile_plain_terms(struct rs_tile_terms *out,
                         const struct rs_tile_engine *self,
                         const struct rs_tile_column *y,
                         const struct rs_tile_column *x, double r)
{
    out->r = r;
    out->certain = self->certain;
    out->length = 1.0;
    out->shares = 1.0;
    out->norm_y = y->norm;
    out->norm_x = x->norm;
    out->mean_y = y->mean;
    out->mean_x = x->mean;
    out->size_y = y->mean_size;
    out->size_x = x->mean_size;
    out->base_r2 = y->base_r2;
    out->log_weight = self->data->basis.log_weight;
    out->n = self->data->basis.n;
    out->level = self->data->basis.n;
}

/* Mean of y less slope times mean of x; false when too little is left. */
static bool find_intercept(struct rs_fit *fit,
                           const struct rs_tile_terms *terms)
{
    double part = fit->beta * terms->mean_x;
    double error =
        rs_tile_allowed * (terms->certain / fabs(terms->r)) * fabs(part) +
        4.0 * DBL_EPSILON * (terms->size_y + fabs(fit->beta) * terms->size_x);

    fit->intercept = terms->mean_y - part;
    return fabs(fit->intercept) * rs_tile_allowed >= error;
}

/* True when p has its digits: rounding of r moves t by error / (|r| rest),
 * and p by that times the condition of ln p in t. Of complete columns the
 * first comparison says it all. */
static bool is_sharp(const struct rs_tile_engine *self,
                     const struct rs_tile_terms *terms,
                     const struct rs_tile_level *level, double rest)
{
    double length = terms->length;
    double most = rs_tile_allowed_t * rest * length;

    if (!(rest * length >= self->least_rest))
        return false;
    if (length == 1.0 || level->error <= most * fabs(terms->r))
        return true;
    return level->error * most_slope * sqrt(terms->shares * level->df / rest) <=
           most;
}

bool rs_tile_assemble(struct rs_fit *fit, const struct rs_tile_engine *self,
                      const struct rs_tile_terms *terms,
                      const struct rs_tile_level *level, double log_p)
{
    const struct rs_basis *basis = &self->data->basis;
    double r = terms->r;
    double rest = (1.0 - r) * (1.0 + r);
    double ratio = terms->norm_y / terms->norm_x;
    double spread = sqrt(rest / level->df);

    if (!is_sharp(self, terms, level, rest) || !(fabs(r) >= terms->certain) ||
        isnan(log_p))
        return false;
    rs_fit_clear(fit, RS_FIT_OK, terms->n);
    fit->df = level->df;
    fit->n_coef = (double)terms->n - level->df;
    fit->beta = r * ratio;
    fit->se = ratio * spread;
    fit->stat = r / spread;
    fit->r2 = terms->base_r2 + (1.0 - terms->base_r2) * (r * r);
    fit->sigma = ldexp(terms->norm_y * spread, basis->base.exponent);
    fit->log_weight = terms->log_weight;
    fit->log_p = log_p;
    if (basis->adjusted && fit->r2 < rs_tile_least_r2)
        return false;
    return !basis->base.spec.intercept || find_intercept(fit, terms);
}

void rs_tile_no_fit(struct rs_fit *fit, const struct rs_tile_engine *self,
                    enum rs_outcome outcome, size_t n)
{
    rs_fit_clear(fit, outcome, n);
    fit->n_coef = (double)self->data->basis.rank + 1.0;
    fit->df = (double)n - fit->n_coef;
}

void rs_tile_fit_exactly(struct rs_tile_engine *self, struct rs_fit *fit,
                         size_t y_ix, size_t x_ix)
{
    const struct rs_plan *plan = self->env.plan;

    self->env.model->fit(self->fits, plan->y[y_ix], plan->x[x_ix], fit);
    rs_fit_find_p(fit);
}

/* ---- products ---------------------------------------------------- */

struct rs_tile_grid rs_tile_grid_of(const struct rs_tile_engine *self,
                                    const struct rs_tile *tile)
{
    struct rs_tile_grid grid = {
        .panel0 = tile->y0 / RS_BLOCK_Y,
        .panel1 = (tile->y1 + RS_BLOCK_Y - 1) / RS_BLOCK_Y,
        .block0 = tile->x0 / self->block_x,
        .block1 = (tile->x1 + self->block_x - 1) / self->block_x,
    };

    /* of each pair once, only those above the diagonal */
    if (self->env.plan->pairs == RS_PAIRS_UNIQUE &&
        (tile->y0 + 1) / self->block_x > grid.block0)
        grid.block0 = (tile->y0 + 1) / self->block_x;
    grid.y_first = grid.panel0 * RS_BLOCK_Y;
    grid.x_first = grid.block0 * self->block_x;
    return grid;
}

/* The products of all blocks of a tile, to self->c. */
static void find_products(struct rs_tile_engine *self,
                          const struct rs_tile_grid *grid)
{
    const struct rs_tile_data *data = self->data;
    size_t width = self->kernel->width;
    size_t n = data->basis.n;
    size_t pieces = (n + RS_TILE_ROWS - 1) / RS_TILE_ROWS;
    size_t step = (n + pieces - 1) / pieces;

    for (size_t row = 0; row < n; row += step) {
        size_t rows = n - row < step ? n - row : step;
        for (size_t b = grid->block0; b < grid->block1; b++) {
            const double *x =
                rs_tile_column(data, &data->x, b * self->block_x) + row * width;
            for (size_t p = grid->panel0; p < grid->panel1; p++)
                self->kernel->product(
                    &self->c[(p - grid->panel0) * RS_BLOCK_Y * self->ldc +
                             (b - grid->block0) * self->block_x],
                    self->ldc,
                    rs_tile_column(data, &data->y, p * RS_BLOCK_Y) +
                        row * width,
                    x, n * width, rows, row > 0, NULL);
        }
    }
}

/* ---- rows of a tile ---------------------------------------------- */

/* |r| and 1 - r^2; -1 and 1 where r is not a number. */
RS_WIDE static void fold(double *restrict abs_r, double *restrict rest,
                         const double *restrict r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double a = fabs(r[i]);
        double b = (1.0 - a) * (1.0 + a);
        abs_r[i] = a;
        rest[i] = b > 0.0 ? b : DBL_MIN;
    }
}

/* One pair of a stored tile. */
void rs_tile_emit_pair(struct rs_tile_engine *self,
                       const struct rs_emitter *emit,
                       const struct rs_tile *tile, size_t i, size_t j,
                       const struct rs_tile_terms *terms, double log_p)
{
    uint64_t item = (i - tile->y0) * (tile->x1 - tile->x0) + (j - tile->x0);
    struct rs_tile_level *level = NULL;
    struct rs_fit fit;

    if (!emit->begin(emit->ctx, item)) {
        rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
        rs_engine_emit(&self->env, emit, i, j, &fit);
        return;
    }
    level = isnan(terms->r) ? NULL : rs_tile_level_of(self, terms->level);
    if (level != NULL && isnan(log_p))
        log_p = rs_tile_log_p(level, terms->r);
    if (level == NULL || !rs_tile_assemble(&fit, self, terms, level, log_p))
        rs_tile_fit_exactly(self, &fit, i, j);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}

/* True when a pair is below what is kept: it need not be looked at. */
static bool is_dull(const struct rs_tile_engine *self,
                    const struct rs_tile_terms *terms,
                    const struct rs_tile_level *level)
{
    double r = fabs(terms->r);

    if (!(r * r < 1.0 - rs_tile_least_rest)) /* perhaps perfect */
        return false;
    return r < level->least_r ||
           r < rs_keep_least_partial_r(self->env.keep, terms->base_r2);
}

/* Counts a pair that is not kept. */
static void count_dull(const struct rs_emitter *emit,
                       struct rs_tile_level *level, size_t i, size_t j,
                       double abs_r)
{
    emit->tally->outcomes[RS_FIT_OK]++;
    rs_count_edges(emit->tally->at_most, &abs_r, 1, level->edges, RS_P_EDGES);
    rs_tile_sample(emit->sample, level, i, j, abs_r);
}

/* A pair of columns that are not both plain. */
static void emit_odd(struct rs_tile_engine *self, const struct rs_emitter *emit,
                     const struct rs_tile *tile, size_t i, size_t j, size_t n)
{
    bool exact = false;
    struct rs_fit fit;
    struct rs_tile_terms none = {.r = NAN};
    enum rs_outcome outcome = rs_tile_outcome(&exact, self->data, i, j, n);

    if (exact) {
        rs_tile_emit_pair(self, emit, tile, i, j, &none, NAN);
        return;
    }
    rs_tile_no_fit(&fit, self, outcome, n);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}

/* Pairs without a product of their own: an outcome, or the exact engine. */
bool rs_tile_emit_special(struct rs_tile_engine *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile, size_t i, size_t j,
                          size_t n)
{
    const struct rs_tile_data *data = self->data;

    if (data->y.columns[i].kind == RS_TILE_PLAIN &&
        data->x.columns[j].kind == RS_TILE_PLAIN)
        return false;
    emit_odd(self, emit, tile, i, j, n);
    return true;
}

static void emit_plain_row(struct rs_tile_engine *self,
                           const struct rs_emitter *emit,
                           const struct rs_tile *tile,
                           const struct rs_tile_grid *grid, size_t i)
{
    const struct rs_tile_data *data = self->data;
    const double *r = &self->c[(i - grid->y_first) * self->ldc];
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    size_t at = first - grid->x_first;
    size_t n = tile->x1 - first;
    bool full = !rs_keep_some(self->env.keep);
    struct rs_tile_level *level = rs_tile_level_of(self, data->basis.n);

    fold(self->abs_r, self->rest, r + at, n);
    if (full && level != NULL && rs_tile_has_tail(level))
        rs_tail_table_log_p(level->tail, self->log_p, self->abs_r, self->rest,
                            n);
    else
        for (size_t j = 0; j < n; j++)
            self->log_p[j] = NAN;
    for (size_t j = first; j < tile->x1; j++) {
        struct rs_tile_terms terms;
        if (!rs_plan_has(self->env.plan, i, j) ||
            rs_tile_emit_special(self, emit, tile, i, j, data->basis.n))
            continue;
        rs_tile_plain_terms(&terms, self, &data->y.columns[i],
                            &data->x.columns[j], r[j - grid->x_first]);
        if (!full && level != NULL && is_dull(self, &terms, level)) {
            count_dull(emit, level, i, j, self->abs_r[j - first]);
            continue;
        }
        rs_tile_emit_pair(self, emit, tile, i, j, &terms,
                          self->log_p[j - first]);
    }
}

/* A pair of which at least one column is not plain: an outcome that does not
 * depend on the rows, where there are enough of them, or the exact engine. */
static void emit_odd_masked(struct rs_tile_engine *self,
                            const struct rs_emitter *emit,
                            const struct rs_tile *tile, size_t i, size_t j,
                            const struct rs_tile_terms *terms)
{
    struct rs_tile_terms none = {.r = NAN};

    if (isnan(terms->r) || self->data->basis.base.absorb != NULL ||
        !rs_tile_emit_special(self, emit, tile, i, j, terms->n))
        rs_tile_emit_pair(self, emit, tile, i, j, &none, NAN);
}

static void emit_masked_row(struct rs_tile_engine *self,
                            const struct rs_emitter *emit,
                            const struct rs_tile *tile,
                            const struct rs_tile_grid *grid, size_t i)
{
    const struct rs_tile_data *data = self->data;
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    bool full = !rs_keep_some(self->env.keep);
    bool plain_y = data->y.columns[i].kind == RS_TILE_PLAIN;

    for (size_t j = first; j < tile->x1; j++) {
        const struct rs_tile_terms *terms = NULL;
        struct rs_tile_level *level = NULL;
        if (!rs_plan_has(self->env.plan, i, j))
            continue;
        terms = rs_tile_masked_at(self, i - grid->y_first, j - grid->x_first);
        if (!plain_y || data->x.columns[j].kind != RS_TILE_PLAIN ||
            isnan(terms->r)) {
            emit_odd_masked(self, emit, tile, i, j, terms);
            continue;
        }
        level = rs_tile_level_of(self, terms->level);
        if (full && emit->values != NULL &&
            rs_tile_values_pair(self, emit, i, j, terms, level))
            continue;
        if (!full && level != NULL && is_dull(self, terms, level)) {
            count_dull(emit, level, i, j, fabs(terms->r));
            continue;
        }
        rs_tile_emit_pair(self, emit, tile, i, j, terms, NAN);
    }
}

static void fit_stored(struct rs_tile_engine *self, const struct rs_tile *tile,
                       const struct rs_emitter *emit)
{
    struct rs_tile_grid grid = rs_tile_grid_of(self, tile);
    bool in_bulk = rs_tile_values_begin(self, emit, tile, &grid);

    if (emit->values != NULL && (!in_bulk || grid.block0 >= grid.block1))
        rs_values_blank(emit->values, tile);
    if (grid.block0 >= grid.block1) /* all below the diagonal */
        return;
    find_products(self, &grid);
    if (self->masked != NULL)
        rs_tile_masked_begin(self, &grid, tile);
    for (size_t i = tile->y0; i < tile->y1; i++) {
        rs_engine_between(emit);
        if (in_bulk) {
            rs_tile_values_row(self, emit, tile, &grid, i);
            continue;
        }
        if (self->masked == NULL) {
            emit_plain_row(self, emit, tile, &grid, i);
            continue;
        }
        if (i == tile->y0 || i % RS_BLOCK_Y == 0)
            rs_tile_masked_strip(self, &grid, tile, i / RS_BLOCK_Y);
        emit_masked_row(self, emit, tile, &grid, i);
    }
}

/* Too few rows for any fit: every outcome is the exact engine's. */
static bool too_few_rows(const struct rs_tile_engine *self)
{
    return rs_tile_too_few(self->data) || !self->data->basis.finite ||
           self->data->basis.n < self->env.spec->min_n;
}

static enum rs_status tile_fit(void *state, const struct rs_tile *tile,
                               const struct rs_emitter *emit,
                               struct rs_error *err)
{
    struct rs_tile_engine *self = state;
    struct rs_tile_terms none = {.r = NAN};
    enum rs_status status = RS_OK;

    if (emit->values != NULL && (too_few_rows(self) || self->data->single))
        rs_values_blank(emit->values, tile);
    if (too_few_rows(self)) {
        for (size_t i = tile->y0; i < tile->y1; i++)
            for (size_t j = tile->x0; j < tile->x1; j++)
                if (rs_plan_has(self->env.plan, i, j))
                    rs_tile_emit_pair(self, emit, tile, i, j, &none, NAN);
    } else if (self->data->single) {
        status = rs_tile_screen(self, tile, emit, err);
    } else {
        fit_stored(self, tile, emit);
    }
    /* a fit by other means would have other digits */
    if (status == RS_OK && self->no_memory)
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory for the tile");
    if (status == RS_OK)
        status = rs_model_check(self->env.model, self->fits, err);
    return status;
}

/* Matched pairs are the diagonal of a grid: a tile would be waste. */
static bool tile_can(const struct rs_engine_env *env)
{
    return (env->model->can & RS_CAN_TILE) != 0 &&
           env->plan->pairs != RS_PAIRS_MATCHED;
}

const struct rs_engine rs_engine_tile = {
    .name = "tile",
    .by_tile = true,
    .can = tile_can,
    .prepare = tile_prepare,
    .release = tile_release,
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
