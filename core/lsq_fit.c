/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"

#include "lsq_shared.h"

#include <float.h>
#include <math.h>

/* x whose part outside the covariates is below this part of its length,
 * squared, is one of their combinations. */
static const double x_tolerance_squared = 1e-24;

/* A sum of squares that is a smaller part than this of the one it was
 * subtracted from has lost digits: it is summed anew from residuals. */
static const double cancelled = 1e-12;

/* ulp of the largest value of any prepared column, in scaled units. */
static const double scaled_ulp = DBL_EPSILON / 2;

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
    if (lsq->n > 0 && (!x->finite || !lsq->y->finite || !lsq->finite))
        return RS_FIT_NON_FINITE;
    if (df < 1.0)
        return RS_FIT_N_TOO_SMALL;
    if (lsq->y->constant)
        return RS_FIT_CONSTANT_Y;
    if (x->constant)
        return RS_FIT_CONSTANT_X;
    return RS_FIT_OK;
}

/* ---- sums from residuals ------------------------------------------------ */

/* Sums over the rows of what the base leaves of x and y, and of the whole
 * fit's residuals. */
struct left_over {
    struct rs_dd xx, xy, ee;
};

/* Value i of a column less its mean and its regression on the base. */
static struct rs_dd left_of(const struct rs_lsq *lsq,
                            const struct rs_lsq_column *column,
                            const struct rs_dd *coefficients, size_t i)
{
    struct rs_dd left = rs_lsq_value(column, i);

    for (size_t j = 0; j < lsq->m; j++) {
        struct rs_dd value = rs_lsq_value(lsq->kept[j], i);
        left = rs_dd_sub(left, rs_dd_mul(coefficients[j], value));
    }
    return left;
}

/* Row by row in double-double: slow, for the few fits that need it. Errors
 * of the coefficients enter squared, because what is left is orthogonal to
 * the base. */
static void sum_left_over(const struct rs_lsq *lsq, struct left_over *out)
{
    const struct left_over zero = {{0.0, 0.0}, {0.0, 0.0}, {0.0, 0.0}};

    *out = zero;
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd x = left_of(lsq, lsq->x, lsq->c, i);
        struct rs_dd y = left_of(lsq, lsq->y, lsq->d, i);
        struct rs_dd e = rs_dd_sub(y, rs_dd_mul(lsq->beta, x));
        out->xx = rs_dd_add(out->xx, rs_dd_mul(x, x));
        out->xy = rs_dd_add(out->xy, rs_dd_mul(x, y));
        out->ee = rs_dd_add(out->ee, rs_dd_mul(e, e));
    }
}

/* ---- the fit ---------------------------------------------------------- */

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

/* Exactly, or as far as the digits of the data can tell. */
static bool is_rounding(double left_squared, double floor,
                        const struct rs_lsq_column *column)
{
    return !(left_squared > x_tolerance_squared * column->ss.hi) ||
           !(sqrt(left_squared / column->total.hi) > floor);
}

/* True when x is a combination of the covariates. */
static bool is_collinear(const struct rs_lsq *lsq)
{
    return lsq->m > 0 &&
           is_rounding(lsq->xx_left.hi, rounding_of(lsq, lsq->c, 0.0), lsq->x);
}

bool rs_lsq_is_explained(const struct rs_lsq_left *left,
                         const struct rs_lsq_column *column)
{
    return is_rounding(left->norm * left->norm, 0.5 * scaled_ulp * left->reach,
                       column);
}

/* Coefficient of covariate j in the whole fit. */
static struct rs_dd coefficient(const struct rs_lsq *lsq, size_t j)
{
    return rs_dd_sub(lsq->d[j], rs_dd_mul(lsq->beta, lsq->c[j]));
}

