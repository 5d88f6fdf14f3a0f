/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"

#include "lsq_shared.h"

#include <math.h>

/* One covariate's term: row j of T^-1 makes its coefficient of those on the
 * vectors, and its variance of theirs, which is 1 for each. */
static struct rs_lsq_term find_term(struct rs_lsq *lsq, size_t j, bool with_se)
{
    int shift = lsq->y.column->exponent - lsq->kept[j]->exponent;
    size_t n = lsq->m - j;
    const struct rs_dd *row = &rs_lsq_inverse(lsq)[j * lsq->k_max + j];
    struct rs_dd of_x = rs_lsq_inner(row, &lsq->x.c[j], n);
    struct rs_dd of_y = rs_lsq_inner(row, &lsq->y.c[j], n);
    struct rs_dd estimate = rs_dd_sub(of_y, rs_dd_mul(lsq->beta, of_x));
    struct rs_lsq_term term = {ldexp(rs_dd_double(estimate), shift), NAN};
    double variance = 0.0;

    if (!with_se)
        return term;
    variance =
        rs_dd_double(rs_dd_add(rs_lsq_inner(row, row, n),
                               rs_dd_div(rs_dd_mul(of_x, of_x), lsq->x.left)));
    term.se = ldexp(lsq->sigma * sqrt(variance), shift);
    return term;
}

void rs_lsq_terms(struct rs_lsq *lsq, struct rs_lsq_term *covariates,
                  struct rs_lsq_result *result)
{
    bool ok = result->outcome == RS_FIT_OK;
    struct rs_dd lever = rs_dd_of(0.0);
    struct rs_dd mean = rs_dd_of(0.0);

    for (size_t j = 0; j < lsq->k; j++)
        covariates[j] = (struct rs_lsq_term){NAN, NAN};
    if (!ok && result->outcome != RS_FIT_PERFECT)
        return;
    for (size_t j = 0; j < lsq->m; j++)
        covariates[lsq->kept_ix[j]] = find_term(lsq, j, ok);
    if (!ok || !lsq->intercept)
        return;
    mean = rs_dd_sub(lsq->x.column->mean,
                     rs_lsq_inner(lsq->x.c, lsq->levels, lsq->m));
    lever = lsq->absorbed ? rs_dd_of(lsq->lever)
                          : rs_dd_div(rs_dd_of(1.0), lsq->x.column->total);
    lever = rs_dd_add(lever, rs_lsq_inner(lsq->levels, lsq->levels, lsq->m));
    lever = rs_dd_add(lever, rs_dd_div(rs_dd_mul(mean, mean), lsq->x.left));
    result->intercept.se = ldexp(lsq->sigma * rs_dd_double(rs_dd_sqrt(lever)),
                                 lsq->y.column->exponent);
}

/* As lsq->levels, of a level's contrast in the place of the intercept. */
static void find_levels(struct rs_lsq *lsq, struct rs_dd *levels,
                        const struct rs_contrast *contrast)
{
    size_t stride = lsq->k_max;

    for (size_t j = 0; j < lsq->m; j++) {
        const struct rs_lsq_column *column = lsq->kept[j];
        struct rs_dd value = rs_contrast_value(contrast, column->effects);
        for (size_t l = 0; l < j; l++)
            value = rs_dd_sub(
                value, rs_dd_mul(lsq->triangle[l * stride + j], levels[l]));
        levels[j] = rs_dd_div(value, lsq->triangle[j * stride + j]);
    }
}

struct rs_lsq_term rs_lsq_level(struct rs_lsq *lsq,
                                const struct rs_contrast *contrast,
                                double spread,
                                const struct rs_lsq_result *result)
{
    const struct rs_lsq_column *x = lsq->x.column;
    const struct rs_lsq_column *y = lsq->y.column;
    struct rs_dd *levels = lsq->b;
    struct rs_dd of_x;
    struct rs_dd of_y;
    struct rs_dd variance;
    struct rs_lsq_term term = {NAN, NAN};

    find_levels(lsq, levels, contrast);
    of_x = rs_dd_sub(rs_contrast_value(contrast, x->effects),
                     rs_lsq_inner(lsq->x.c, levels, lsq->m));
    of_y = rs_dd_sub(rs_contrast_value(contrast, y->effects),
                     rs_lsq_inner(lsq->y.c, levels, lsq->m));
    term.estimate = ldexp(
        rs_dd_double(rs_dd_sub(of_y, rs_dd_mul(lsq->beta, of_x))), y->exponent);
    if (result->outcome != RS_FIT_OK)
        return term;
    variance =
        rs_dd_add(rs_dd_of(spread), rs_lsq_inner(levels, levels, lsq->m));
    variance =
        rs_dd_add(variance, rs_dd_div(rs_dd_mul(of_x, of_x), lsq->x.left));
    term.se =
        ldexp(lsq->sigma * rs_dd_double(rs_dd_sqrt(variance)), y->exponent);
    return term;
}
