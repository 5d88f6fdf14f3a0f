/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COVARIATE_USE_H
#define RS_COVARIATE_USE_H

#include "spec.h"

/*
 * What became of the covariates of a run, for people: on the rows that have
 * all of them. On the rows of a pair it may be something else.
 */
struct rs_covariate_use {
    size_t n_columns; /* 1; of a factor: its levels there but the reference */
    size_t n_dropped; /* of these, explained by earlier covariates */
    bool constant;    /* one value, or one level: no column at all */
    bool infinite;    /* some value is: no pair can be fitted */
};

/*
 * uses  out  [spec->n_covariates]
 * n     out  rows that have all of them, and a weight above 0; 0: uses are 0
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_covariate_uses(struct rs_covariate_use *uses, size_t *n,
                                 const struct rs_spec *spec,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
