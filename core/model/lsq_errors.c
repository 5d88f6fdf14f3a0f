/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"

#include "lsq_shared.h"
#include "mem.h"

#include <math.h>
#include <stdlib.h>

/* Leverage of one row of several factors is the squared length of the fit on
 * all levels of a column that is that row. */
static void leverage_of_levels(double *leverage, double *sums,
                               const struct rs_base_columns *base,
                               const double *weight)
{
    const struct rs_absorb *absorb = base->absorb;
    size_t n_factors = rs_absorb_n_factors(absorb);

    for (size_t i = 0; i < base->n_set; i++) {
        double w = weight == NULL ? 1.0 : weight[i];
        for (size_t f = 0; f < n_factors; f++)
            sums[rs_absorb_nodes(absorb, f)[i]] = w;
        leverage[i] += rs_absorb_length(absorb, base->work, sums, 1) / w;
        for (size_t f = 0; f < n_factors; f++)
            sums[rs_absorb_nodes(absorb, f)[i]] = 0.0;
    }
}

enum rs_status rs_absorbed_leverage(double *leverage,
                                    const struct rs_base_columns *base,
                                    struct rs_error *err)
{
    const struct rs_absorb *absorb = base->absorb;
    const struct rs_row_weights *weights = rs_base_weights(base);
    const double *weight = weights == NULL ? NULL : weights->weight;
    double *sums = NULL;

    if (absorb == NULL)
        return RS_OK;
    if (rs_absorb_n_factors(absorb) == 1) {
        const uint32_t *nodes = rs_absorb_nodes(absorb, 0);
        const struct rs_dd *totals = rs_absorb_totals(absorb);
        for (size_t i = 0; i < base->n_set; i++)
            leverage[i] +=
                (weight == NULL ? 1.0 : weight[i]) / totals[nodes[i]].hi;
        return RS_OK;
    }
    sums = rs_alloc(rs_absorb_n_nodes(absorb), sizeof *sums, err);
    if (sums == NULL)
        return RS_ERR_NOMEM;
    leverage_of_levels(leverage, sums, base, weight);
    free(sums);
    return RS_OK;
}

void rs_lsq_leverage(double *leverage, const struct rs_lsq *lsq)
{
    bool centred = lsq->intercept && !lsq->absorbed;
    double total = rs_dd_double(lsq->y.column->total);
    const double *weight = lsq->y.column->weight;

    for (size_t i = 0; i < lsq->n; i++) {
        double sum = centred ? 1.0 / total : 0.0;
        for (size_t l = 0; l < lsq->m; l++) {
            double v = lsq->vectors[2 * l * lsq->n_max + i];
            sum += v * v;
        }
        leverage[i] += weight == NULL ? sum : sum * weight[i];
    }
}

/* Rows that are at work at once. */
enum { CHUNK = 256 };

/* Residuals of x and of the fit. */
static void find_rows(const struct rs_lsq *lsq, double *x, double *e)
{
    const double *root = lsq->x.column->root;
    double x_hi[CHUNK], x_lo[CHUNK], y_hi[CHUNK], y_lo[CHUNK];

    for (size_t first = 0; first < lsq->n; first += CHUNK) {
        size_t n = lsq->n - first < CHUNK ? lsq->n - first : CHUNK;
        rs_lsq_residual_rows(x_hi, x_lo, lsq, &lsq->x, first, n);
        rs_lsq_residual_rows(y_hi, y_lo, lsq, &lsq->y, first, n);
        for (size_t i = 0; i < n; i++) {
            struct rs_dd own = {x_hi[i], x_lo[i]};
            struct rs_dd y = {y_hi[i], y_lo[i]};
            double by = root == NULL ? 1.0 : root[first + i];
            x[first + i] = own.hi * by;
            e[first + i] = rs_dd_sub(y, rs_dd_mul(lsq->beta, own)).hi * by;
        }
    }
}

void rs_lsq_errors(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   struct rs_errors_room *room)
{
    struct rs_errors_rows rows = {.x = room->x,
                                  .e = room->e,
                                  .leverage = room->whole,
                                  .n = lsq->n,
                                  .xx = rs_dd_double(lsq->x.rss)};
    double se = 0.0;

    find_rows(lsq, room->x, room->e);
    for (size_t i = 0; i < rows.n; i++)
        room->whole[i] = room->base[i] + rows.x[i] * rows.x[i] / rows.xx;
    se = sqrt(room->kind->variance(&rows));
    result->x.se = ldexp(se, lsq->y.column->exponent - lsq->x.column->exponent);
    result->t = rs_dd_double(lsq->beta) / se;
    if (isnan(se) || isinf(result->x.se)) {
        result->outcome = RS_FIT_NON_FINITE;
        result->x.se = NAN;
        result->t = NAN;
    }
}
