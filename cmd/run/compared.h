/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMPARED_H
#define RS_COMPARED_H

#include "adder.h"
#include "model.h"

/*
 * What a set of covariates changes (--compare): beta and r2 of a pair less
 * those by the first set's covariates, on the same rows. Both models are
 * fitted exactly for it, whatever engine the row is of, so that the
 * difference is right where the models hardly differ. There is none where
 * the first set does not have the pair, or either fit no such number.
 */
struct rs_compared {
    const struct rs_model *model;
    const size_t *first; /* [n_first] the first set's covariates */
    size_t n_first;
    const size_t *filled; /* what columns are as x; NULL: themselves */
};

/* The adder of rows of another set than the first. compared: borrowed. */
struct rs_adder rs_compared_adder(const struct rs_compared *compared);

#endif
