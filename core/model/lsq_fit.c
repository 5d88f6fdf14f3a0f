/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"

#include "lsq_rational.h"
#include "lsq_shared.h"

#include <math.h>

/* A sum of squares that is a smaller part than this of the one it was
 * subtracted from has lost digits: it is summed anew from residuals. */
static const double cancelled = 1e-12;

/* A difference that is a smaller part than this of its terms may need more
 * digits than double-doubles have. */
static const double nearly_nothing = 0x1p-60;

void rs_lsq_set_result(struct rs_lsq_result *result, enum rs_outcome outcome)
{
    const struct rs_lsq_term none = {NAN, NAN, RS_FIT_OK};

    result->outcome = outcome;
    result->r2 = NAN;
    result->sigma = NAN;
    result->t = NAN;
    result->f = NAN;
    result->r = NAN;
    result->df1 = 0;
    result->x = none;
    result->intercept = none;
}

bool rs_lsq_has_df(const struct rs_lsq *lsq, struct rs_lsq_result *result)
{
    result->rank = lsq->m + 1 + lsq->taken;
    result->df = lsq->n_all - (double)result->rank;
    rs_lsq_set_result(result, RS_FIT_N_TOO_SMALL);
    return result->df >= 1.0;
}

enum rs_outcome rs_lsq_check_data(const struct rs_lsq *lsq,
                                  const struct rs_lsq_column *x, double df)
{
    if (lsq->n > 0 && (!x->finite || !lsq->y.column->finite || !lsq->finite))
        return RS_FIT_NON_FINITE;
    if (df < 1.0)
        return RS_FIT_N_TOO_SMALL;
    if (!x->settled || !lsq->y.column->settled)
        return RS_FIT_NO_CONVERGENCE;
    if (lsq->y.column->constant)
        return RS_FIT_CONSTANT_Y;
    if (x->constant)
        return RS_FIT_CONSTANT_X;
    return RS_FIT_OK;
}

/* ---- sums from residuals ----------------------------------------- */

/* Sums over the rows of what the base leaves of x and y, and of the whole
 * fit's residuals: weighted products, and squares without weights. */
struct left_over {
    struct rs_dd xx, xy, ee;
    double plain_xx, plain_ee;
};

/* Row by row in double-double: slow, for the few fits that need it. Errors
 * of the coefficients enter squared, because the residual is orthogonal to
 * the base. */
static void sum_left_over(const struct rs_lsq *lsq, struct left_over *out)
{
    const struct left_over zero = {{0.0, 0.0}, {0.0, 0.0}, {0.0, 0.0}, 0, 0};
    const double *weight = lsq->x.column->weight;

    *out = zero;
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd x = rs_lsq_residual_of(lsq, &lsq->x, i);
        struct rs_dd y = rs_lsq_residual_of(lsq, &lsq->y, i);
        struct rs_dd e = rs_dd_sub(y, rs_dd_mul(lsq->beta, x));
        rs_lsq_add(&out->xx, x, x, weight, i);
        rs_lsq_add(&out->xy, x, y, weight, i);
        rs_lsq_add(&out->ee, e, e, weight, i);
        out->plain_xx += x.hi * x.hi;
        out->plain_ee += e.hi * e.hi;
    }
}

/* Covariates other than the intercept. */
static bool has_base(const struct rs_lsq *lsq)
{
    return lsq->m > 0 || lsq->absorbed;
}

static double rms_of(const struct rs_lsq *lsq, double squares)
{
    return sqrt(squares / (double)lsq->n);
}

/* ---- the response ------------------------------------------------ */

struct rs_dd rs_lsq_sum_squares(const struct rs_lsq *lsq, double *plain)
{
    struct rs_dd squares = {0.0, 0.0};

    *plain = 0.0;
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd left = rs_lsq_residual_of(lsq, &lsq->y, i);
        rs_lsq_add(&squares, left, left, lsq->y.column->weight, i);
        *plain += left.hi * left.hi;
    }
    return squares;
}

/* The residual is summed row by row where subtraction cannot tell. */
bool rs_lsq_is_explained(struct rs_lsq *lsq)
{
    struct rs_lsq_on *y = &lsq->y;
    double plain = 0.0;

    if (!has_base(lsq) || y->rss.hi > rs_lsq_plain_part * y->column->all.hi)
        return false;
    y->rss = rs_lsq_sum_squares(lsq, &plain);
    return rs_lsq_is_rounding(rms_of(lsq, plain),
                              rs_lsq_floor(lsq, y->c, rs_lsq_own(y->column)),
                              y->column->spread);
}

