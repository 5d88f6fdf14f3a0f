/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_column.h"

#include "block.h"
#include "cholesky.h"
#include "mem.h"
#include "row_set.h"
#include "tile_vector.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A residual that is a smaller part of its column than this has lost digits
 * to plain arithmetic. */
static const double small_rest = 1.0 / 64.0;

/* Root mean square of a residual, against the rounding of the data that
 * went into it (the exact engine's rule for a perfect fit, with room for a
 * fit that leaves a hundredth). */
static const double rounding_floor = 1e-13;

/* Scales by powers of two beyond this could overflow on the way. */
enum { MOST_EXPONENT = 400 };

struct rs_tile_scratch {
    const struct rs_basis *basis;
    const struct rs_patterns *patterns;
    struct rs_lsq_column column;
    struct rs_lsq *lsq; /* with the covariates as its base; NULL until it is
                           needed */
    double *cells;      /* [n_rows] 0 and 1; NULL until it is needed */
    double *dense;      /* [n] its values that are there */
    double *weight;     /* [n] their weights */
    double *root;       /* [n] roots of these */
    double *c1, *c2;    /* [n_vectors] */
    /* with absorbed factors */
    struct rs_absorb_work *work;
    struct rs_absorb *absorb; /* own rows of a column; NULL: none is missing */
    uint64_t *rows;           /* [words of the dataset] likewise */
    struct rs_contrast intercept;
    double *level_weight; /* [nodes] on own rows */
    double *level_sum;    /* [nodes] */
    bool no_memory;       /* for a column that needed more */
};

void rs_tile_scratch_free(struct rs_tile_scratch *s)
{
    if (s == NULL)
        return;
    rs_lsq_column_clear(&s->column);
    rs_lsq_free(s->lsq);
    free(s->cells);
    free(s->dense);
    free(s->weight);
    free(s->root);
    free(s->c1);
    free(s->c2);
    rs_absorb_work_free(s->work);
    rs_absorb_free(s->absorb);
    rs_contrast_clear(&s->intercept);
    free(s->rows);
    free(s->level_weight);
    free(s->level_sum);
    free(s);
}

/* Storage that absorbed factors need. */
static bool absorb_init(struct rs_tile_scratch *s)
{
    const struct rs_base_columns *base = &s->basis->base;
    size_t n_nodes = 0;

    if (base->absorb == NULL)
        return true;
    s->work = rs_absorb_work_new(base->absorb, NULL);
    if (s->work == NULL)
        return false;
    if (s->patterns->n_patterns == 1 || rs_absorb_n_factors(base->absorb) > 1)
        return true;
    n_nodes = rs_absorb_n_nodes(base->absorb);
    s->rows = rs_alloc(base->n_words, sizeof *s->rows, NULL);
    s->level_weight = rs_alloc(n_nodes, sizeof(double), NULL);
    s->level_sum = rs_alloc(n_nodes, sizeof(double), NULL);
    return s->rows != NULL && s->level_weight != NULL && s->level_sum != NULL &&
           rs_base_absorb_new(&s->absorb, base, NULL) == RS_OK &&
           rs_contrast_init(&s->intercept, s->absorb, 1, NULL) == RS_OK;
}

static bool scratch_init(struct rs_tile_scratch *s)
{
    size_t n = s->basis->n;
    size_t c = s->basis->n_vectors;

    s->dense = rs_alloc(n, sizeof *s->dense, NULL);
    s->weight = rs_alloc(n, sizeof *s->weight, NULL);
    s->root = rs_alloc(n, sizeof *s->root, NULL);
    s->c1 = rs_alloc(c, sizeof *s->c1, NULL);
    s->c2 = rs_alloc(c, sizeof *s->c2, NULL);
    return s->dense != NULL && s->weight != NULL && s->root != NULL &&
           s->c1 != NULL && s->c2 != NULL &&
           rs_base_column_init(&s->basis->base, &s->column, NULL) == RS_OK &&
           absorb_init(s);
}

struct rs_tile_scratch *rs_tile_scratch_new(const struct rs_basis *basis,
                                            const struct rs_patterns *patterns,
                                            struct rs_error *err)
{
    struct rs_tile_scratch *s = rs_alloc(1, sizeof *s, err);

