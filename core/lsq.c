/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"

#include "lsq_shared.h"
#include "mem.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* A covariate whose part outside the earlier ones is below this part of its
 * length cannot be told from rounding by QR: it is dropped. */
static const double base_tolerance = 1e-11;

/* Squared lengths of a correction, as parts of what is corrected: where it
 * is worth no other round; where a refinement that stands still is good
 * enough to be used, and to be used for want of a better one. */
static const double settled_squared = 1e-60;
static const double good_squared = 1e-44;
static const double usable_squared = 1e-32;

enum { MAX_REFINE = 30 };

/* ---- life ------------------------------------------------------------- */

/* Hands out the double-doubles and doubles of two blocks. */
static void share_out(struct rs_lsq *lsq)
{
    size_t k = lsq->k_max;
    struct rs_dd *pairs = lsq->pairs;
    struct rs_dd **vectors[] = {
        &lsq->means, &lsq->d,      &lsq->zy,   &lsq->c,      &lsq->zx,
        &lsq->unit,  &lsq->column, &lsq->sums, &lsq->spread, &lsq->pull};

    lsq->gram = pairs;
    pairs += k * k;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        *vectors[i] = pairs;
        pairs += k;
    }
    lsq->r = lsq->numbers;
    lsq->tau = lsq->r + k * k;
    lsq->rhs = lsq->tau + k;
    lsq->step = lsq->rhs + k;
}

enum rs_status rs_lsq_new(struct rs_lsq **out, size_t n_max, size_t k_max,
                          bool intercept, struct rs_error *err)
{
    size_t k = k_max == 0 ? 1 : k_max;
    size_t n = n_max == 0 ? 1 : n_max;
    struct rs_lsq *lsq = rs_alloc(1, sizeof *lsq, err);

    *out = NULL;
    if (lsq == NULL)
        return RS_ERR_NOMEM;
    lsq->intercept = intercept;
    lsq->k_max = k;
    lsq->columns = rs_alloc(k, sizeof *lsq->columns, err);
    lsq->kept = rs_alloc(k, sizeof *lsq->kept, err);
    lsq->kept_ix = rs_alloc(k, sizeof *lsq->kept_ix, err);
    lsq->vectors = gsl_matrix_alloc(k, k_max == 0 ? 1 : n);
    lsq->pairs = rs_alloc(k * (k + 10), sizeof *lsq->pairs, err);
    lsq->numbers = rs_alloc(k * (k + 3), sizeof *lsq->numbers, err);
    if (lsq->columns == NULL || lsq->kept == NULL || lsq->kept_ix == NULL ||
        lsq->vectors == NULL || lsq->pairs == NULL || lsq->numbers == NULL) {
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
    gsl_matrix_free(lsq->vectors);
    free(lsq->pairs);
    free(lsq->numbers);
    free(lsq);
}

/* ---- the base --------------------------------------------------------- */

/* Takes a column into the factorisation as number m, by Householder
 * reflections; false when it depends on those that are in already. */
static bool append(struct rs_lsq *lsq, const struct rs_lsq_column *column)
{
    size_t n = lsq->n;
    size_t m = lsq->m;
    gsl_vector_view whole = gsl_matrix_subrow(lsq->vectors, m, 0, n);
    gsl_vector_view tail;

    if (m >= n)
        return false;
    for (size_t i = 0; i < n; i++)
        gsl_vector_set(&whole.vector, i, rs_lsq_value(column, i).hi);
    for (size_t j = 0; j < m; j++) {
        gsl_vector_view v = gsl_matrix_subrow(lsq->vectors, j, j, n - j);
        tail = gsl_vector_subvector(&whole.vector, j, n - j);
        (void)gsl_linalg_householder_hv(lsq->tau[j], &v.vector, &tail.vector);
    }
    tail = gsl_vector_subvector(&whole.vector, m, n - m);
    if (!(gsl_blas_dnrm2(&tail.vector) > base_tolerance * sqrt(column->ss.hi)))
        return false;
    lsq->tau[m] = gsl_linalg_householder_transform(&tail.vector);
    for (size_t i = 0; i <= m; i++)
        lsq->r[i * lsq->k_max + m] = gsl_vector_get(&whole.vector, i);
    return true;
}

static void keep(struct rs_lsq *lsq, size_t ix)
{
    size_t m = lsq->m;
    size_t stride = lsq->k_max;
    const struct rs_lsq_column *column = lsq->columns[ix];

    lsq->kept[m] = column;
    lsq->kept_ix[m] = ix;
    lsq->means[m] = rs_lsq_column_mean(column);
    lsq->gram[m * stride + m] = column->ss;
    for (size_t j = 0; j < m; j++) {
        lsq->gram[m * stride + j] = rs_lsq_cross(lsq->kept[j], column);
        lsq->gram[j * stride + m] = lsq->gram[m * stride + j];
    }
    lsq->m++;
}

void rs_lsq_base(struct rs_lsq *lsq, const struct rs_lsq_column *const *columns,
                 size_t k, size_t n)
{
    lsq->k = k;
    lsq->n = n;
    lsq->m = 0;
    lsq->finite = true;
    lsq->inverse_known = false;
    for (size_t j = 0; j < k; j++) {
        lsq->columns[j] = columns[j];
        lsq->finite = lsq->finite && columns[j]->finite;
    }
    for (size_t j = 0; j < k && n > 0; j++)
        if (!columns[j]->constant && columns[j]->finite &&
            append(lsq, columns[j]))
            keep(lsq, j);
}

size_t rs_lsq_base_rank(const struct rs_lsq *lsq)
{
    return lsq->m;
}

/* ---- refined solutions ------------------------------------------------ */

/* step = R^-1 R^-T rhs: what QR makes of G^-1 rhs. Returns step' G step,
 * the squared length of Z step. */
static double precondition(struct rs_lsq *lsq)
{
    size_t m = lsq->m;
    size_t stride = lsq->k_max;
    const double *r = lsq->r;
    double *v = lsq->step;
    double length = 0.0;

    for (size_t i = 0; i < m; i++) {
        double sum = lsq->rhs[i];
        for (size_t j = 0; j < i; j++)
            sum -= r[j * stride + i] * v[j];
        v[i] = sum / r[i * stride + i];
        length += v[i] * v[i];
    }
    for (size_t i = m; i-- > 0;) {
        double sum = v[i];
        for (size_t j = i + 1; j < m; j++)
            sum -= r[i * stride + j] * v[j];
        v[i] = sum / r[i * stride + i];
    }
    return length;
}

/* sums = g - G c */
static void residual(struct rs_lsq *lsq, const struct rs_dd *c,
                     const struct rs_dd *g)
{
    for (size_t i = 0; i < lsq->m; i++)
        lsq->sums[i] = rs_dd_sub(
            g[i], rs_lsq_inner(&lsq->gram[i * lsq->k_max], c, lsq->m));
}

/* The same, row by row: Z'(column - Z c), or g - Z'Z c when there is no
 * column. Slow, but its error grows with the condition of Z and not with
 * that of G, which is the square. */
static void residual_by_rows(struct rs_lsq *lsq, const struct rs_dd *c,
                             const struct rs_dd *g,
                             const struct rs_lsq_column *column)
{
    size_t m = lsq->m;

    for (size_t j = 0; j < m; j++)
        lsq->sums[j] = column == NULL ? g[j] : rs_dd_of(0.0);
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd left =
            column == NULL ? rs_dd_of(0.0) : rs_lsq_value(column, i);
        for (size_t j = 0; j < m; j++)
            left =
                rs_dd_sub(left, rs_dd_mul(c[j], rs_lsq_value(lsq->kept[j], i)));
        for (size_t j = 0; j < m; j++)
            lsq->sums[j] = rs_dd_add(
                lsq->sums[j], rs_dd_mul(left, rs_lsq_value(lsq->kept[j], i)));
    }
}

