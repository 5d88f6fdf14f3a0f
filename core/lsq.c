/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"

#include "mem.h"

#include <float.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A covariate whose part outside the earlier ones is below this part of its
 * length cannot be told from rounding by QR: it is dropped. */
static const double base_tolerance = 1e-11;

/* The same, squared, for x, whose rest is known in double-double. */
static const double x_tolerance_squared = 1e-24;

enum { MAX_REFINE = 30 };

/* ulp of the largest value of any prepared column, in scaled units. */
static const double scaled_ulp = DBL_EPSILON / 2;

struct rs_lsq {
    bool intercept;
    struct rs_dd *pairs; /* storage of all double-doubles below */
    double *numbers;     /* storage of all doubles below */

    /* the base */
    const struct rs_lsq_column **columns; /* [k_max] as given */
    size_t k;                             /* given */
    size_t n;                             /* rows */
    size_t *kept;                         /* [k_max] the m kept of them */
    size_t m;
    bool usable;         /* finite, and the refinement settles */
    gsl_matrix *qr;      /* [n_max x k_max] */
    gsl_vector *tau;     /* [k_max] */
    double *r;           /* [k_max x k_max] upper triangle, by row, m wide */
    struct rs_dd *gram;  /* [k_max x k_max] by row, m wide */
    struct rs_dd *means; /* [k_max] */

    /* y on the base */
    const struct rs_lsq_column *y;
    struct rs_dd *d;      /* [k_max] its coefficients */
    struct rs_dd *zy;     /* [k_max] cross-products */
    struct rs_dd yy_left; /* sum of squares that the base leaves */

    /* x on the base, and the last fit */
    const struct rs_lsq_column *x;
    struct rs_dd *c;      /* [k_max] */
    struct rs_dd *zx;     /* [k_max] */
    struct rs_dd xx_left; /* as yy_left */
    struct rs_dd beta;    /* scaled units */
    double sigma;         /* scaled units */

    double *rhs;          /* [k_max] for the triangular solves */
    double *step;         /* [k_max] */
    struct rs_dd *unit;   /* [k_max] right side of an inverse's column */
    struct rs_dd *column; /* [k_max] a column of the inverse */
};

/* ---- life ------------------------------------------------------------- */

/* Hands out the double-doubles and doubles of two blocks. */
static void share_out(struct rs_lsq *lsq, size_t k)
{
    struct rs_dd *pairs = lsq->pairs;
    double *numbers = lsq->numbers;
    struct rs_dd **vectors[] = {&lsq->means, &lsq->d,    &lsq->zy,    &lsq->c,
                                &lsq->zx,    &lsq->unit, &lsq->column};

    lsq->gram = pairs;
    pairs += k * k;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        *vectors[i] = pairs;
        pairs += k;
    }
    lsq->r = numbers;
    lsq->rhs = numbers + k * k;
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
    lsq->columns = rs_alloc(k, sizeof *lsq->columns, err);
    lsq->kept = rs_alloc(k, sizeof *lsq->kept, err);
    lsq->qr = gsl_matrix_alloc(n, k);
    lsq->tau = gsl_vector_alloc(k);
    lsq->pairs = rs_alloc(k * (k + 7), sizeof *lsq->pairs, err);
    lsq->numbers = rs_alloc(k * (k + 2), sizeof *lsq->numbers, err);
    if (lsq->columns == NULL || lsq->kept == NULL || lsq->qr == NULL ||
        lsq->tau == NULL || lsq->pairs == NULL || lsq->numbers == NULL) {
        rs_lsq_free(lsq);
        return rs_error_set(err, RS_ERR_NOMEM,
                            "out of memory for a fit of %zu rows and %zu "
                            "covariates",
                            n_max, k_max);
    }
    share_out(lsq, k);
    *out = lsq;
    return RS_OK;
}

