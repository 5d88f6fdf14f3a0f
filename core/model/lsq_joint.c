/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "lsq_errors_shared.h"
#include "lsq_shared.h"
#include "mem.h"

#include <math.h>
#include <stdlib.h>

/*
 * Coefficients are rows of T^-1 times the products of y with the vectors, x's
 * own vector the last of them: what several explain together is the part of
 * these products that lies in the space of their rows.
 */

struct rs_dd rs_lsq_rss(const struct rs_lsq *lsq)
{
    return lsq->rss;
}

size_t rs_lsq_kept(const struct rs_lsq *lsq, size_t ix)
{
    for (size_t l = 0; l < lsq->m; l++)
        if (lsq->kept_ix[l] == ix)
            return l;
    return SIZE_MAX;
}

/* The row of kept column j, [m + 1]. */
static void find_row(struct rs_lsq *lsq, struct rs_dd *row, size_t j)
{
    const struct rs_dd *inverse = &rs_lsq_inverse(lsq)[j * lsq->k_max];
    struct rs_dd of_x = rs_lsq_inner(&inverse[j], &lsq->x.c[j], lsq->m - j);

    for (size_t l = 0; l < lsq->m; l++)
        row[l] = l < j ? rs_dd_of(0.0) : inverse[l];
    row[lsq->m] = rs_dd_neg(rs_dd_div(of_x, rs_dd_sqrt(lsq->x.rss)));
}

/* Frees a row of those before, twice, and brings it to length 1. */
static void orthogonalise(struct rs_dd *rows, size_t n, size_t wide)
{
    struct rs_dd *row = &rows[n * wide];
    struct rs_dd length;

    for (size_t k = 0; k < 2 * n; k++) {
        const struct rs_dd *other = &rows[k % n * wide];
        struct rs_dd part = rs_lsq_inner(other, row, wide);
        for (size_t l = 0; l < wide; l++)
            row[l] = rs_dd_sub(row[l], rs_dd_mul(part, other[l]));
    }
    length = rs_dd_sqrt(rs_lsq_inner(row, row, wide));
    for (size_t l = 0; l < wide; l++)
        row[l] = rs_dd_div(row[l], length);
}

/* What a row comes to. */
static struct rs_dd value_of(const struct rs_lsq *lsq, const struct rs_dd *row)
{
    struct rs_dd of_x = rs_dd_mul(lsq->beta, rs_dd_sqrt(lsq->x.rss));

    return rs_dd_add(rs_lsq_inner(row, lsq->y.c, lsq->m),
                     rs_dd_mul(row[lsq->m], of_x));
}

bool rs_lsq_joint(struct rs_lsq *lsq, struct rs_lsq_joint *out,
                  const struct rs_lsq_result *result,
                  struct rs_errors_room *room, const size_t *kept, size_t n)
{
    size_t wide = lsq->m + 1;
    struct rs_dd *rows = rs_alloc(n * (wide + 1), sizeof *rows, NULL);
    struct rs_dd *c = rows + n * wide;
    const struct rs_lsq_sums sums = {rows, c, n};

    *out = (struct rs_lsq_joint){NAN, RS_FIT_OK};
    if (rows == NULL)
        return false;
    for (size_t k = 0; k < n; k++) {
        struct rs_dd *row = &rows[k * wide];
        find_row(lsq, row, kept[k]);
        orthogonalise(rows, k, wide);
        c[k] = value_of(lsq, row);
    }
    if (room != NULL)
        out->f = rs_lsq_errors_wald(lsq, &out->outcome, result, room, &sums);
    else
        out->f = rs_dd_double(rs_lsq_inner(c, c, n)) / (double)n / lsq->sigma /
                 lsq->sigma;
    free(rows);
    return true;
}

/* Standard error of a sum of products with y, in scaled units. */
static double error_of(struct rs_lsq *lsq, enum rs_outcome *outcome,
                       const struct rs_lsq_result *result,
                       struct rs_errors_room *room, const struct rs_dd *row)
{
    const struct rs_lsq_influence of = rs_lsq_influence_of(lsq, row);

    return rs_lsq_term_error(lsq, outcome, result, room, &of);
}

bool rs_lsq_difference(struct rs_lsq *lsq, struct rs_lsq_term *out,
                       const struct rs_lsq_result *result,
                       struct rs_errors_room *room, size_t a, size_t b)
{
    size_t wide = lsq->m + 1;
    size_t of = a == SIZE_MAX ? b : a;
    struct rs_dd *row = rs_alloc(2 * wide, sizeof *row, NULL);
    double se = NAN;
    int exponent = 0;

    *out = (struct rs_lsq_term){NAN, NAN, RS_FIT_OK};
    if (row == NULL)
        return false;
    exponent = lsq->y.column->exponent - lsq->kept[of]->exponent;
    if (a != SIZE_MAX)
        find_row(lsq, row, a);
    if (b != SIZE_MAX)
        find_row(lsq, row + wide, b);
    for (size_t l = 0; l < wide; l++)
        row[l] = rs_dd_sub(row[l], row[wide + l]);
    se = room != NULL
             ? error_of(lsq, &out->outcome, result, room, row)
             : lsq->sigma *
                   rs_dd_double(rs_dd_sqrt(rs_lsq_inner(row, row, wide)));
    out->estimate = ldexp(rs_dd_double(value_of(lsq, row)), exponent);
    out->se = ldexp(se, exponent);
    free(row);
    return true;
}
