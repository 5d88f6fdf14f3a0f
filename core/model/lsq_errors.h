/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_ERRORS_H
#define RS_LSQ_ERRORS_H

#include "base_columns.h"
#include "errors.h"
#include "lsq.h"

/* Leverage of rows, and standard errors that need residuals row by row. */

/* What leverage leaves of 1 has its digits even where that is 1e-10, as of an
 * outlier: standard errors divide by it.
 * left  out  [n] by the factors that are absorbed, on the rows set last; 1
 *            without. Errors: RS_ERR_NOMEM. */
enum rs_status rs_absorbed_left(struct rs_dd *left,
                                const struct rs_base_columns *base,
                                struct rs_error *err) RS_MUST_CHECK;

/* left    out  [n] by all covariates and the intercept, in double
 * levels  in   [n] as above. After rs_lsq_response. */
void rs_lsq_base_left(double *left, const struct rs_dd *levels,
                      const struct rs_lsq *lsq);

/*
 * Standard error and t of the slope that rs_lsq_fit gave last, by the kind of
 * the room, whose base has what the covariates leave.
 * result  inout  that fit, ok; where it has no standard error, it says why
 */
void rs_lsq_errors(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   struct rs_errors_room *room);

/* Once for the terms of a fit: its rows. */
void rs_lsq_rows_of_terms(struct rs_lsq *lsq, struct rs_errors_room *room);

/*
 * A coefficient as a sum over the rows i of y_i, times
 *     constant + (hi + lo)_i + sum_l parts_l v_li - of_x x~_i / x~'x~
 * and the row's weight; v the vectors of the base, from number `first` on.
 */
struct rs_lsq_influence {
    struct rs_dd constant;
    bool levels;               /* hi, lo are room->level_hi, level_lo; else 0 */
    const struct rs_dd *parts; /* [m - first] */
    size_t first;
    struct rs_dd of_x;
};

/* Its standard error, in scaled units, or NaN and why there is none. */
double rs_lsq_term_error(struct rs_lsq *lsq, enum rs_outcome *outcome,
                         const struct rs_lsq_result *result,
                         struct rs_errors_room *room,
                         const struct rs_lsq_influence *of);

/*
 * Wald's F of the block that rs_lsq_fit_block gave last: of the products c of
 * its vectors with y and their covariance V, F = c'V^-1 c / df1. The room is
 * for df1 estimates, and its base has what the whole fit leaves.
 * result  inout  as there; no_variance where V is singular
 */
void rs_lsq_errors_f(struct rs_lsq *lsq, struct rs_lsq_result *result,
                     struct rs_errors_room *room);

/*
 * Sums of the products of y with the base's vectors and with x's own, each
 * sum's squares 1 and all orthogonal: what several coefficients test together.
 */
struct rs_lsq_sums {
    const struct rs_dd *rows; /* [n][m + 1] that of x last */
    const struct rs_dd *c;    /* [n] what they come to */
    size_t n;
};

/* Wald's F of them, after rs_lsq_rows_of_terms, or NaN and why there is none.
 * The room is for n + 1 estimates. */
double rs_lsq_errors_wald(struct rs_lsq *lsq, enum rs_outcome *outcome,
                          const struct rs_lsq_result *result,
                          struct rs_errors_room *room,
                          const struct rs_lsq_sums *sums);

#endif