void rs_lsq_free(struct rs_lsq *lsq)
{
    if (lsq == NULL)
        return;
    free(lsq->columns);
    free(lsq->kept);
    gsl_matrix_free(lsq->qr);
    gsl_vector_free(lsq->tau);
    free(lsq->pairs);
    free(lsq->numbers);
    free(lsq);
}

/* ---- the base --------------------------------------------------------- */

static const struct rs_lsq_column *kept_column(const struct rs_lsq *lsq,
                                               size_t j)
{
    return lsq->columns[lsq->kept[j]];
}

/* Keeps the columns that are not constant; false when one is not finite. */
static bool keep_usable(struct rs_lsq *lsq)
{
    bool finite = true;

    lsq->m = 0;
    for (size_t j = 0; j < lsq->k; j++) {
        finite = finite && lsq->columns[j]->finite;
        if (!lsq->columns[j]->constant)
            lsq->kept[lsq->m++] = j;
    }
    return finite;
}

/* QR of the kept columns; gives the first that depends on earlier ones, or
 * m when none does. */
static size_t factorise(struct rs_lsq *lsq)
{
    size_t n = lsq->n;
    size_t m = lsq->m;
    size_t least = n < m ? n : m;
    gsl_matrix_view qr = gsl_matrix_submatrix(lsq->qr, 0, 0, n, m);
    gsl_vector_view tau = gsl_vector_subvector(lsq->tau, 0, least);

    for (size_t j = 0; j < m; j++) {
        gsl_vector_const_view from =
            gsl_vector_const_view_array(kept_column(lsq, j)->hi, n);
        gsl_vector_view to = gsl_matrix_column(&qr.matrix, j);
        (void)gsl_vector_memcpy(&to.vector, &from.vector);
    }
    (void)gsl_linalg_QR_decomp(&qr.matrix, &tau.vector);
    for (size_t j = 0; j < m; j++) {
        double norm = sqrt(kept_column(lsq, j)->ss.hi);
        double pivot = j < least ? fabs(gsl_matrix_get(&qr.matrix, j, j)) : 0.0;
        if (!(pivot > base_tolerance * norm))
            return j;
        for (size_t i = 0; i <= j; i++)
            lsq->r[i * m + j] = gsl_matrix_get(&qr.matrix, i, j);
    }
    return m;
}

void rs_lsq_base(struct rs_lsq *lsq, const struct rs_lsq_column *const *columns,
                 size_t k, size_t n)
{
    size_t dependent = 0;

    lsq->k = k;
    lsq->n = n;
    for (size_t j = 0; j < k; j++)
        lsq->columns[j] = columns[j];
    lsq->usable = keep_usable(lsq);
    while (lsq->usable && lsq->m > 0) {
        dependent = n > 0 ? factorise(lsq) : 0;
        if (dependent == lsq->m)
            break;
        for (size_t j = dependent; j + 1 < lsq->m; j++)
            lsq->kept[j] = lsq->kept[j + 1];
        lsq->m--;
    }
    for (size_t i = 0; i < lsq->m && lsq->usable; i++) {
        lsq->means[i] = rs_lsq_column_mean(kept_column(lsq, i));
        lsq->gram[i * lsq->m + i] = kept_column(lsq, i)->ss;
        for (size_t j = 0; j < i; j++) {
            lsq->gram[i * lsq->m + j] =
                rs_lsq_cross(kept_column(lsq, i), kept_column(lsq, j));
            lsq->gram[j * lsq->m + i] = lsq->gram[i * lsq->m + j];
        }
    }
}

/* ---- refined solutions ------------------------------------------------ */

