/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_pair.h"

#include <float.h>
#include <math.h>

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
static bool is_sharp(const struct rs_tile_worker *self,
                     const struct rs_tile_terms *terms,
                     const struct rs_tile_level *level, double rest)
{
    double length = terms->length;
    double most = rs_tile_allowed_t * rest * length;

    if (!(rest * length >= self->least_rest))
        return false;
    if (length == 1.0 || level->error <= most * fabs(terms->r))
        return true;
    return level->error * rs_tile_most_slope *
               sqrt(terms->shares * level->df / rest) <=
           most;
}

bool rs_tile_assemble(struct rs_fit *fit, const struct rs_tile_worker *self,
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
    fit->log_p = log_p;
    fit->stat = r / spread;
    if (basis->base.spec.ranks != NULL)
        return true;
    fit->beta = r * ratio;
    fit->se = ratio * spread;
    fit->r2 = terms->base_r2 + (1.0 - terms->base_r2) * (r * r);
    fit->sigma = ldexp(terms->norm_y * spread, basis->base.exponent);
    fit->log_weight = terms->log_weight;
    if (basis->adjusted && fit->r2 < rs_tile_least_r2)
        return false;
    return !basis->base.spec.intercept || find_intercept(fit, terms);
}

bool rs_tile_set_spread(struct rs_fit *fit, const struct rs_tile_terms *terms,
                        struct rs_tile_level *level, double spread)
{
    fit->r = terms->r;
    fit->se = terms->norm_y / terms->norm_x * spread;
    fit->stat = terms->r / spread;
    fit->log_p = rs_tile_log_p_of_t(level, fit->stat);
    return !isnan(fit->log_p);
}

void rs_tile_no_fit(struct rs_fit *fit, const struct rs_tile_worker *self,
                    enum rs_outcome outcome, size_t n)
{
    uint64_t all = rs_tile_n_of(self->data, n);

    rs_fit_clear(fit, outcome, all);
    fit->n_coef = (double)self->data->basis.rank + 1.0;
    fit->df = (double)all - fit->n_coef;
}

void rs_tile_fit_exactly(struct rs_tile_worker *self, struct rs_fit *fit,
                         size_t y_ix, size_t x_ix)
{
    const struct rs_plan *plan = self->env.plan;

    self->env.model->fit(self->fits, plan->y[y_ix], plan->x[x_ix], fit);
    rs_fit_find_p(fit);
}

bool rs_tile_begin(const struct rs_tile_worker *self,
                   const struct rs_emitter *emit, const struct rs_tile *tile,
                   size_t i, size_t j)
{
    struct rs_fit lost;

    if (emit->begin(emit->ctx, rs_tile_item(tile, i, j)))
        return true;
    rs_fit_clear(&lost, RS_FIT_WORKER_LOST, 0);
    rs_engine_emit(&self->env, emit, i, j, &lost);
    return false;
}

void rs_tile_emit_pair(struct rs_tile_worker *self,
                       const struct rs_emitter *emit,
                       const struct rs_tile *tile, size_t i, size_t j,
                       const struct rs_tile_terms *terms, double log_p)
{
    struct rs_tile_level *level = NULL;
    struct rs_fit fit;

    if (!rs_tile_begin(self, emit, tile, i, j))
        return;
    level = isnan(terms->r) ? NULL : rs_tile_level_of(self, terms->level);
    if (level != NULL && isnan(log_p))
        log_p = rs_tile_log_p(level, terms->r);
    if (level == NULL || !rs_tile_assemble(&fit, self, terms, level, log_p))
        rs_tile_fit_exactly(self, &fit, i, j);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}

void rs_tile_emit_exactly(struct rs_tile_worker *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile, size_t i, size_t j)
{
    static const struct rs_tile_terms none = {.r = NAN};

    rs_tile_emit_pair(self, emit, tile, i, j, &none, NAN);
}

void rs_tile_emit_odd(struct rs_tile_worker *self,
                      const struct rs_emitter *emit, const struct rs_tile *tile,
                      size_t i, size_t j, size_t n)
{
    bool exact = false;
    struct rs_fit fit;
    enum rs_outcome outcome = rs_tile_outcome(&exact, self->data, i, j, n);

    if (exact) {
        rs_tile_emit_exactly(self, emit, tile, i, j);
        return;
    }
    rs_tile_no_fit(&fit, self, outcome, n);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}