    if (s == NULL)
        return NULL;
    s->basis = basis;
    s->patterns = patterns;
    if (scratch_init(s))
        return s;
    (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    rs_tile_scratch_free(s);
    return NULL;
}

/* ---- arithmetic of one column ------------------------------------ */

/* out = (shifted - mean) root, the difference as good as exact. */
RS_WIDE static void centre(double *restrict out, const double *restrict shifted,
                           const double *restrict root, struct rs_dd mean,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double value = (shifted[i] - mean.hi) - mean.lo;
        out[i] = root == NULL ? value : value * root[i];
    }
}

/* Takes the means of an absorbed factor's levels out of v, over the rows of a
 * pattern; its weights are in s->level_weight. */
static void leave_levels(struct rs_tile_scratch *s, double *v,
                         const struct rs_basis *basis,
                         const struct rs_pattern *pattern)
{
    const uint32_t *nodes = rs_absorb_nodes(basis->base.absorb, 0);
    const double *root = basis->base.root;
    size_t n_nodes = rs_absorb_n_nodes(basis->base.absorb);

    memset(s->level_sum, 0, n_nodes * sizeof *s->level_sum);
    for (size_t m = 0; m < pattern->n_missing; m++)
        v[pattern->missing[m]] = 0.0;
    for (size_t i = 0; i < basis->n; i++)
        s->level_sum[nodes[i]] += root == NULL ? v[i] : root[i] * v[i];
    for (size_t k = 0; k < n_nodes; k++)
        if (s->level_weight[k] > 0.0)
            s->level_sum[k] /= s->level_weight[k];
    for (size_t i = 0; i < basis->n; i++)
        v[i] -= s->level_sum[nodes[i]] * (root == NULL ? 1.0 : root[i]);
}

/* Takes the regression on the basis out of v, twice, because the first time
 * leaves the rounding of what it took; sums the coefficients up in s->c1. */
static void project_out(struct rs_tile_scratch *s, double *v,
                        const struct rs_basis *basis,
                        const struct rs_pattern *pattern)
{
    size_t c = basis->n_vectors;
    size_t n = basis->n;

    memset(s->c1, 0, c * sizeof *s->c1);
    for (int round = 0; round < 2; round++) {
        for (size_t l = 0; l < c; l++)
            s->c2[l] = rs_tile_dot(&basis->vectors[l * n], v, n);
        if (pattern->n_missing > 0) {
            rs_cholesky_forward(s->c2, pattern->factor, s->c2, c);
            rs_cholesky_backward(s->c2, pattern->factor, s->c2, c);
        }
        for (size_t l = 0; l < c; l++) {
            rs_tile_subtract(v, &basis->vectors[l * n], s->c2[l], n);
            s->c1[l] += s->c2[l];
        }
        if (pattern->n_missing > 0 && basis->base.absorb != NULL)
            leave_levels(s, v, basis, pattern);
        for (size_t m = 0; m < pattern->n_missing; m++)
            v[pattern->missing[m]] = 0.0;
    }
}

/* ---- one column -------------------------------------------------- */

/* Makes the absorbed factor ready for the rows of a pattern. */
static bool set_levels(struct rs_tile_scratch *s, const struct rs_basis *basis,
                       const struct rs_pattern *pattern,
                       const struct rs_row_weights *weights)
{
    const struct rs_base_columns *base = &basis->base;
    const uint32_t *nodes = rs_absorb_nodes(base->absorb, 0);

    rs_pattern_rows(s->rows, pattern, basis);
    memset(s->level_weight, 0,
           rs_absorb_n_nodes(base->absorb) * sizeof *s->level_weight);
    for (size_t i = 0; i < basis->n; i++)
        if (rs_rows_has(pattern->bits, i))
            s->level_weight[nodes[i]] +=
                base->root == NULL ? 1.0 : base->root[i] * base->root[i];
    if (rs_absorb_set(s->absorb, s->rows, pattern->n,
                      weights == NULL ? NULL : weights->weight) != RS_OK)
        return false;
    rs_absorb_intercept(s->absorb, &s->intercept);
    return true;
}

/* Takes what the absorbed factors explain out of the column. */
static void absorb(struct rs_tile_scratch *s, const struct rs_basis *basis,
                   const struct rs_pattern *pattern,
                   const struct rs_row_weights *weights)
{
    const struct rs_base_columns *base = &basis->base;

    if (base->absorb == NULL || pattern->n == 0)
        return;
    if (pattern->n_missing == 0 && base->settled)
        rs_lsq_column_absorb(&s->column, base->absorb, s->work,
                             &base->intercept);
    else if (pattern->sound && s->absorb != NULL &&
             set_levels(s, basis, pattern, weights))
        rs_lsq_column_absorb(&s->column, s->absorb, s->work, &s->intercept);
    else
        s->column.settled = false;
}

