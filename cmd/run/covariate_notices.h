/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COVARIATE_NOTICES_H
#define RS_COVARIATE_NOTICES_H

#include "notices.h"
#include "spec.h"

/* Warns of covariates that are not in the models, or not whole: constant ones,
 * and those that earlier ones explain; or of the one that most rows lack.
 * none  out  set when no row has them all
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_covariate_notices(struct rs_notices *notices, bool *none,
                                    const struct rs_spec *spec,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Warns of covariates that leave no pair a degree of freedom.
 * found  out  set when they do
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_shortage_notice(struct rs_notices *notices, bool *found,
                                  const struct rs_spec *spec,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
