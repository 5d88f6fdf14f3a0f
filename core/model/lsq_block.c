/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_shared.h"

#include <math.h>

bool rs_lsq_shrink(struct rs_lsq *lsq)
{
    const struct rs_lsq_state *plain = &lsq->plain;

    if (lsq->k == plain->k)
        return false;
    lsq->k = plain->k;
    lsq->m = plain->m;
    lsq->finite = plain->finite;
    lsq->y.rss = plain->y_rss;
    lsq->y_explained = plain->y_explained;
    lsq->inverse_known = false;
    return true;
}

/* Takes columns into the base, and what they explain out of y. */
static void extend(struct rs_lsq *lsq,
                   const struct rs_lsq_column *const *columns, size_t n)
{
    size_t first = lsq->m;
    const struct rs_lsq_column *y = lsq->y.column;

    if (n > 0 && lsq->k == 0)
        lsq->weight = columns[0]->weight;
    for (size_t j = 0; j < n; j++) {
        lsq->columns[lsq->k] = columns[j];
        lsq->finite = lsq->finite && columns[j]->finite && columns[j]->settled;
        rs_lsq_append(lsq, lsq->k++);
    }
    if (!y->finite || !y->settled || !lsq->finite)
        return;
    for (size_t l = first; l < lsq->m; l++)
        lsq->y.c[l] = rs_lsq_on_vector(lsq, y, l);
    lsq->y.rss =
        rs_dd_sub(lsq->y.rss, rs_lsq_inner(&lsq->y.c[first], &lsq->y.c[first],
                                           lsq->m - first));
}

/* There is no x beside the base. */
static void set_no_x(struct rs_lsq *lsq)
{
    lsq->x.column = &lsq->none;
    lsq->x.rss = rs_dd_of(1.0);
    lsq->beta = rs_dd_of(0.0);
    for (size_t l = 0; l < lsq->m; l++)
        lsq->x.c[l] = rs_dd_of(0.0);
}

/* Sum of squares that the vectors from `first` on explain of y. A product that
 * is no larger than its rounding is 0; a vector has that of its column. */
static struct rs_dd find_explained(struct rs_lsq *lsq, size_t first)
{
    struct rs_dd sum = {0.0, 0.0};
    double yy = lsq->y.column->all.hi;

    for (size_t l = first; l < lsq->m; l++) {
        struct rs_dd *c = &lsq->y.c[l];
        double left = lsq->triangle[l * lsq->k_max + l].hi;
        double size = sqrt(yy * lsq->kept[l]->all.hi) / left;
        if (fabs(c->hi) <= rs_lsq_nothing * size)
            *c = rs_dd_of(0.0);
        sum = rs_dd_add(sum, rs_dd_mul(*c, *c));
    }
    return sum;
}

/* Why there is no fit; tested: columns that the test adds to the base. */
static enum rs_outcome find_outcome(const struct rs_lsq *lsq,
                                    const struct rs_lsq_block *block,
                                    size_t tested, double df)
{
    enum rs_outcome outcome = rs_lsq_check_data(lsq, lsq->x.column, df);

    if (outcome != RS_FIT_OK)
        return outcome;
    if (tested == 0)
        return block->constant ? RS_FIT_CONSTANT_X : RS_FIT_COLLINEAR;
    return lsq->y_explained ? RS_FIT_Y_EXPLAINED : RS_FIT_OK;
}

/* F of the vectors from `first` on, of what `before` was left of y. */
static void find_f(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   size_t first, struct rs_dd before)
{
    struct rs_dd explained = find_explained(lsq, first);
    struct rs_dd rss = rs_dd_sub(before, explained);
    double length = sqrt(rs_dd_double(before) / lsq->y.column->total.hi);
    double plain = 0.0;
    bool perfect = false;

    lsq->y.rss = before;
    if (rs_lsq_has_cancelled(lsq, rss)) {
        rss = rs_lsq_sum_squares(lsq, &plain);
        perfect = rs_lsq_is_rounding(sqrt(plain / (double)lsq->n),
                                     rs_lsq_floor_of_fit(lsq), length);
    }
    lsq->y.rss = rss;
    result->df1 = lsq->m - first;
    rs_lsq_settle(lsq, result, rss, perfect);
    if (isinf(result->sigma) || isinf(result->intercept.estimate)) {
        rs_lsq_set_result(result, RS_FIT_NON_FINITE);
        return;
    }
    if (perfect)
        return;
    result->r = sqrt(explained.hi / (explained.hi + rss.hi));
    result->f = rs_dd_double(rs_dd_div(explained, rss)) * result->df /
                (double)result->df1;
}

void rs_lsq_fit_block(struct rs_lsq *lsq, struct rs_lsq_result *result,
                      const struct rs_lsq_block *block)
{
    size_t n_tested = block->n - block->n_beside;
    size_t first = 0;
    struct rs_dd before;
    enum rs_outcome outcome = RS_FIT_OK;

    (void)rs_lsq_shrink(lsq);
    extend(lsq, block->columns, block->n_beside);
    if (block->n_beside > 0 && lsq->finite && lsq->y.column->finite)
        lsq->y_explained = rs_lsq_is_explained(lsq);
    if (!block->by_f && n_tested == 1) {
        rs_lsq_fit(lsq, result, block->columns[block->n_beside]);
        if (result->outcome == RS_FIT_CONSTANT_X ||
            result->outcome == RS_FIT_COLLINEAR)
            result->outcome =
                block->constant ? RS_FIT_CONSTANT_X : RS_FIT_COLLINEAR;
        return;
    }
    before = lsq->y.rss;
    first = lsq->m;
    extend(lsq, &block->columns[block->n_beside], n_tested);
    set_no_x(lsq);
    result->rank = lsq->taken + (lsq->m > first ? lsq->m : first + 1);
    result->df = lsq->n_all - (double)result->rank;
    outcome = find_outcome(lsq, block, lsq->m - first, result->df);
    rs_lsq_set_result(result, outcome);
    if (outcome == RS_FIT_OK)
        find_f(lsq, result, first, before);
}
