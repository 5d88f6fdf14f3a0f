/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_shared.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>

/* A residual that is a larger part than this of what it is of is no
 * rounding, whatever the coefficients: noise regressed on covariates that
 * nearly depend on each other has large ones. */
static const double rounding_part = 1e-3;

/* Squares of which projecting once has left a larger part than this are as
 * good as they get. */
static const double good_part = 1e-6;

/* ---- life -------------------------------------------------------- */

/* Hands out the double-doubles of one block. */
static void share_out(struct rs_lsq *lsq)
{
    size_t k = lsq->k_max;
    struct rs_dd *at = lsq->pairs;
    struct rs_dd **vectors[] = {&lsq->sums, &lsq->levels, &lsq->steps,
                                &lsq->y.c,  &lsq->x.c,    &lsq->b};

    lsq->triangle = at;
    lsq->inverse = at + k * k;
    at += 2 * k * k;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        *vectors[i] = at;
        at += k;
    }
}

enum rs_status rs_lsq_new(struct rs_lsq **out, size_t n_max, size_t k_max,
                          bool intercept, struct rs_error *err)
{
    size_t k = k_max == 0 ? 1 : k_max;
    size_t n_cells = 0;
    struct rs_lsq *lsq = rs_alloc(1, sizeof *lsq, err);

    *out = NULL;
    if (lsq == NULL)
        return RS_ERR_NOMEM;
    lsq->intercept = intercept;
    lsq->taken = intercept ? 1 : 0;
    lsq->k_max = k;
    lsq->n_max = n_max;
    lsq->none = (struct rs_lsq_column){.finite = true, .settled = true};
    lsq->columns = rs_alloc(k, sizeof *lsq->columns, err);
    lsq->kept = rs_alloc(k + 1, sizeof *lsq->kept, err);
    lsq->kept_ix = rs_alloc(k, sizeof *lsq->kept_ix, err);
    lsq->pairs = rs_alloc(2 * k * (k + 3), sizeof *lsq->pairs, err);
    if (rs_size_mul(&n_cells, 2 * k_max, n_max))
        lsq->vectors = rs_alloc(n_cells, sizeof *lsq->vectors, err);
    if (lsq->columns == NULL || lsq->kept == NULL || lsq->kept_ix == NULL ||
        lsq->vectors == NULL || lsq->pairs == NULL) {
        rs_lsq_free(lsq);
        return rs_error_set(err, RS_ERR_NOMEM,
                            "out of memory for a fit of %zu rows and %zu "
                            "covariates",
                            n_max, k_max);
    }
    share_out(lsq);
    *out = lsq;
    return RS_OK;
}

void rs_lsq_free(struct rs_lsq *lsq)
{
    if (lsq == NULL)
        return;
    free(lsq->columns);
    free(lsq->kept);
    free(lsq->kept_ix);
    free(lsq->vectors);
    free(lsq->pairs);
    free(lsq);
}

/* ---- rounding ---------------------------------------------------- */

bool rs_lsq_is_rounding(double rms, double floor, double spread)
{
    return !(rms > floor) && !(rms > rounding_part * spread);
}

const struct rs_dd *rs_lsq_inverse(struct rs_lsq *lsq)
{
    size_t m = lsq->m;
    size_t stride = lsq->k_max;
    const struct rs_dd *t = lsq->triangle;
    struct rs_dd *out = lsq->inverse;

    if (lsq->inverse_known)
        return out;
    for (size_t j = 0; j < m; j++)
        for (size_t i = j + 1; i-- > 0;) {
            struct rs_dd sum = rs_dd_of(i == j ? 1.0 : 0.0);
            for (size_t l = i + 1; l <= j; l++)
                sum = rs_dd_sub(
                    sum, rs_dd_mul(t[i * stride + l], out[l * stride + j]));
            out[i * stride + j] = rs_dd_div(sum, t[i * stride + i]);
        }
    lsq->inverse_known = true;
    return out;
}