/* step = R^-1 R^-T rhs: what QR makes of G^-1 rhs. */
static void precondition(struct rs_lsq *lsq)
{
    size_t m = lsq->m;
    const double *r = lsq->r;
    double *v = lsq->step;

    for (size_t i = 0; i < m; i++) {
        double sum = lsq->rhs[i];
        for (size_t j = 0; j < i; j++)
            sum -= r[j * m + i] * v[j];
        v[i] = sum / r[i * m + i];
    }
    for (size_t i = m; i-- > 0;) {
        double sum = v[i];
        for (size_t j = i + 1; j < m; j++)
            sum -= r[i * m + j] * v[j];
        v[i] = sum / r[i * m + i];
    }
}

/* g_i - sum_j G_ij c_j */
static struct rs_dd residual(const struct rs_lsq *lsq, const struct rs_dd *g,
                             const struct rs_dd *c, size_t i)
{
    struct rs_dd rest = g[i];

    for (size_t j = 0; j < lsq->m; j++)
        rest = rs_dd_sub(rest, rs_dd_mul(lsq->gram[i * lsq->m + j], c[j]));
    return rest;
}

/* Solves G c = g. False when the refinement does not settle. */
static bool solve(struct rs_lsq *lsq, struct rs_dd *c, const struct rs_dd *g)
{
    size_t m = lsq->m;
    double before = INFINITY;

    for (size_t i = 0; i < m; i++)
        c[i] = rs_dd_of(0.0);
    if (m == 0)
        return true;
    for (int round = 0; round < MAX_REFINE; round++) {
        double moved = 0.0;
        double size = 0.0;
        for (size_t i = 0; i < m; i++)
            lsq->rhs[i] = rs_dd_double(residual(lsq, g, c, i));
        precondition(lsq);
        for (size_t i = 0; i < m; i++) {
            double norm = sqrt(lsq->gram[i * m + i].hi);
            c[i] = rs_dd_add(c[i], rs_dd_of(lsq->step[i]));
            moved += fabs(lsq->step[i]) * norm;
            size += fabs(c[i].hi) * norm;
        }
        if (!isfinite(moved))
            return false;
        if (moved <= 1e-31 * size || moved == 0.0)
            return true;
        /* No progress any more: fine at the end of the digits only. */
        if (moved > 0.5 * before)
            return moved <= 1e-20 * size;
        before = moved;
    }
    return false;
}

/* sum a_j b_j */
static struct rs_dd inner(const struct rs_dd *a, const struct rs_dd *b,
                          size_t m)
{
    struct rs_dd sum = {0.0, 0.0};

    for (size_t j = 0; j < m; j++)
        sum = rs_dd_add(sum, rs_dd_mul(a[j], b[j]));
    return sum;
}

/* Regresses a column on the base: coefficients, cross-products, and the sum
 * of squares that is left. False when that cannot be done. */
static bool regress_on_base(struct rs_lsq *lsq, struct rs_dd *coefficients,
                            struct rs_dd *products, struct rs_dd *left,
                            const struct rs_lsq_column *column)
{
    *left = column->ss;
    if (!column->finite || !lsq->usable)
        return false;
    for (size_t j = 0; j < lsq->m; j++)
        products[j] = rs_lsq_cross(kept_column(lsq, j), column);
    if (!solve(lsq, coefficients, products))
        return false;
    *left = rs_dd_sub(*left, inner(coefficients, products, lsq->m));
    return true;
}

void rs_lsq_response(struct rs_lsq *lsq, const struct rs_lsq_column *y)
{
    lsq->y = y;
    if (!regress_on_base(lsq, lsq->d, lsq->zy, &lsq->yy_left, y))
        lsq->yy_left = rs_dd_of(NAN);
}

/* ---- the fit ---------------------------------------------------------- */

static void set_result(struct rs_lsq_result *result, enum rs_outcome outcome)
{
    const struct rs_lsq_term none = {NAN, NAN};

    result->outcome = outcome;
    result->r2 = NAN;
    result->sigma = NAN;
    result->t = NAN;
    result->x = none;
    result->intercept = none;
}

