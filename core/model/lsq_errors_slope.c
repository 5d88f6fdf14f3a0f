/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "lsq_errors_shared.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what leverage leaves of 1 ----------------------------------- */

/* Of row i, or of one of those that it stands for. */
static double weight_of(const struct rs_base_columns *base, size_t i)
{
    const struct rs_row_weights *weights = rs_base_weights(base);

    if (base->spec.counts)
        return rs_base_one(base);
    return weights == NULL ? 1.0 : weights->weight[i];
}

/* The same of row i by all levels, in double-double: what they leave of a
 * column that is this row. */
static struct rs_dd left_of_row(const struct rs_base_columns *base, double *hi,
                                double *lo, size_t i)
{
    memset(hi, 0, base->n_set * sizeof *hi);
    memset(lo, 0, base->n_set * sizeof *lo);
    hi[i] = 1.0;
    if (!rs_absorb_residuals(base->absorb, base->work, hi, lo, NULL))
        return rs_dd_of(0.0);
    return (struct rs_dd){hi[i], lo[i]};
}

/* Leverage of one row of several factors is the squared length of the fit on
 * all levels of a column that is that row. Of the rows that little is left of,
 * those up to the first that nothing is left of are sharp.
 * room  out  [2 n + nodes], zeros at first */
static void leave_levels(struct rs_dd *left, double *room,
                         const struct rs_base_columns *base)
{
    const struct rs_absorb *absorb = base->absorb;
    size_t n_factors = rs_absorb_n_factors(absorb);
    double *sums = room + 2 * base->n_set;
    bool any = true;

    for (size_t i = 0; i < base->n_set; i++) {
        double w = weight_of(base, i);
        double part = 0.0;
        for (size_t f = 0; f < n_factors; f++)
            sums[rs_absorb_nodes(absorb, f)[i]] = w;
        part = 1.0 - rs_absorb_length(absorb, base->work, sums, 1) / w;
        for (size_t f = 0; f < n_factors; f++)
            sums[rs_absorb_nodes(absorb, f)[i]] = 0.0;
        left[i] = rs_dd_of(part);
        if (part >= rs_lsq_sharp || !any)
            continue;
        left[i] = left_of_row(base, room, room + base->n_set, i);
        any = left[i].hi > rs_errors_least_left;
    }
}

enum rs_status rs_absorbed_left(struct rs_dd *left,
                                const struct rs_base_columns *base,
                                struct rs_error *err)
{
    const struct rs_absorb *absorb = base->absorb;
    double *room = NULL;

    for (size_t i = 0; i < base->n_set; i++)
        left[i] = rs_dd_of(1.0);
    if (absorb == NULL)
        return RS_OK;
    if (rs_absorb_n_factors(absorb) == 1) {
        const uint32_t *nodes = rs_absorb_nodes(absorb, 0);
        const struct rs_dd *totals = rs_absorb_totals(absorb);
        for (size_t i = 0; i < base->n_set; i++) {
            struct rs_dd w = rs_dd_of(weight_of(base, i));
            left[i] = rs_dd_sub(left[i], rs_dd_div(w, totals[nodes[i]]));
        }
        return RS_OK;
    }
    room = rs_alloc(2 * base->n_set + rs_absorb_n_nodes(absorb), sizeof *room,
                    err);
    if (room == NULL)
        return RS_ERR_NOMEM;
    leave_levels(left, room, base);
    free(room);
    return RS_OK;
}

struct rs_dd rs_lsq_leverage(const struct rs_lsq *lsq, size_t i)
{
    struct rs_dd sum = rs_dd_of(0.0);

    if (lsq->intercept && !lsq->absorbed)
        sum = rs_dd_div(rs_dd_of(1.0), lsq->y.column->total);
    for (size_t l = 0; l < lsq->m; l++) {
        struct rs_dd v = rs_lsq_vector_at(lsq, l, i);
        sum = rs_dd_add(sum, rs_dd_mul(v, v));
    }
    return rs_dd_scale(sum, rs_lsq_row_weight(lsq, i));
}

void rs_lsq_base_left(double *left, const struct rs_dd *levels,
                      const struct rs_lsq *lsq)
{
    bool centred = lsq->intercept && !lsq->absorbed;
    double total = rs_dd_double(lsq->y.column->total);

    for (size_t i = 0; i < lsq->n; i++) {
        double sum = centred ? 1.0 / total : 0.0;
        for (size_t l = 0; l < lsq->m; l++) {
            double v = lsq->vectors[2 * l * lsq->n_max + i];
            sum += v * v;
        }
        left[i] = levels[i].hi - sum * rs_lsq_row_weight(lsq, i);
    }
}

/* ---- errors ------------------------------------------------------ */

/* Rows that are at work at once. */
enum { CHUNK = 256 };

/* Residuals of x and of the fit, row by row, and what leverage leaves. Returns
 * false where little is left of 1. */