/* Coefficient of kept covariate j in a combination of the vectors. */
static struct rs_dd coefficient(struct rs_lsq *lsq, const struct rs_dd *c,
                                size_t j)
{
    const struct rs_dd *inverse = rs_lsq_inverse(lsq);

    return rs_lsq_inner(&inverse[j * lsq->k_max + j], &c[j], lsq->m - j);
}

double rs_lsq_floor(struct rs_lsq *lsq, const struct rs_dd *c, double own)
{
    double sum = own;

    for (size_t j = 0; j < lsq->m; j++)
        sum += fabs(coefficient(lsq, c, j).hi) * rs_lsq_own(lsq->kept[j]);
    return sum;
}

/* ---- columns on the base ----------------------------------------- */

/* Vector l of the base. */
static struct rs_lsq_rows base_rows(const struct rs_lsq *lsq, size_t l)
{
    const double *hi = &lsq->vectors[2 * l * lsq->n_max];

    return (struct rs_lsq_rows){hi, hi + lsq->n_max};
}

struct rs_dd rs_lsq_inner(const struct rs_dd *a, const struct rs_dd *b,
                          size_t m)
{
    struct rs_dd sum = {0.0, 0.0};

    for (size_t j = 0; j < m; j++)
        sum = rs_dd_add(sum, rs_dd_mul(a[j], b[j]));
    return sum;
}

struct rs_dd rs_lsq_on_vector(const struct rs_lsq *lsq,
                              const struct rs_lsq_column *column, size_t l)
{
    struct rs_dd sum = rs_lsq_dot_rows(lsq->weight, base_rows(lsq, l),
                                       rs_lsq_column_rows(column), lsq->n);

    return rs_dd_sub(sum, rs_dd_mul(column->rest, lsq->sums[l]));
}

bool rs_lsq_on_base(struct rs_lsq *lsq, struct rs_lsq_on *out,
                    const struct rs_lsq_column *column)
{
    out->column = column;
    out->rss = column->ss;
    if (!column->finite || !column->settled || !lsq->finite)
        return false;
    for (size_t l = 0; l < lsq->m; l++)
        out->c[l] = rs_lsq_on_vector(lsq, column, l);
    out->rss = rs_dd_sub(out->rss, rs_lsq_inner(out->c, out->c, lsq->m));
    return true;
}

struct rs_dd rs_lsq_residual_of(const struct rs_lsq *lsq,
                                const struct rs_lsq_on *on, size_t i)
{
    struct rs_dd left = rs_lsq_value(on->column, i);

    for (size_t l = 0; l < lsq->m; l++) {
        struct rs_lsq_rows v = base_rows(lsq, l);
        left = rs_dd_sub(left,
                         rs_dd_mul(on->c[l], (struct rs_dd){v.hi[i], v.lo[i]}));
    }
    return left;
}

void rs_lsq_residual_rows(double *hi, double *lo, const struct rs_lsq *lsq,
                          const struct rs_lsq_on *on, size_t first, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct rs_dd value = rs_lsq_value(on->column, first + i);
        hi[i] = value.hi;
        lo[i] = value.lo;
    }
    for (size_t l = 0; l < lsq->m; l++) {
        struct rs_lsq_rows v = base_rows(lsq, l);
        rs_lsq_subtract(hi, lo, on->c[l],
                        (struct rs_lsq_rows){&v.hi[first], &v.lo[first]}, n);
    }
}

/* ---- the base ---------------------------------------------------- */

/* Takes what the vectors so far explain out of the values in row m of the
 * storage; adds their coefficients to column m of T. */
