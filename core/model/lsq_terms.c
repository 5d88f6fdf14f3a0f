/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"

#include "lsq_errors.h"
#include "lsq_shared.h"

#include <math.h>

/* A difference that double-doubles cannot tell from 0 is 0. size: sum of the
 * sizes of what went into it. */
static double or_zero(struct rs_dd value, double size)
{
    return fabs(value.hi) > rs_lsq_nothing * size ? rs_dd_double(value) : 0.0;
}

/* sum |a_l b_l| */
static double size_of(const struct rs_dd *a, const struct rs_dd *b, size_t m)
{
    double sum = 0.0;

    for (size_t l = 0; l < m; l++)
        sum += fabs(a[l].hi * b[l].hi);
    return sum;
}

/* One covariate's term: row j of T^-1 makes its coefficient of those on the
 * vectors, and its variance of theirs, which is 1 for each. */
static struct rs_lsq_term find_term(struct rs_lsq *lsq, size_t j,
                                    const struct rs_lsq_result *result,
                                    struct rs_errors_room *room)
{
    int shift = lsq->y.column->exponent - lsq->kept[j]->exponent;
    size_t n = lsq->m - j;
    const struct rs_dd *row = &rs_lsq_inverse(lsq)[j * lsq->k_max + j];
    struct rs_dd of_x = rs_lsq_inner(row, &lsq->x.c[j], n);
    struct rs_dd of_y = rs_lsq_inner(row, &lsq->y.c[j], n);
    struct rs_dd estimate = rs_dd_sub(of_y, rs_dd_mul(lsq->beta, of_x));
    double size = size_of(row, &lsq->y.c[j], n) +
                  fabs(lsq->beta.hi) * size_of(row, &lsq->x.c[j], n);
    struct rs_lsq_term term = {ldexp(or_zero(estimate, size), shift), NAN,
                               RS_FIT_OK};
    double variance = 0.0;

    if (result->outcome != RS_FIT_OK)
        return term;
    if (room != NULL) {
        const struct rs_lsq_influence of = {
            .parts = row, .first = j, .of_x = of_x};
        term.se = ldexp(
            rs_lsq_term_error(lsq, &term.outcome, result, room, &of), shift);
        return term;
    }
    variance =
        rs_dd_double(rs_dd_add(rs_lsq_inner(row, row, n),
                               rs_dd_div(rs_dd_mul(of_x, of_x), lsq->x.rss)));
    term.se = ldexp(lsq->sigma * sqrt(variance), shift);
    return term;
}

/* Of the intercept, of which the fit has the estimate. */
static void find_intercept(struct rs_lsq *lsq, struct rs_lsq_result *result,
                           struct rs_errors_room *room)
{
    struct rs_lsq_term *term = &result->intercept;
    int shift = lsq->y.column->exponent;
    struct rs_dd lever = rs_dd_of(0.0);
    struct rs_dd mean = rs_dd_sub(lsq->x.column->mean,
                                  rs_lsq_inner(lsq->x.c, lsq->levels, lsq->m));

    if (room != NULL) {
        struct rs_lsq_influence of = {
            .levels = lsq->absorbed, .parts = lsq->b, .of_x = mean};
        if (!lsq->absorbed)
            of.constant = rs_dd_div(rs_dd_of(1.0), lsq->y.column->total);
        for (size_t l = 0; l < lsq->m; l++)
            lsq->b[l] = rs_dd_neg(lsq->levels[l]);
        term->se = ldexp(
            rs_lsq_term_error(lsq, &term->outcome, result, room, &of), shift);
        return;
    }
    lever = lsq->absorbed ? rs_dd_of(lsq->lever)
                          : rs_dd_div(rs_dd_of(1.0), lsq->y.column->total);
    lever = rs_dd_add(lever, rs_lsq_inner(lsq->levels, lsq->levels, lsq->m));
    lever = rs_dd_add(lever, rs_dd_div(rs_dd_mul(mean, mean), lsq->x.rss));
    term->se = ldexp(lsq->sigma * rs_dd_double(rs_dd_sqrt(lever)), shift);
}

void rs_lsq_terms(struct rs_lsq *lsq, struct rs_lsq_term *covariates,
                  struct rs_lsq_result *result, struct rs_errors_room *room)
{
    for (size_t j = 0; j < lsq->k; j++)
        covariates[j] = (struct rs_lsq_term){NAN, NAN, RS_FIT_OK};
    if (result->outcome != RS_FIT_OK && result->outcome != RS_FIT_PERFECT)
        return;
    for (size_t j = 0; j < lsq->m; j++)
        covariates[lsq->kept_ix[j]] = find_term(lsq, j, result, room);
    if (result->outcome == RS_FIT_OK && lsq->intercept)
        find_intercept(lsq, result, room);
}