void rs_lsq_response(struct rs_lsq *lsq, const struct rs_lsq_column *y)
{
    lsq->y_explained = false;
    if (rs_lsq_on_base(lsq, &lsq->y, y))
        lsq->y_explained = rs_lsq_is_explained(lsq);
    lsq->plain.y_rss = lsq->y.rss;
    lsq->plain.y_explained = lsq->y_explained;
}

/* ---- the fit ----------------------------------------------------- */

/* Slope and what the base leaves of x; false when that is nothing. A product
 * no larger than its rounding is 0: by subtraction it has that of the columns,
 * row by row that of one times the residual of the other. */
static bool find_slope(struct rs_lsq *lsq)
{
    struct rs_lsq_on *x = &lsq->x;
    double xx = x->column->all.hi;
    double yy = lsq->y.column->all.hi;
    double size = sqrt(xx * yy);
    struct left_over sums;
    struct rs_dd xy;

    if (x->rss.hi > rs_lsq_plain_part * xx &&
        x->rss.hi * lsq->y.rss.hi > cancelled * (xx * yy)) {
        xy = rs_dd_sub(rs_lsq_cross(x->column, lsq->y.column),
                       rs_lsq_inner(x->c, lsq->y.c, lsq->m));
    } else {
        lsq->beta = rs_dd_of(0.0);
        sum_left_over(lsq, &sums);
        x->rss = sums.xx;
        xy = sums.xy;
        if (has_base(lsq) &&
            rs_lsq_is_rounding(rms_of(lsq, sums.plain_xx),
                               rs_lsq_floor(lsq, x->c, rs_lsq_own(x->column)),
                               x->column->spread))
            return false;
        size = sqrt(sums.xx.hi * yy) + sqrt(fabs(lsq->y.rss.hi) * xx);
    }
    if (fabs(xy.hi) <= rs_lsq_nothing * size)
        xy = rs_dd_of(0.0);
    lsq->beta = rs_dd_div(xy, x->rss);
    return true;
}

double rs_lsq_floor_of_fit(struct rs_lsq *lsq)
{
    const struct rs_lsq_column *x = lsq->x.column;
    double own = rs_lsq_own(lsq->y.column) + fabs(lsq->beta.hi) * rs_lsq_own(x);

    for (size_t l = 0; l < lsq->m; l++)
        lsq->b[l] = rs_dd_sub(lsq->y.c[l], rs_dd_mul(lsq->beta, lsq->x.c[l]));
    return rs_lsq_floor(lsq, lsq->b, own);
}

bool rs_lsq_has_cancelled(const struct rs_lsq *lsq, struct rs_dd rss)
{
    return !(rss.hi > rs_lsq_plain_part * lsq->y.rss.hi) ||
           !(rss.hi > cancelled * lsq->y.column->all.hi);
}

/* Residual sum of squares: y~'y~ - beta^2 x~'x~. */
static struct rs_dd find_rss(struct rs_lsq *lsq, bool *perfect)
{
    struct left_over sums;
    struct rs_dd explained =
        rs_dd_mul(lsq->beta, rs_dd_mul(lsq->beta, lsq->x.rss));
    struct rs_dd rss = rs_dd_sub(lsq->y.rss, explained);
    double length = sqrt(rs_dd_double(lsq->y.rss) / lsq->y.column->total.hi);

    *perfect = false;
    if (!rs_lsq_has_cancelled(lsq, rss))
        return rss;
    sum_left_over(lsq, &sums);
    *perfect = rs_lsq_is_rounding(rms_of(lsq, sums.plain_ee),
                                  rs_lsq_floor_of_fit(lsq), length);
    return sums.ee;
}

/* True when some column has values that sums in double-double may have lost
 * beside its largest. */
static bool is_any_wide(const struct rs_lsq *lsq)
{
    for (size_t j = 0; j < lsq->m; j++)
        if (rs_lsq_is_wide(lsq->kept[j]))
            return true;
    return rs_lsq_is_wide(lsq->x.column) || rs_lsq_is_wide(lsq->y.column);
}