/* Prepares the column's own rows; false when there is nothing to fit. */
static bool take_rows(struct rs_tile_scratch *s, const struct rs_basis *basis,
                      const struct rs_pattern *pattern, const double *values)
{
    const struct rs_base_columns *base = &basis->base;
    const struct rs_row_weights *weights = rs_base_weights(base);
    struct rs_row_weights own;
    size_t n = pattern->n;

    if (base->n < base->n_rows) {
        (void)rs_rows_gather(s->dense, values, base->rows, base->n_words);
        values = s->dense;
    }
    if (pattern->n_missing > 0) {
        (void)rs_rows_gather(s->dense, values, pattern->bits,
                             rs_bit_words(basis->n));
        values = s->dense;
        if (weights != NULL) {
            (void)rs_rows_gather(s->root, weights->root, pattern->bits,
                                 rs_bit_words(basis->n));
            (void)rs_rows_gather(s->weight, weights->weight, pattern->bits,
                                 rs_bit_words(basis->n));
            rs_row_weights_set(&own, s->weight, s->root, n);
            weights = &own;
        }
    }
    rs_lsq_column_set(&s->column, values, n, weights, base->spec.intercept);
    absorb(s, basis, pattern, weights);
    return n > 0;
}

/* Spreads the values of the own rows over all rows of the basis. */
static void spread(double *v, size_t n, const struct rs_pattern *pattern)
{
    size_t from = pattern->n;

    if (pattern->n_missing == 0)
        return;
    for (size_t i = n; i-- > 0;)
        v[i] = rs_rows_has(pattern->bits, i) ? v[--from] : 0.0;
}

/* The exact engine's means, over all rows; NULL: no memory. */
static struct rs_lsq *exact_means(struct rs_tile_scratch *s,
                                  const struct rs_basis *basis)
{
    const struct rs_base_columns *base = &basis->base;

    if (s->lsq == NULL && rs_lsq_new(&s->lsq, basis->n, base->n_used,
                                     base->spec.intercept, NULL) == RS_OK)
        rs_base_lend_lsq(base, s->lsq);
    return s->lsq;
}

/* What the covariates leave of a column that they nearly explain: by the
 * exact engine's own means. False: not to be had; s->no_memory may say why. */
static bool leave_exactly(struct rs_tile_column *out, double *v,
                          struct rs_tile_scratch *s,
                          const struct rs_basis *basis)
{
    struct rs_lsq *lsq = exact_means(s, basis);
    struct rs_lsq_residual residual;

    s->no_memory = s->no_memory || lsq == NULL;
    if (lsq == NULL || !rs_lsq_residuals(lsq, v, &residual, &s->column))
        return false;
    if (residual.explained)
        out->kind = RS_TILE_COLLINEAR;
    else if (residual.norm / sqrt(basis->total) <
             rounding_floor * residual.reach)
        return false;
    out->norm = residual.norm;
    out->mean = residual.mean;
    out->mean_size = residual.reach;
    out->base_r2 = 1.0 - residual.norm * residual.norm / s->column.all.hi;
    return true;
}

/* Numbers of the column in its scaled units, from the coefficients in c1;
 * false when plain arithmetic has not been good enough. */
static bool describe(struct rs_tile_column *out,
                     const struct rs_tile_scratch *s, const double *v,
                     const struct rs_basis *basis,
                     const struct rs_pattern *pattern)
{
    const struct rs_lsq_column *column = &s->column;
    double explained = rs_dd_double(rs_dd_sub(column->all, column->ss));
    double reach = 1.0;

    out->norm = sqrt(rs_dd_double(rs_lsq_dot(v, v, basis->n)));
    out->mean = rs_dd_double(column->mean);
    out->mean_size = fabs(out->mean);
    for (size_t l = 0; l < basis->n_vectors; l++) {
        double part = s->c1[l] * pattern->level[l];
        out->mean += part;
        out->mean_size += fabs(part);
        reach += fabs(s->c1[l]) * basis->reach[l];
        if (l >= basis->n_levels)
            explained += s->c1[l] * s->c1[l];
    }
    out->base_r2 = explained / column->all.hi;
    return out->norm > small_rest * sqrt(column->ss.hi) &&
           out->norm / sqrt(column->total.hi) > rounding_floor * reach;
}