/* c += G^-1 sums, as good as QR makes it; the squared length of the step. */
static double correct(struct rs_lsq *lsq, struct rs_dd *c)
{
    double moved = 0.0;

    for (size_t i = 0; i < lsq->m; i++)
        lsq->rhs[i] = rs_dd_double(lsq->sums[i]);
    moved = precondition(lsq);
    for (size_t i = 0; i < lsq->m; i++)
        c[i] = rs_dd_add(c[i], rs_dd_of(lsq->step[i]));
    return moved;
}

/* Refines c; `before` is the squared length of the step that made it. Returns
 * that of the last step, NaN or large when it does not settle. */
static double refine(struct rs_lsq *lsq, struct rs_dd *c, const struct rs_dd *g,
                     const struct rs_lsq_column *column, bool by_rows,
                     double before, double size)
{
    double moved = 0.0;

    for (int round = 0; round < MAX_REFINE; round++) {
        if (by_rows)
            residual_by_rows(lsq, c, g, column);
        else
            residual(lsq, c, g);
        moved = correct(lsq, c);
        if (!isfinite(moved) || moved > 0.25 * before)
            return moved;
        /* Each round gains about the same: the next would move this. */
        if (isfinite(before) &&
            moved * (moved / before) <= settled_squared * size)
            return 0.0;
        if (moved == 0.0)
            return 0.0;
        before = moved;
    }
    return moved;
}

/* How far c is off is measured as the length of Z c: it is that which enters
 * what the base leaves, and it does not suffer from the condition of G as
 * the coefficients themselves do. */
bool rs_lsq_solve(struct rs_lsq *lsq, struct rs_dd *c, const struct rs_dd *g,
                  const struct rs_lsq_column *column)
{
    double size = column == NULL ? 0.0 : column->ss.hi;
    double first = 0.0;
    double last = 0.0;

    if (lsq->m == 0)
        return true;
    for (size_t i = 0; i < lsq->m; i++) {
        c[i] = rs_dd_of(0.0);
        lsq->sums[i] = g[i];
    }
    first = correct(lsq, c);
    size = fmax(size, first);
    last = refine(lsq, c, g, column, false, first, size);
    if (last <= good_squared * size)
        return true;
    last = refine(lsq, c, g, column, true, INFINITY, size);
    return last <= usable_squared * size;
}

struct rs_dd rs_lsq_inner(const struct rs_dd *a, const struct rs_dd *b,
                          size_t m)
{
    struct rs_dd sum = {0.0, 0.0};

    for (size_t j = 0; j < m; j++)
        sum = rs_dd_add(sum, rs_dd_mul(a[j], b[j]));
    return sum;
}

bool rs_lsq_on_base(struct rs_lsq *lsq, struct rs_dd *coefficients,
                    struct rs_dd *products, struct rs_dd *left,
                    const struct rs_lsq_column *column)
{
    *left = column->ss;
    if (!column->finite || !lsq->finite)
        return false;
    for (size_t j = 0; j < lsq->m; j++)
        products[j] = rs_lsq_cross(lsq->kept[j], column);
    if (!rs_lsq_solve(lsq, coefficients, products, column))
        return false;
    *left = rs_dd_sub(*left, rs_lsq_inner(coefficients, products, lsq->m));
    return true;
}

void rs_lsq_response(struct rs_lsq *lsq, const struct rs_lsq_column *y)
{
    lsq->y = y;
    lsq->y_solved = rs_lsq_on_base(lsq, lsq->d, lsq->zy, &lsq->yy_left, y);
}