/* Sum of the sizes of which a column's mean less its fit's is the sum. */
static double size_of_mean(const struct rs_lsq *lsq, const struct rs_lsq_on *on)
{
    double size = fabs(on->column->mean.hi);

    for (size_t l = 0; l < lsq->m; l++)
        size += fabs(on->c[l].hi * lsq->levels[l].hi);
    return size;
}

/* Mean of y less the part of all slopes, in y's scaled units. */
static double intercept_of(struct rs_lsq *lsq)
{
    struct rs_dd x = rs_dd_sub(lsq->x.column->mean,
                               rs_lsq_inner(lsq->x.c, lsq->levels, lsq->m));
    struct rs_dd y = rs_dd_sub(lsq->y.column->mean,
                               rs_lsq_inner(lsq->y.c, lsq->levels, lsq->m));
    double value = rs_dd_double(rs_dd_sub(y, rs_dd_mul(lsq->beta, x)));
    double size = size_of_mean(lsq, &lsq->y) +
                  fabs(lsq->beta.hi) * size_of_mean(lsq, &lsq->x);

    if (fabs(value) > nearly_nothing * size)
        return value;
    if (!is_any_wide(lsq))
        return fabs(value) > rs_lsq_nothing * size ? value : 0.0;
    lsq->kept[lsq->m] = lsq->x.column;
    (void)rs_lsq_rational_intercept(
        &value, lsq->kept, lsq->m + (lsq->x.column == &lsq->none ? 0 : 1),
        lsq->y.column);
    return value;
}

/* The outcome before slope and residuals are looked at. */
static enum rs_outcome find_outcome(struct rs_lsq *lsq,
                                    const struct rs_lsq_column *x, double df)
{
    enum rs_outcome outcome = rs_lsq_check_data(lsq, x, df);

    if (outcome != RS_FIT_OK)
        return outcome;
    if (!rs_lsq_on_base(lsq, &lsq->x, x) || !find_slope(lsq))
        return RS_FIT_COLLINEAR;
    return lsq->y_explained ? RS_FIT_Y_EXPLAINED : RS_FIT_OK;
}

/* Part of yy that rss does not leave. */
static double explained_part(struct rs_dd yy, struct rs_dd rss)
{
    struct rs_dd part = rs_dd_div(rs_dd_sub(yy, rss), yy);

    return part.hi > rs_lsq_nothing ? rs_dd_double(part) : 0.0;
}

void rs_lsq_settle(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   struct rs_dd rss, bool perfect)
{
    struct rs_dd yy = lsq->y.column->all;
    int exponent = lsq->y.column->exponent;

    if (perfect)
        result->outcome = RS_FIT_PERFECT;
    lsq->rss = rss;
    lsq->sigma = sqrt(rs_dd_double(rss) / result->df);
    result->r2 = perfect ? 1.0 : explained_part(yy, rss);
    result->sigma = perfect ? NAN : ldexp(lsq->sigma, exponent);
    if (lsq->intercept)
        result->intercept.estimate = ldexp(intercept_of(lsq), exponent);
}

/* Slope, standard error and t, from scaled units to the user's; what leaves
 * the range of a double is an outcome of its own. */
static void find_test(struct rs_lsq *lsq, struct rs_lsq_result *result)
{
    int exponent = lsq->y.column->exponent - lsq->x.column->exponent;
    double se = lsq->sigma / sqrt(rs_dd_double(lsq->x.rss));

    result->x.estimate = ldexp(rs_dd_double(lsq->beta), exponent);
    if (result->outcome != RS_FIT_PERFECT) {
        result->x.se = ldexp(se, exponent);
        result->t = rs_dd_double(lsq->beta) / se;
    }
    if (isinf(result->x.estimate) || isinf(result->x.se) ||
        isinf(result->sigma) || isinf(result->intercept.estimate))
        rs_lsq_set_result(result, RS_FIT_NON_FINITE);
}

void rs_lsq_fit(struct rs_lsq *lsq, struct rs_lsq_result *result,
                const struct rs_lsq_column *x)
{
    struct rs_dd rss;
    bool perfect = false;

    lsq->x.column = x;
    result->rank = lsq->m + 1 + lsq->taken;
    result->df = lsq->n_all - (double)result->rank;
    rs_lsq_set_result(result, find_outcome(lsq, x, result->df));
    if (result->outcome != RS_FIT_OK)
        return;
    rss = find_rss(lsq, &perfect);
    rs_lsq_settle(lsq, result, rss, perfect);
    find_test(lsq, result);
}
