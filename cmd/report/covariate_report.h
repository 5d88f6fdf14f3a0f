/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COVARIATE_REPORT_H
#define RS_COVARIATE_REPORT_H

#include "spec.h"

/*
 * Tells of the covariates that are not in the models, or not whole: constant
 * ones, and those that earlier ones explain. A line each, none where all are.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_covariate_report(const struct rs_spec *spec,
                                   struct rs_error *err) RS_MUST_CHECK;

#endif