/* Of a column's effects, and of its shift where the contrast is one of a
 * constant too. */
static struct rs_dd value_of(const struct rs_lsq_column *column,
                             const struct rs_contrast *contrast, bool constant)
{
    struct rs_dd value = rs_dd_of(0.0);

    if (column->effects != NULL)
        value = rs_contrast_value(contrast, column->effects);
    return constant ? rs_dd_add(value, rs_dd_of(column->shift)) : value;
}

/* As lsq->levels, of another contrast than the intercept's. */
static void find_levels(struct rs_lsq *lsq, struct rs_dd *levels,
                        const struct rs_contrast *contrast, bool constant)
{
    size_t stride = lsq->k_max;

    for (size_t j = 0; j < lsq->m; j++) {
        struct rs_dd value = value_of(lsq->kept[j], contrast, constant);
        for (size_t l = 0; l < j; l++)
            value = rs_dd_sub(
                value, rs_dd_mul(lsq->triangle[l * stride + j], levels[l]));
        levels[j] = rs_dd_div(value, lsq->triangle[j * stride + j]);
    }
}

/* The sum as one of coefficients on the vectors. */
static void find_parts(struct rs_lsq *lsq, struct rs_dd *parts,
                       const struct rs_lsq_sum *sum)
{
    const struct rs_dd *inverse = rs_lsq_inverse(lsq);

    find_levels(lsq, parts, sum->contrast, false);
    for (size_t l = 0; l < lsq->m; l++) {
        parts[l] = rs_dd_neg(parts[l]);
        if (sum->kept <= l)
            parts[l] = rs_dd_add(parts[l], inverse[sum->kept * lsq->k_max + l]);
    }
}

struct rs_lsq_term rs_lsq_sum_term(struct rs_lsq *lsq,
                                   const struct rs_lsq_sum *sum,
                                   const struct rs_lsq_result *result,
                                   struct rs_errors_room *room)
{
    const struct rs_lsq_column *x = lsq->x.column;
    const struct rs_lsq_column *y = lsq->y.column;
    int exponent = y->exponent - sum->exponent;
    struct rs_dd *parts = lsq->b;
    struct rs_dd level_x = value_of(x, sum->contrast, false);
    struct rs_dd level_y = value_of(y, sum->contrast, false);
    struct rs_dd of_x;
    struct rs_dd of_y;
    struct rs_dd variance;
    struct rs_lsq_term term = {NAN, NAN, RS_FIT_OK};
    double size = 0.0;

    find_parts(lsq, parts, sum);
    of_x = rs_dd_add(level_x, rs_lsq_inner(lsq->x.c, parts, lsq->m));
    of_y = rs_dd_add(level_y, rs_lsq_inner(lsq->y.c, parts, lsq->m));
    size = fabs(level_y.hi) + size_of(lsq->y.c, parts, lsq->m) +
           fabs(lsq->beta.hi) *
               (fabs(level_x.hi) + size_of(lsq->x.c, parts, lsq->m));
    term.estimate = ldexp(
        or_zero(rs_dd_sub(of_y, rs_dd_mul(lsq->beta, of_x)), size), exponent);
    if (result->outcome != RS_FIT_OK)
        return term;
    if (room != NULL) {
        const struct rs_lsq_influence of = {
            .levels = true, .parts = parts, .of_x = of_x};
        term.se = ldexp(
            rs_lsq_term_error(lsq, &term.outcome, result, room, &of), exponent);
        return term;
    }
    variance =
        rs_dd_add(rs_dd_of(sum->spread), rs_lsq_inner(parts, parts, lsq->m));
    variance =
        rs_dd_add(variance, rs_dd_div(rs_dd_mul(of_x, of_x), lsq->x.rss));
    term.se = ldexp(lsq->sigma * rs_dd_double(rs_dd_sqrt(variance)), exponent);
    return term;
}

void rs_lsq_explain(struct rs_lsq *lsq, const struct rs_lsq_column *column)
{
    (void)rs_lsq_on_base(lsq, &lsq->x, column);
}

struct rs_dd rs_lsq_explained_part(struct rs_lsq *lsq, size_t l)
{
    const struct rs_dd *row = &rs_lsq_inverse(lsq)[l * lsq->k_max + l];

    return rs_lsq_inner(row, &lsq->x.c[l], lsq->m - l);
}

struct rs_dd rs_lsq_explained_level(struct rs_lsq *lsq,
                                    const struct rs_contrast *contrast,
                                    bool constant)
{
    struct rs_dd value = value_of(lsq->x.column, contrast, constant);

    find_levels(lsq, lsq->b, contrast, constant);
    return rs_dd_sub(value, rs_lsq_inner(lsq->x.c, lsq->b, lsq->m));
}