static void project_out(struct rs_lsq *lsq)
{
    size_t m = lsq->m;
    struct rs_lsq_rows rest = base_rows(lsq, m);
    double *hi = &lsq->vectors[2 * m * lsq->n_max];

    for (size_t l = 0; l < m; l++) {
        struct rs_dd *t = &lsq->triangle[l * lsq->k_max + m];
        struct rs_lsq_rows v = base_rows(lsq, l);
        struct rs_dd c = rs_lsq_dot_rows(lsq->weight, v, rest, lsq->n);
        rs_lsq_subtract(hi, hi + lsq->n_max, c, v, lsq->n);
        *t = rs_dd_add(*t, c);
    }
}

/* The same, once more where that has cost digits. Returns the sum of squares
 * that is left of `squares`. */
static struct rs_dd orthogonalise(struct rs_lsq *lsq, double squares)
{
    struct rs_lsq_rows rest = base_rows(lsq, lsq->m);
    struct rs_dd left;

    for (size_t l = 0; l < lsq->m; l++)
        lsq->triangle[l * lsq->k_max + lsq->m] = rs_dd_of(0.0);
    project_out(lsq);
    left = rs_lsq_dot_rows(lsq->weight, rest, rest, lsq->n);
    if (left.hi > good_part * squares)
        return left;
    project_out(lsq);
    return rs_lsq_dot_rows(lsq->weight, rest, rest, lsq->n);
}

/* Root mean square of rows that are not weighted. */
static double rms_of(struct rs_lsq_rows rows, size_t n)
{
    return sqrt(rs_dd_double(rs_lsq_dot_rows(NULL, rows, rows, n)) / (double)n);
}

/* True when the earlier columns explain all but rounding of one. */
static bool is_dependent(struct rs_lsq *lsq, const struct rs_lsq_column *column,
                         double squares)
{
    double floor = 0.0;

    if ((lsq->m == 0 && !lsq->absorbed) ||
        squares > rs_lsq_plain_part * column->all.hi)
        return !(squares > 0.0);
    for (size_t l = 0; l < lsq->m; l++)
        lsq->steps[l] = lsq->triangle[l * lsq->k_max + lsq->m];
    floor = rs_lsq_floor(lsq, lsq->steps, rs_lsq_own(column));
    return rs_lsq_is_rounding(rms_of(base_rows(lsq, lsq->m), lsq->n), floor,
                              column->spread);
}

/* Brings the values in row m of the storage to length 1, as vector m. */
static void take_vector(struct rs_lsq *lsq, const struct rs_lsq_column *column,
                        struct rs_dd squares)
{
    size_t m = lsq->m;
    size_t stride = lsq->k_max;
    struct rs_dd length = rs_dd_sqrt(squares);
    struct rs_dd mean = column->mean;
    struct rs_dd factor = rs_dd_div(rs_dd_of(1.0), length);
    double *hi = &lsq->vectors[2 * m * lsq->n_max];
    double *lo = hi + lsq->n_max;

    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd v = rs_dd_mul(factor, (struct rs_dd){hi[i], lo[i]});
        hi[i] = v.hi;
        lo[i] = v.lo;
    }
    lsq->triangle[m * stride + m] = length;
    for (size_t l = 0; l < m; l++)
        mean = rs_dd_sub(
            mean, rs_dd_mul(lsq->triangle[l * stride + m], lsq->levels[l]));
    lsq->levels[m] = rs_dd_mul(mean, factor);
    lsq->sums[m] = rs_dd_of(0.0);
    if (lsq->intercept)
        lsq->sums[m] = rs_lsq_sum_rows(lsq->weight, base_rows(lsq, m), lsq->n);
}

void rs_lsq_append(struct rs_lsq *lsq, size_t ix)
{
    const struct rs_lsq_column *column = lsq->columns[ix];
    size_t m = lsq->m;
    double *hi = &lsq->vectors[2 * m * lsq->n_max];
    struct rs_dd squares;

    if (m + lsq->taken >= lsq->n || column->constant || !column->finite)
        return;
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd v = rs_lsq_value(column, i);
        hi[i] = v.hi;
        hi[lsq->n_max + i] = v.lo;
    }
    squares = orthogonalise(lsq, column->ss.hi);
    if (is_dependent(lsq, column, squares.hi))
        return;
    take_vector(lsq, column, squares);
    lsq->kept[m] = column;
    lsq->kept_ix[m] = ix;
    lsq->inverse_known = false;
    lsq->m++;
}

