/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures.h"

#include "chi_tail.h"
#include "column_shape.h"
#include "lsq_errors.h"
#include "lsq_shared.h"
#include "mem.h"
#include "middle.h"
#include "ols_shared.h"
#include "row.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>

struct rs_measurer {
    struct rs_spec spec;
    struct rs_ols *ols;
    struct rs_lsq_column squares; /* of residuals */
    struct rs_dd *levels;         /* [n_rows] see rs_absorbed_left */
    double *e;                    /* [n_rows] residuals of the fit */
    double *left;                 /* [n_rows] what leverage leaves of 1 */
    double *u;                    /* [n_rows] to work in */
    size_t *dropped;              /* [covariates] */
    double *columns;              /* [room] of a model */
    size_t room;
};

void rs_measurer_free(struct rs_measurer *self)
{
    if (self == NULL)
        return;
    rs_model_ols.close(self->ols);
    rs_lsq_column_clear(&self->squares);
    free(self->levels);
    free(self->e);
    free(self->left);
    free(self->u);
    free(self->dropped);
    free(self->columns);
    free(self);
}

enum rs_status rs_measurer_new(struct rs_measurer **out,
                               const struct rs_spec *spec, struct rs_error *err)
{
    /* so that x, too, may enter the base */
    static const struct rs_block one_column = {.n_columns = 1};
    struct rs_measurer *self = rs_alloc(1, sizeof *self, err);
    size_t n = spec->data->n_rows;
    void *ols = NULL;
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->spec = *spec;
    self->spec.cache_bytes = 0; /* columns stay where they are looked for */
    self->levels = rs_alloc(n, sizeof *self->levels, err);
    self->e = rs_alloc(n, sizeof(double), err);
    self->left = rs_alloc(n, sizeof(double), err);
    self->u = rs_alloc(n, sizeof(double), err);
    self->dropped = rs_alloc(spec->n_covariates, sizeof *self->dropped, err);
    if (self->levels == NULL || self->e == NULL || self->left == NULL ||
        self->u == NULL || self->dropped == NULL)
        status = RS_ERR_NOMEM;
    if (status == RS_OK)
        status = rs_model_ols.open(&ols, &self->spec, err);
    self->ols = ols;
    if (status == RS_OK)
        status = rs_base_column_init(&self->ols->base, &self->squares, err);
    if (status == RS_OK && !rs_ols_block_room(self->ols, &one_column))
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory for measures");
    if (status == RS_OK)
        *out = self;
    else
        rs_measurer_free(self);
    return status;
}

/* ---- rows used --------------------------------------------------- */

/* Mean and standard deviation of a column over the rows set: weighted, and
 * with n - 1 of n rows. */
static void find_moments(double *mean, double *sd, const struct rs_ols *ols,
                         size_t column, double n)
{
    const double *values = ols->base.spec.data->columns[column].values;
    const double *weights = ols->base.weight_all;
    struct rs_dd total = {0.0, 0.0};
    struct rs_dd sum = {0.0, 0.0};
    struct rs_dd squares = {0.0, 0.0};
    double most = 0.0;
    double unit = 1.0;

    for (size_t i = 0; i < ols->base.n_rows; i++)
        if (rs_rows_has(ols->rows, i))
            most = fmax(most, fabs(values[i]));
    unit = rs_unit_of(most);
    for (size_t i = 0; i < ols->base.n_rows; i++)
        if (rs_rows_has(ols->rows, i)) {
            double w = weights == NULL ? 1.0 : weights[i];
            total = rs_dd_add(total, rs_dd_of(w));
            sum = rs_dd_add(sum, rs_dd_scale(rs_dd_of(values[i] * unit), w));
        }
    sum = rs_dd_div(sum, total);
    for (size_t i = 0; i < ols->base.n_rows; i++)
        if (rs_rows_has(ols->rows, i)) {
            double w = weights == NULL ? 1.0 : weights[i];
            struct rs_dd off = rs_dd_sub(rs_dd_of(values[i] * unit), sum);
            squares = rs_dd_add(squares, rs_dd_scale(rs_dd_mul(off, off), w));
        }
    *mean = rs_dd_double(sum) / unit;
    *sd =
        sqrt(rs_dd_double(rs_dd_div(squares, total)) * (n / (n - 1.0))) / unit;
}

static double count_levels(const struct rs_ols *ols,
                           const struct rs_factor *factor)
{
    size_t n = 0;

    for (size_t level = 0; level < factor->n_levels; level++)
        for (size_t i = 0; i < ols->base.n_rows; i++)
            if (rs_rows_has(ols->rows, i) &&
                factor->codes[i] == (int32_t)level) {
                n++;
                break;
            }
    return (double)n;
}

