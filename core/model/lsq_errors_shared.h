/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_ERRORS_SHARED_H
#define RS_LSQ_ERRORS_SHARED_H

#include "errors.h"
#include "lsq_errors.h"
#include "lsq_shared.h"

/* What lsq_errors_slope.c (leverage, the slope), lsq_errors_f.c (a block),
 * lsq_errors_terms.c (a coefficient), lsq_errors_base.c (the rows of these two)
 * and lsq_joint.c share. All fill the room of a fit. */

/* Residuals of x, estimate 0, and of the fit, and what leverage leaves. */
void rs_lsq_errors_of_x(struct rs_lsq *lsq, struct rs_errors_room *room);

/* The same where no x stands beside the base; its vectors from `first` on are
 * the estimates. */
void rs_lsq_errors_of_base(const struct rs_lsq *lsq,
                           struct rs_errors_room *room, size_t first);

struct rs_errors_fit rs_lsq_errors_fit(const struct rs_lsq *lsq,
                                       const struct rs_lsq_result *result,
                                       size_t first, size_t n_estimates);

/* What each row's y counts for in a coefficient, as estimate k; that of x, if
 * there is one, is number 0 and stays. Returns the squares. */
double rs_lsq_find_influence(const struct rs_lsq *lsq,
                             struct rs_errors_room *room, size_t k,
                             const struct rs_lsq_influence *of);

/* The coefficient that a row of rs_lsq_sums is, [m + 1]. */
static inline struct rs_lsq_influence
rs_lsq_influence_of(const struct rs_lsq *lsq, const struct rs_dd *row)
{
    struct rs_dd length = rs_dd_sqrt(lsq->x.rss);

    return (struct rs_lsq_influence){
        .parts = row, .of_x = rs_dd_neg(rs_dd_mul(row[lsq->m], length))};
}

/* The norm of an estimate that is the sum itself. */
static inline double rs_lsq_plain_norm(const struct rs_lsq *lsq)
{
    return lsq->counts ? 1.0 / lsq->one : 1.0;
}

/* True when the fit meets every row that tells of estimate k, but for
 * rounding, so that its errors there are none: others may have residuals
 * still, as those of another level in which x is constant. uu: squares of u */
bool rs_lsq_errors_met(struct rs_lsq *lsq, const struct rs_errors_room *room,
                       size_t k, double uu);

#endif
