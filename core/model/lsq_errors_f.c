/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cholesky.h"
#include "lsq_errors.h"
#include "lsq_errors_shared.h"

#include <math.h>

/* A variance of which the other products leave no larger part than this. */
static const double least_part = 1e-10;

/* True when some of k products c may have no error but rounding: the fit meets
 * every row that tells of it. */
static bool is_met(struct rs_lsq *lsq, const double *v, const struct rs_dd *c,
                   size_t k)
{
    struct rs_dd before = rs_dd_add(lsq->rss, rs_lsq_inner(c, c, k));
    double length = sqrt(rs_dd_double(before) / lsq->y.column->total.hi);
    double floor = rs_lsq_floor(lsq, lsq->y.c, rs_lsq_own(lsq->y.column));
    bool met = false;

    for (size_t j = 0; j < k; j++)
        met = met || !(v[j * k + j] > 0.0) ||
              rs_lsq_is_rounding(sqrt(v[j * k + j]), floor, length);
    return met;
}

/* c'V^-1 c of k products; NaN where V is singular. v: lost, room: out, [k] */
static double quadratic(double *v, double *room, const struct rs_dd *c,
                        size_t k)
{
    double sum = 0.0;

    for (size_t j = 0; j < k; j++)
        room[j] = sqrt(v[j * k + j]);
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l < k; l++)
            v[j * k + l] /= room[j] * room[l];
    if (!rs_cholesky(v, k, least_part))
        return NAN;
    for (size_t j = 0; j < k; j++)
        room[j] = rs_dd_double(c[j]) / room[j];
    rs_cholesky_forward(room, v, room, k);
    for (size_t j = 0; j < k; j++)
        sum += room[j] * room[j];
    return sum;
}

void rs_lsq_errors_f(struct rs_lsq *lsq, struct rs_lsq_result *result,
                     struct rs_errors_room *room)
{
    size_t k = result->df1;
    size_t first = lsq->m - k;
    const struct rs_errors_fit fit = rs_lsq_errors_fit(lsq, result, 0, k);
    double sum = NAN;

    rs_lsq_errors_of_base(lsq, room, first);
    for (size_t j = 0; j < k; j++)
        room->norm[j] = rs_lsq_plain_norm(lsq);
    result->f = NAN;
    result->outcome =
        rs_errors_covariance(room->meat, &result->test_df, room, &fit);
    if (result->outcome != RS_FIT_OK)
        return;
    if (!is_met(lsq, room->meat, &lsq->y.c[first], k))
        sum = quadratic(room->meat, room->norm, &lsq->y.c[first], k);
    result->f = sum / (double)k;
    if (isnan(sum))
        result->outcome = RS_FIT_NO_VARIANCE;
}

double rs_lsq_errors_wald(struct rs_lsq *lsq, enum rs_outcome *outcome,
                          const struct rs_lsq_result *result,
                          struct rs_errors_room *room,
                          const struct rs_lsq_sums *sums)
{
    const struct rs_errors_fit fit = rs_lsq_errors_fit(lsq, result, 1, sums->n);
    double sum = NAN;
    double df = 0.0;

    for (size_t k = 0; k < sums->n; k++) {
        const struct rs_lsq_influence of =
            rs_lsq_influence_of(lsq, &sums->rows[k * (lsq->m + 1)]);
        (void)rs_lsq_find_influence(lsq, room, 1 + k, &of);
        room->norm[1 + k] = rs_lsq_plain_norm(lsq);
    }
    *outcome = rs_errors_covariance(room->meat, &df, room, &fit);
    if (*outcome != RS_FIT_OK)
        return NAN;
    if (!is_met(lsq, room->meat, sums->c, sums->n))
        sum = quadratic(room->meat, room->norm + 1, sums->c, sums->n);
    if (isnan(sum))
        *outcome = RS_FIT_NO_VARIANCE;
    return sum / (double)sums->n;
}