void rs_lsq_absorbed(struct rs_lsq *lsq, size_t rank, double lever)
{
    lsq->absorbed = true;
    lsq->taken = rank;
    lsq->lever = lever;
}

void rs_lsq_base(struct rs_lsq *lsq, const struct rs_lsq_column *const *columns,
                 size_t k, size_t n)
{
    lsq->k = k;
    lsq->n = n;
    lsq->n_all = (double)n;
    lsq->counts = false;
    lsq->m = 0;
    lsq->finite = true;
    lsq->inverse_known = false;
    lsq->weight = k == 0 ? NULL : columns[0]->weight;
    for (size_t j = 0; j < k; j++) {
        lsq->columns[j] = columns[j];
        lsq->finite = lsq->finite && columns[j]->finite && columns[j]->settled;
    }
    for (size_t j = 0; j < k; j++)
        rs_lsq_append(lsq, j);
    lsq->plain.k = k;
    lsq->plain.m = lsq->m;
    lsq->plain.finite = lsq->finite;
}

void rs_lsq_set_counts(struct rs_lsq *lsq, double n_all, double one)
{
    lsq->counts = true;
    lsq->n_all = n_all;
    lsq->one = one;
}

size_t rs_lsq_base_rank(const struct rs_lsq *lsq)
{
    return lsq->m;
}

size_t rs_lsq_base_column(const struct rs_lsq *lsq, size_t l)
{
    return lsq->kept_ix[l];
}

struct rs_lsq_vector rs_lsq_vector(struct rs_lsq *lsq, double *values, size_t l)
{
    struct rs_lsq_rows v = base_rows(lsq, l);
    const double *root = lsq->kept[l]->root;
    const struct rs_dd *inverse = rs_lsq_inverse(lsq);
    struct rs_lsq_vector out = {rs_dd_double(lsq->levels[l]), 0.0};

    for (size_t i = 0; i < lsq->n; i++)
        values[i] = root == NULL ? v.hi[i] : root[i] * v.hi[i];
    for (size_t j = 0; j <= l; j++)
        out.reach += fabs(inverse[j * lsq->k_max + l].hi);
    return out;
}

bool rs_lsq_residuals(struct rs_lsq *lsq, double *residuals,
                      struct rs_lsq_residual *residual,
                      const struct rs_lsq_column *column)
{
    struct rs_lsq_on *on = &lsq->x;
    struct rs_dd squares = {0.0, 0.0};
    struct rs_dd mean;
    double plain = 0.0; /* squares without weights */
    double rms = 0.0;

    if (!rs_lsq_on_base(lsq, on, column))
        return false;
    mean = rs_dd_sub(column->mean, rs_lsq_inner(on->c, lsq->levels, lsq->m));
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd e = rs_lsq_residual_of(lsq, on, i);
        struct rs_dd square = rs_dd_mul(e, e);
        plain += square.hi;
        if (column->weight != NULL)
            square = rs_dd_scale(square, column->weight[i]);
        squares = rs_dd_add(squares, square);
        residuals[i] =
            column->root == NULL ? rs_dd_double(e) : e.hi * column->root[i];
    }
    rms = sqrt(plain / (double)lsq->n);
    residual->norm = sqrt(rs_dd_double(squares));
    residual->mean = rs_dd_double(mean);
    residual->reach = 1.0;
    for (size_t j = 0; j < lsq->m; j++)
        residual->reach += fabs(coefficient(lsq, on->c, j).hi);
    residual->explained = rs_lsq_is_rounding(
        rms, rs_lsq_floor(lsq, on->c, rs_lsq_own(column)), column->spread);
    return true;
}
