/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_ERRORS_H
#define RS_LSQ_ERRORS_H

#include "base_columns.h"
#include "errors.h"
#include "lsq.h"

/* Leverage of rows, and standard errors that need residuals row by row. */

/* leverage  inout  [n] adds the part of the factors that are absorbed, on the
 * rows set last. Errors: RS_ERR_NOMEM. */
enum rs_status rs_absorbed_leverage(double *leverage,
                                    const struct rs_base_columns *base,
                                    struct rs_error *err) RS_MUST_CHECK;

/* leverage  inout  [n] adds the part of intercept and covariates; absorbed
 * factors apart. After rs_lsq_response. */
void rs_lsq_leverage(double *leverage, const struct rs_lsq *lsq);

/*
 * Standard error and t of the slope that rs_lsq_fit gave last, by the kind of
 * the room, whose base has the leverage of the covariates.
 * result  inout  that fit, ok; non_finite where it has no standard error
 */
void rs_lsq_errors(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   struct rs_errors_room *room);

#endif