/* True when the covariates leave nothing of y. */
static bool is_explained(struct rs_lsq *lsq)
{
    struct left_over sums = {.xx = lsq->yy_left};
    struct rs_dd beta = lsq->beta;

    if (lsq->m == 0)
        return false;
    if (!(lsq->yy_left.hi > cancelled * lsq->y->ss.hi)) {
        lsq->beta = rs_dd_of(0.0);
        sum_left_over(lsq, &sums);
        lsq->beta = beta;
        sums.xx = sums.ee;
    }
    return is_rounding(sums.xx.hi, rounding_of(lsq, lsq->d, 0.0), lsq->y);
}

/* The same of the residuals: no larger than the rounding of the data. */
static bool is_perfect(struct rs_lsq *lsq, double rss)
{
    struct rs_dd *b = lsq->column;

    for (size_t j = 0; j < lsq->m; j++)
        b[j] = coefficient(lsq, j);
    return !(sqrt(rss / lsq->x->total.hi) >
             rounding_of(lsq, b, fabs(lsq->beta.hi)));
}

/* Slope and what the base leaves of x; false when that is nothing. */
static bool find_slope(struct rs_lsq *lsq)
{
    struct left_over sums;
    struct rs_dd xy_left;

    if (!lsq->y_solved ||
        !rs_lsq_on_base(lsq, lsq->c, lsq->zx, &lsq->xx_left, lsq->x))
        return false;
    if (lsq->xx_left.hi > cancelled * lsq->x->ss.hi) {
        xy_left = rs_dd_sub(rs_lsq_cross(lsq->x, lsq->y),
                            rs_lsq_inner(lsq->c, lsq->zy, lsq->m));
    } else {
        lsq->beta = rs_dd_of(0.0);
        sum_left_over(lsq, &sums);
        lsq->xx_left = sums.xx;
        xy_left = sums.xy;
    }
    if (is_collinear(lsq))
        return false;
    lsq->beta = rs_dd_div(xy_left, lsq->xx_left);
    return true;
}

bool rs_lsq_leave(struct rs_lsq *lsq, double *residuals,
                  struct rs_lsq_left *left, const struct rs_lsq_column *column)
{
    struct rs_dd squares;
    struct rs_dd mean;

    if (!rs_lsq_on_base(lsq, lsq->c, lsq->zx, &squares, column))
        return false;
    left->reach = 1.0;
    mean = rs_lsq_column_mean(column);
    for (size_t j = 0; j < lsq->m; j++) {
        left->reach += fabs(lsq->c[j].hi);
        mean = rs_dd_sub(mean, rs_dd_mul(lsq->c[j], lsq->means[j]));
    }
    squares = rs_dd_of(0.0);
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd e = left_of(lsq, column, lsq->c, i);
        residuals[i] = rs_dd_double(e);
        squares = rs_dd_add(squares, rs_dd_mul(e, e));
    }
    left->norm = sqrt(rs_dd_double(squares));
    left->mean = rs_dd_double(mean);
    return true;
}

/* Residual sum of squares: y~'y~ - beta^2 x~'x~. */
static struct rs_dd find_rss(const struct rs_lsq *lsq)
{
    struct left_over sums;
    struct rs_dd explained =
        rs_dd_mul(lsq->beta, rs_dd_mul(lsq->beta, lsq->xx_left));
    struct rs_dd rss = rs_dd_sub(lsq->yy_left, explained);

    if (rss.hi > cancelled * lsq->y->ss.hi)
        return rss;
    sum_left_over(lsq, &sums);
    return sums.ee;
}