static void measure_rows(struct rs_measures *out, const struct rs_ols *ols,
                         size_t y, size_t x, const struct rs_fit *fit)
{
    const struct rs_base_columns *base = &ols->base;
    const struct rs_factor *factor = base->spec.data->columns[x].factor;

    find_moments(&out->mean_y, &out->sd_y, ols, y, (double)fit->n);
    if (factor != NULL)
        out->n_levels = count_levels(ols, factor);
    else
        find_moments(&out->mean_x, &out->sd_x, ols, x, (double)fit->n);
    if (rs_block_of(&base->spec, x).plain)
        out->std_beta = fit->beta * out->sd_x / out->sd_y;
}

/* ---- residuals and leverages ------------------------------------- */

static double sum_of_squares(const double *v, size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += v[i] * v[i];
    return sum;
}

/* What the leverages of the base leave of 1, with their digits where that is
 * little: Cook's distance divides by it. */
static void find_left(struct rs_measurer *self)
{
    const struct rs_lsq *lsq = self->ols->lsq;

    rs_lsq_base_left(self->left, self->levels, lsq);
    for (size_t i = 0; i < self->ols->n; i++)
        if (self->left[i] < rs_lsq_sharp)
            self->left[i] = rs_dd_double(
                rs_dd_sub(self->levels[i], rs_lsq_leverage(lsq, i)));
}

/* k coefficients, df degrees of freedom. */
static void measure_leverage(struct rs_measures *out,
                             const struct rs_measurer *self, double k,
                             double df)
{
    size_t n = self->ols->n;
    double s2 = sum_of_squares(self->e, n) / df;
    double least = 1.0;
    double most = 0.0;

    for (size_t i = 0; i < n; i++) {
        double left = self->left[i];
        double off = self->e[i] / left;
        least = fmin(least, left);
        most = fmax(most, off * off * (1.0 - left) / (k * s2));
    }
    out->leverage_max = 1.0 - least;
    /* 0/0 in a row that the fit has to meet */
    out->cooks_max = least > rs_errors_least_left ? most : NAN;
}

/* Of rows in the order of the file, without weights. */
static double durbin_watson(const double *e, size_t n)
{
    double sum = 0.0;

    for (size_t i = 1; i < n; i++)
        sum += (e[i] - e[i - 1]) * (e[i] - e[i - 1]);
    return sum / sum_of_squares(e, n);
}

/* p of n R2 of the squares of residuals on the columns of the model. */
static double breusch_pagan(struct rs_measurer *self, double k)
{
    const struct rs_base_columns *base = &self->ols->base;
    struct rs_lsq_residual residual;
    size_t n = self->ols->n;
    double mean = sum_of_squares(self->e, n) / (double)n;
    double all = 0.0;
    double rest = 0.0;

    if (!(k > 1.0))
        return NAN;
    for (size_t i = 0; i < n; i++)
        self->u[i] = self->e[i] * self->e[i] / mean - 1.0;
    all = sum_of_squares(self->u, n);
    rs_lsq_column_set(&self->squares, self->u, n, NULL, base->spec.intercept);
    if (base->absorb != NULL)
        rs_lsq_column_absorb(&self->squares, base->absorb, base->work,
                             &base->intercept);
    if (!rs_lsq_residuals(self->ols->lsq, self->u, &residual, &self->squares))
        return NAN;
    rest = ldexp(residual.norm, self->squares.exponent);
    return exp(rs_chi_log_p(fmax((double)n * (1.0 - rest * rest / all), 0.0),
                            k - 1.0));
}

/* ---- columns among each other ------------------------------------ */

/* Room for k columns; false: no memory. */
static bool make_room(struct rs_measurer *self, size_t k)
{
    size_t cells = k * self->ols->n;

    if (cells <= self->room)
        return true;
    free(self->columns);
    self->columns = rs_alloc(cells, sizeof(double), NULL);
    self->room = self->columns == NULL ? 0 : cells;
    return self->columns != NULL;
}

/* A column times the root of the weights, about its mean or about 0. */
static void put_column(double *out, const struct rs_lsq_column *column,
                       bool centred)
{
    double mean = centred ? 0.0 : rs_dd_double(column->mean);

    for (size_t i = 0; i < column->n; i++) {
        double root = column->root == NULL ? 1.0 : column->root[i];
        out[i] = (rs_dd_double(rs_lsq_value(column, i)) + mean) * root;
    }
}

/* What x brings to the model. */
struct brought {
    const struct rs_lsq_column *const *columns;
    size_t n;
};

static double condition(struct rs_measurer *self, const struct brought *x,
                        double k)
{
    const struct rs_base_columns *base = &self->ols->base;
    size_t n = self->ols->n;
    size_t n_base = base->n_used;
    size_t used = base->spec.intercept ? 1 : 0;

    if (base->absorb != NULL || (double)(used + n_base + x->n) != k ||
        !make_room(self, used + n_base + x->n))
        return NAN;
    for (size_t i = 0; i < n && used > 0; i++)
        self->columns[i] = base->root_all == NULL ? 1.0 : base->root[i];
    for (size_t j = 0; j < n_base; j++)
        put_column(self->columns + used++ * n, base->use[j], false);
    for (size_t j = 0; j < x->n; j++)
        put_column(self->columns + used++ * n, x->columns[j], false);
    return rs_columns_condition(self->columns, n, used);
}