static enum rs_outcome check_data(const struct rs_lsq *lsq,
                                  const struct rs_lsq_column *x, double df)
{
    if (lsq->n > 0 && (!x->finite || !lsq->y->finite))
        return RS_FIT_NON_FINITE;
    for (size_t j = 0; j < lsq->k && lsq->n > 0; j++)
        if (!lsq->columns[j]->finite)
            return RS_FIT_NON_FINITE;
    if (df < 1.0)
        return RS_FIT_N_TOO_SMALL;
    if (x->constant)
        return RS_FIT_CONSTANT_X;
    if (lsq->y->constant)
        return RS_FIT_CONSTANT_Y;
    return RS_FIT_OK;
}

/* What the rounding of the data alone makes of a combination of the columns
 * with these coefficients: half an ulp of each, in scaled units. */
static double rounding_of(const struct rs_lsq *lsq,
                          const struct rs_dd *coefficients, double others)
{
    double sum = 1.0 + others;

    for (size_t j = 0; j < lsq->m; j++)
        sum += fabs(coefficients[j].hi);
    return 0.5 * scaled_ulp * sum;
}

/* True when x is a combination of the covariates: exactly, or as far as the
 * digits of the data can tell. */
static bool is_collinear(const struct rs_lsq *lsq,
                         const struct rs_lsq_column *x)
{
    double rms = sqrt(lsq->xx_left.hi / (double)lsq->n);

    if (lsq->m == 0)
        return false;
    return !(lsq->xx_left.hi > x_tolerance_squared * x->ss.hi) ||
           !(rms > rounding_of(lsq, lsq->c, 0.0));
}

/* The same of the residuals: no larger than the rounding of the data. */
static bool is_perfect(struct rs_lsq *lsq, double rss)
{
    struct rs_dd *b = lsq->column; /* covariates' coefficients */

    for (size_t j = 0; j < lsq->m; j++)
        b[j] = rs_dd_sub(lsq->d[j], rs_dd_mul(lsq->beta, lsq->c[j]));
    return !(sqrt(rss / (double)lsq->n) >
             rounding_of(lsq, b, fabs(lsq->beta.hi)));
}

/* Mean of y less the part of all slopes, in y's scaled units. */
static double intercept_of(const struct rs_lsq *lsq)
{
    struct rs_dd value = rs_lsq_column_mean(lsq->y);

    value = rs_dd_sub(value, rs_dd_mul(lsq->beta, rs_lsq_column_mean(lsq->x)));
    for (size_t j = 0; j < lsq->m; j++) {
        struct rs_dd b = rs_dd_sub(lsq->d[j], rs_dd_mul(lsq->beta, lsq->c[j]));
        value = rs_dd_sub(value, rs_dd_mul(b, lsq->means[j]));
    }
    return rs_dd_double(value);
}

/* From scaled units to the user's; what leaves the range of a double is an
 * outcome of its own. */
static void unscale(const struct rs_lsq *lsq, struct rs_lsq_result *result,
                    double se)
{
    int ey = lsq->y->exponent;
    int ex = lsq->x->exponent;

    result->x.estimate = ldexp(rs_dd_double(lsq->beta), ey - ex);
    result->sigma = ldexp(lsq->sigma, ey);
    if (lsq->intercept)
        result->intercept.estimate = ldexp(intercept_of(lsq), ey);
    if (result->outcome == RS_FIT_PERFECT) {
        result->sigma = NAN;
    } else {
        result->x.se = ldexp(se, ey - ex);
        result->t = rs_dd_double(lsq->beta) / se;
    }
    if (isinf(result->x.estimate) || isinf(result->x.se) ||
        isinf(result->sigma) || isinf(result->intercept.estimate))
        set_result(result, RS_FIT_NON_FINITE);
}