/* From scaled units to the user's, and the residual to length 1. */
static void finish(struct rs_tile_column *out, double *coefs, double *v,
                   const struct rs_tile_scratch *s,
                   const struct rs_basis *basis)
{
    double unit = ldexp(1.0, s->column.exponent);

    rs_tile_scale(v, 1.0 / out->norm, basis->n);
    out->norm *= unit;
    out->mean *= unit;
    out->mean_size *= unit;
    out->shift = s->column.shift * unit;
    out->rest = rs_dd_double(s->column.plain) * unit;
    out->squares = rs_dd_double(s->column.all) * unit * unit;
    for (size_t l = 0; coefs != NULL && l < basis->n_vectors; l++)
        coefs[l] = s->c1[l] * unit;
}

static enum rs_tile_kind classify(const struct rs_tile_scratch *s,
                                  const struct rs_pattern *pattern)
{
    const struct rs_lsq_column *column = &s->column;

    if (!s->basis->finite || !rs_pattern_serves(pattern, s->basis))
        return RS_TILE_EXACT;
    if (!column->finite) /* the infinite row may be missing in the partner */
        return s->patterns->n_patterns > 1 || s->basis->base.spec.ranks != NULL
                   ? RS_TILE_EXACT
                   : RS_TILE_NON_FINITE;
    if (column->constant)
        return RS_TILE_CONSTANT;
    if (abs(column->exponent) > MOST_EXPONENT || !pattern->sound ||
        !column->settled)
        return RS_TILE_EXACT;
    return RS_TILE_PLAIN;
}

bool rs_tile_column_of(struct rs_tile_column *out, double *coefs, double *v,
                       struct rs_tile_scratch *s, const double *values,
                       uint32_t pattern_ix)
{
    const struct rs_basis *basis = s->basis;
    const struct rs_pattern *pattern = &s->patterns->patterns[pattern_ix];
    bool projected = basis->n_vectors > basis->n_levels;

    out->pattern = pattern_ix;
    out->kind = RS_TILE_EXACT;
    memset(s->c1, 0, basis->n_vectors * sizeof *s->c1);
    if (take_rows(s, basis, pattern, values))
        out->kind = classify(s, pattern);
    if (out->kind == RS_TILE_PLAIN) {
        centre(v, s->column.shifted, s->column.root, s->column.rest,
               pattern->n);
        spread(v, basis->n, pattern);
        if (projected)
            project_out(s, v, basis, pattern);
        if (!describe(out, s, v, basis, pattern) &&
            !(pattern->n_missing == 0 && basis->adjusted &&
              leave_exactly(out, v, s, basis)))
            out->kind = RS_TILE_EXACT;
    }
    if (out->kind == RS_TILE_PLAIN)
        finish(out, coefs, v, s, basis);
    else
        memset(v, 0, basis->n * sizeof *v);
    return !s->no_memory;
}

/* A factor of two levels: 1 in the rows of the level that is not its
 * reference. NULL: no memory. */
static const double *two_levels(struct rs_tile_scratch *s, size_t column)
{
    const struct rs_spec *spec = &s->basis->base.spec;
    const struct rs_factor *factor = spec->data->columns[column].factor;
    int32_t level = (int32_t)rs_block_column(spec, column, 0).level;

    if (s->cells == NULL)
        s->cells = rs_alloc(spec->data->n_rows, sizeof *s->cells, NULL);
    for (size_t i = 0; s->cells != NULL && i < spec->data->n_rows; i++)
        s->cells[i] = factor->codes[i] == level ? 1.0 : 0.0;
    return s->cells;
}

bool rs_tile_column_make(struct rs_tile_column *out, double *coefs, double *v,
                         struct rs_tile_scratch *s, size_t column)
{
    const struct rs_column *source = &s->basis->base.spec.data->columns[column];
    const double *values =
        source->factor == NULL ? source->values : two_levels(s, column);

    if (values == NULL || !rs_tile_column_of(out, coefs, v, s, values,
                                             s->patterns->of_column[column]))
        return false;
    /* rows of one level: constant, though their column is not 0 */
    if (source->factor != NULL && out->kind == RS_TILE_COLLINEAR)
        out->kind = RS_TILE_EXACT;
    return true;
}