/* The volume of x's columns over that of what covariates leave of them,
 * squared: the determinants of Fox and Monette. */
static double inflation(struct rs_measurer *self, const struct brought *x)
{
    struct rs_lsq *lsq = self->ols->lsq;
    struct rs_lsq_residual residual;
    size_t n = self->ols->n;
    double all = 0.0;

    if (x->n == 0 || !make_room(self, x->n))
        return NAN;
    (void)rs_lsq_shrink(lsq);
    for (size_t j = 0; j < x->n; j++)
        put_column(self->columns + j * n, x->columns[j], true);
    all = self->ols->base.absorb == NULL
              ? rs_columns_log_volume(self->columns, n, x->n)
              : 0.5 * log(rs_dd_double(x->columns[0]->all));
    for (size_t j = 0; j < x->n; j++)
        if (!rs_lsq_residuals(lsq, self->columns + j * n, &residual,
                              x->columns[j]))
            return NAN;
    return exp(2.0 * (all - rs_columns_log_volume(self->columns, n, x->n)));
}

/* ---- a pair ------------------------------------------------------ */

/* Takes all that x brings into the base, so that what the base leaves is what
 * the fit leaves: columns that F tests stand there. */
static struct brought bring(struct rs_measurer *self, size_t x)
{
    struct rs_ols *ols = self->ols;
    struct rs_lsq_block all = {.columns = ols->block_use, .by_f = true};
    struct rs_lsq_result result;

    all.n = ols->there.n;
    if (rs_block_of(&self->spec, x).plain) {
        ols->block_use[0] = &ols->x_column;
        all.n = 1;
    }
    rs_lsq_fit_block(ols->lsq, &result, &all);
    return (struct brought){all.columns, all.n};
}

static void measure_fit(struct rs_measurer *self, struct rs_measures *out,
                        size_t x, const struct rs_lsq_result *result)
{
    struct rs_ols *ols = self->ols;
    const struct rs_base_columns *base = &ols->base;
    const struct brought brought = bring(self, x);
    double k = (double)result->rank;
    bool of_factor = self->spec.data->columns[x].factor != NULL;
    struct rs_lsq_residual residual;

    if (!rs_lsq_residuals(ols->lsq, self->e, &residual, &ols->y_column) ||
        rs_absorbed_left(self->levels, base, NULL) != RS_OK)
        return;
    find_left(self);
    measure_leverage(out, self, k, result->df);
    if (base->root_all == NULL) {
        out->dw = durbin_watson(self->e, ols->n);
        out->bp_p = breusch_pagan(self, k);
    }
    out->cond = condition(self, &brought, k);
    if (rs_block_of(&self->spec, x).plain ||
        (of_factor && self->spec.interact == NULL && base->absorb == NULL))
        out->vif = inflation(self, &brought);
}

/* Which columns of the base say nothing new, and whose they are; nothing is
 * absorbed. */
static void find_dropped(struct rs_measurer *self, struct rs_measures *out)
{
    const struct rs_base_columns *base = &self->ols->base;
    const struct rs_spec *spec = &base->spec;
    size_t end = RS_TERM_COVARIATES;
    size_t j = 0;

    (void)rs_lsq_shrink(self->ols->lsq);
    out->n_dropped = (double)(base->n_used - rs_lsq_base_rank(self->ols->lsq));
    out->dropped = self->dropped;
    for (size_t i = 0; i < spec->n_covariates; i++) {
        bool any = false;
        end += rs_covariate_terms(spec, i);
        for (; j < base->n_used && base->terms[j] < end; j++)
            any = any || rs_lsq_kept(self->ols->lsq, j) == SIZE_MAX;
        if (any)
            self->dropped[out->n_names++] = spec->covariates[i];
    }
}

void rs_measure(struct rs_measurer *self, struct rs_measures *out, size_t y,
                size_t x, const struct rs_fit *fit)
{
    struct rs_lsq_result result;
    size_t n = 0;

    *out = (struct rs_measures){NAN, NAN, NAN, NAN, NAN, NAN,  NAN, NAN,
                                NAN, NAN, NAN, NAN, NAN, NULL, 0};
    if (!rs_ols_solve(self->ols, &result, &n, y, x))
        return;
    measure_rows(out, self->ols, y, x, fit);
    if (result.outcome != RS_FIT_OK)
        return;
    measure_fit(self, out, x, &result);
    if (self->ols->base.absorb == NULL)
        find_dropped(self, out);
}
