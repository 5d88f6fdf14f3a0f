/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SHORTAGE_H
#define RS_SHORTAGE_H

#include "spec.h"

/*
 * Covariates that leave no pair of a run a degree of freedom: nearly as many
 * levels as rows. All fits would say n_too_small, and nobody why.
 */
struct rs_shortage {
    size_t column; /* the factor with most levels */
    size_t levels; /* of it, in the rows */
    size_t rows;   /* that have all covariates, and a weight */
    size_t rank;   /* of intercept and covariates there */
};

/*
 * Looks whether that is so, at little cost where it cannot be.
 * found  out  set when it is, and a factor has part in it
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_shortage_find(struct rs_shortage *out, bool *found,
                                const struct rs_spec *spec,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