void rs_lsq_fit(struct rs_lsq *lsq, struct rs_lsq_result *result,
                const struct rs_lsq_column *x)
{
    struct rs_dd xy_left;
    struct rs_dd rss;

    lsq->x = x;
    result->rank = lsq->m + 1 + (lsq->intercept ? 1 : 0);
    result->df = (double)lsq->n - (double)result->rank;
    set_result(result, check_data(lsq, x, result->df));
    if (result->outcome != RS_FIT_OK)
        return;
    if (!regress_on_base(lsq, lsq->c, lsq->zx, &lsq->xx_left, x) ||
        isnan(lsq->yy_left.hi)) {
        set_result(result, RS_FIT_COLLINEAR);
        return;
    }
    if (is_collinear(lsq, x)) {
        set_result(result, RS_FIT_COLLINEAR);
        return;
    }
    xy_left =
        rs_dd_sub(rs_lsq_cross(x, lsq->y), inner(lsq->c, lsq->zy, lsq->m));
    lsq->beta = rs_dd_div(xy_left, lsq->xx_left);
    rss = rs_dd_sub(lsq->yy_left, rs_dd_mul(lsq->beta, xy_left));
    if (rss.hi < 0.0)
        rss = rs_dd_of(0.0);
    if (is_perfect(lsq, rss.hi))
        result->outcome = RS_FIT_PERFECT;
    lsq->sigma = sqrt(rs_dd_double(rss) / result->df);
    result->r2 =
        result->outcome == RS_FIT_PERFECT
            ? 1.0
            : rs_dd_double(rs_dd_div(rs_dd_sub(lsq->y->ss, rss), lsq->y->ss));
    unscale(lsq, result, lsq->sigma / sqrt(rs_dd_double(lsq->xx_left)));
}

/* ---- all coefficients -------------------------------------------------- */

void rs_lsq_terms(struct rs_lsq *lsq, struct rs_lsq_term *covariates,
                  struct rs_lsq_result *result)
{
    size_t m = lsq->m;
    int ey = lsq->y->exponent;
    struct rs_dd lever = rs_dd_of(1.0 / (double)lsq->n);
    struct rs_dd x_mean = rs_lsq_column_mean(lsq->x);
    bool fitted =
        result->outcome == RS_FIT_OK || result->outcome == RS_FIT_PERFECT;

    for (size_t j = 0; j < lsq->k; j++)
        covariates[j] = (struct rs_lsq_term){NAN, NAN};
    for (size_t j = 0; j < m && fitted; j++) {
        struct rs_lsq_term *term = &covariates[lsq->kept[j]];
        int shift = ey - kept_column(lsq, j)->exponent;
        double variance = 0.0;
        for (size_t i = 0; i < m; i++)
            lsq->unit[i] = rs_dd_of(i == j ? 1.0 : 0.0);
        if (!solve(lsq, lsq->column, lsq->unit))
            continue;
        /* inverse of the whole cross-product matrix, by blocks */
        variance = rs_dd_double(
            rs_dd_add(lsq->column[j], rs_dd_div(rs_dd_mul(lsq->c[j], lsq->c[j]),
                                                lsq->xx_left)));
        term->estimate = ldexp(
            rs_dd_double(rs_dd_sub(lsq->d[j], rs_dd_mul(lsq->beta, lsq->c[j]))),
            shift);
        if (result->outcome == RS_FIT_OK)
            term->se = ldexp(lsq->sigma * sqrt(variance), shift);
        lever = rs_dd_add(
            lever, rs_dd_mul(lsq->means[j], inner(lsq->column, lsq->means, m)));
        x_mean = rs_dd_sub(x_mean, rs_dd_mul(lsq->c[j], lsq->means[j]));
    }
    if (result->outcome != RS_FIT_OK || !lsq->intercept)
        return;
    lever =
        rs_dd_add(lever, rs_dd_div(rs_dd_mul(x_mean, x_mean), lsq->xx_left));
    result->intercept.se =
        ldexp(lsq->sigma * rs_dd_double(rs_dd_sqrt(lever)), ey);
}