/* Mean of y less the part of all slopes, in y's scaled units. */
static double intercept_of(const struct rs_lsq *lsq)
{
    struct rs_dd value = rs_lsq_column_mean(lsq->y);

    value = rs_dd_sub(value, rs_dd_mul(lsq->beta, rs_lsq_column_mean(lsq->x)));
    for (size_t j = 0; j < lsq->m; j++)
        value = rs_dd_sub(value, rs_dd_mul(coefficient(lsq, j), lsq->means[j]));
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
    struct rs_dd rss;
    struct rs_dd yy;

    lsq->x = x;
    result->rank = lsq->m + 1 + (lsq->intercept ? 1 : 0);
    result->df = (double)lsq->n - (double)result->rank;
    set_result(result, check_data(lsq, x, result->df));
    if (result->outcome != RS_FIT_OK)
        return;
    if (!find_slope(lsq)) {
        set_result(result, RS_FIT_COLLINEAR);
        return;
    }
    if (is_explained(lsq)) {
        set_result(result, RS_FIT_Y_EXPLAINED);
        return;
    }
    rss = find_rss(lsq);
    if (is_perfect(lsq, rss.hi))
        result->outcome = RS_FIT_PERFECT;
    lsq->sigma = sqrt(rs_dd_double(rss) / result->df);
    yy = lsq->y->ss;
    result->r2 = result->outcome == RS_FIT_PERFECT
                     ? 1.0
                     : rs_dd_double(rs_dd_div(rs_dd_sub(yy, rss), yy));
    unscale(lsq, result, lsq->sigma / sqrt(rs_dd_double(lsq->xx_left)));
}

/* ---- all coefficients -------------------------------------------------- */

/* What all fits on one base share of the inverse of G. */
static void find_inverse(struct rs_lsq *lsq)
{
    const struct rs_dd none = {NAN, NAN};

    for (size_t j = 0; j < lsq->m && !lsq->inverse_known; j++) {
        for (size_t i = 0; i < lsq->m; i++)
            lsq->unit[i] = rs_dd_of(i == j ? 1.0 : 0.0);
        if (rs_lsq_solve(lsq, lsq->column, lsq->unit, NULL)) {
            lsq->spread[j] = lsq->column[j];
            lsq->pull[j] = rs_lsq_inner(lsq->column, lsq->means, lsq->m);
        } else {
            lsq->spread[j] = none;
            lsq->pull[j] = none;
        }
    }
    lsq->inverse_known = true;
}

/* One covariate's term. */
static struct rs_lsq_term find_term(const struct rs_lsq *lsq, size_t j,
                                    bool with_se)
{
    int shift = lsq->y->exponent - lsq->kept[j]->exponent;
    struct rs_lsq_term term = {ldexp(rs_dd_double(coefficient(lsq, j)), shift),
                               NAN};
    double variance = 0.0;

    if (!with_se)
        return term;
    /* inverse of the whole cross-product matrix, by blocks */
    variance = rs_dd_double(
        rs_dd_add(lsq->spread[j],
                  rs_dd_div(rs_dd_mul(lsq->c[j], lsq->c[j]), lsq->xx_left)));
    term.se = ldexp(lsq->sigma * sqrt(variance), shift);
    return term;
}

void rs_lsq_terms(struct rs_lsq *lsq, struct rs_lsq_term *covariates,
                  struct rs_lsq_result *result)
{
    bool ok = result->outcome == RS_FIT_OK;
    struct rs_dd lever = rs_dd_of(0.0);
    struct rs_dd x_mean = rs_dd_of(0.0);

    for (size_t j = 0; j < lsq->k; j++)
        covariates[j] = (struct rs_lsq_term){NAN, NAN};
    if (!ok && result->outcome != RS_FIT_PERFECT)
        return;
    lever = rs_dd_div(rs_dd_of(1.0), lsq->x->total);
    x_mean = rs_dd_sub(rs_lsq_column_mean(lsq->x),
                       rs_lsq_inner(lsq->c, lsq->means, lsq->m));
    find_inverse(lsq);
    for (size_t j = 0; j < lsq->m; j++)
        covariates[lsq->kept_ix[j]] = find_term(lsq, j, ok);
    if (!ok || !lsq->intercept)
        return;
    for (size_t j = 0; j < lsq->m; j++)
        lever = rs_dd_add(lever, rs_dd_mul(lsq->means[j], lsq->pull[j]));
    lever =
        rs_dd_add(lever, rs_dd_div(rs_dd_mul(x_mean, x_mean), lsq->xx_left));
    result->intercept.se =
        ldexp(lsq->sigma * rs_dd_double(rs_dd_sqrt(lever)), lsq->y->exponent);
}