static bool find_rows(const struct rs_lsq *lsq, struct rs_errors_room *room,
                      double xx)
{
    const double *root = rs_lsq_roots(lsq);
    double one = lsq->counts ? lsq->one : 1.0;
    double x_hi[CHUNK], x_lo[CHUNK], y_hi[CHUNK], y_lo[CHUNK];
    bool fine = true;

    for (size_t first = 0; first < lsq->n; first += CHUNK) {
        size_t n = lsq->n - first < CHUNK ? lsq->n - first : CHUNK;
        rs_lsq_residual_rows(x_hi, x_lo, lsq, &lsq->x, first, n);
        rs_lsq_residual_rows(y_hi, y_lo, lsq, &lsq->y, first, n);
        for (size_t k = 0; k < n; k++) {
            size_t i = first + k;
            struct rs_dd x = {x_hi[k], x_lo[k]};
            struct rs_dd y = {y_hi[k], y_lo[k]};
            double by = root == NULL ? 1.0 : root[i];
            room->own[0][i] = x;
            room->rest[i] = rs_dd_sub(y, rs_dd_mul(lsq->beta, x));
            room->u[0][i] = x.hi * by;
            room->e[i] = room->rest[i].hi * by;
            room->left[i] =
                room->base[i] - room->u[0][i] * room->u[0][i] / xx * one;
            fine = fine && room->left[i] >= rs_lsq_sharp;
        }
    }
    return fine;
}

/* The same in double-double. What the slope is off by is much beside the
 * residual of a row that any fit nearly meets: it is found from the residuals,
 * and taken out of them. */
static void sharpen(const struct rs_lsq *lsq, struct rs_errors_room *room)
{
    const double *weight = lsq->x.column->weight;
    const double *root = rs_lsq_roots(lsq);
    struct rs_dd xx = {0.0, 0.0};
    struct rs_dd xe = {0.0, 0.0};

    for (size_t i = 0; i < lsq->n; i++) {
        rs_lsq_add(&xx, room->own[0][i], room->own[0][i], weight, i);
        rs_lsq_add(&xe, room->own[0][i], room->rest[i], weight, i);
    }
    xe = rs_dd_div(xe, xx);
    for (size_t i = 0; i < lsq->n; i++) {
        struct rs_dd x = room->own[0][i];
        struct rs_dd part = rs_dd_div(rs_dd_mul(x, x), xx);
        room->rest[i] = rs_dd_sub(room->rest[i], rs_dd_mul(xe, x));
        room->e[i] = room->rest[i].hi * (root == NULL ? 1.0 : root[i]);
        if (room->left[i] >= rs_lsq_sharp)
            continue;
        part = rs_dd_scale(part, rs_lsq_row_weight(lsq, i));
        part = rs_dd_add(part, rs_lsq_leverage(lsq, i));
        room->left[i] = rs_dd_double(rs_dd_sub(room->levels[i], part));
    }
}

bool rs_lsq_errors_met(struct rs_lsq *lsq, const struct rs_errors_room *room,
                       size_t k, double uu)
{
    double length = sqrt(rs_dd_double(lsq->y.rss) / lsq->y.column->total.hi);
    double squares = 0.0;

    for (size_t i = 0; i < lsq->n; i++) {
        double part = room->u[k][i] * room->rest[i].hi;
        squares += part * part * (lsq->counts ? room->times[i] : 1.0);
    }
    return rs_lsq_is_rounding(sqrt(squares / uu), rs_lsq_floor_of_fit(lsq),
                              length);
}

struct rs_errors_fit rs_lsq_errors_fit(const struct rs_lsq *lsq,
                                       const struct rs_lsq_result *result,
                                       size_t first, size_t n_estimates)
{
    return (struct rs_errors_fit){.first = first,
                                  .n_estimates = n_estimates,
                                  .weight = lsq->y.column->weight,
                                  .n = lsq->n,
                                  .counts = lsq->counts,
                                  .n_all = lsq->n_all,
                                  .k = (double)result->rank};
}

void rs_lsq_errors_of_x(struct rs_lsq *lsq, struct rs_errors_room *room)
{
    double xx = rs_dd_double(lsq->x.rss);

    if (!find_rows(lsq, room, xx))
        sharpen(lsq, room);
    room->norm[0] = lsq->counts ? xx / lsq->one : xx;
}

void rs_lsq_errors(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   struct rs_errors_room *room)
{
    const struct rs_errors_fit fit = rs_lsq_errors_fit(lsq, result, 0, 1);
    double variance = NAN;

    rs_lsq_errors_of_x(lsq, room);
    result->outcome =
        rs_errors_covariance(&variance, &result->test_df, room, &fit);
    if (result->outcome == RS_FIT_OK &&
        (!(variance > 0.0) || rs_lsq_errors_met(lsq, room, 0, room->norm[0])))
        result->outcome = RS_FIT_NO_VARIANCE;
    if (result->outcome == RS_FIT_OK) {
        result->x.se = ldexp(sqrt(variance),
                             lsq->y.column->exponent - lsq->x.column->exponent);
        result->t = rs_dd_double(lsq->beta) / sqrt(variance);
    }
    if (result->outcome == RS_FIT_OK && isinf(result->x.se))
        result->outcome = RS_FIT_NON_FINITE;
    if (result->outcome != RS_FIT_OK) {
        result->x.se = NAN;
        result->t = NAN;
    }
}
