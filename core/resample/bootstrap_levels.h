/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BOOTSTRAP_LEVELS_H
#define RS_BOOTSTRAP_LEVELS_H

#include "bootstrap_units.h"
#include "error.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The bootstrap beside one absorbed factor. A resample has other means in
 * every level, so the sums that resamples share (bootstrap_sums.h) do not
 * serve: each slope is computed from the rows, in two passes, means and then
 * products about them, and from residuals where that cancels. Levels that a
 * resample does not have are no matter.
 */
struct rs_bootstrap_levels;

/* The rows of a pair; all borrowed. */
struct rs_bootstrap_rows_of {
    size_t n, n_padded;
    const uint32_t *nodes; /* [n] level of each */
    size_t n_nodes;
    const double *root; /* [n] roots of the weights; NULL: ones */
    const struct rs_bootstrap_units *units; /* what is drawn of them */
};

/* Room for n_max rows, as many levels, k vectors at most. Owns:
 * rs_bootstrap_levels_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_bootstrap_levels_new(struct rs_bootstrap_levels **out,
                                       size_t n_max, size_t n_nodes, size_t k,
                                       struct rs_error *err) RS_MUST_CHECK;
void rs_bootstrap_levels_free(struct rs_bootstrap_levels *levels);

/*
 * Makes these rows current, and takes the levels' means out of k vectors.
 * q      inout  [k][n_padded]
 * lever  out    [n] leverages in the levels alone
 */
void rs_bootstrap_levels_set(struct rs_bootstrap_levels *levels,
                             const struct rs_bootstrap_rows_of *rows, size_t k,
                             double *q, double *lever);

/* Slopes are given so many vectors from now on. */
void rs_bootstrap_levels_use(struct rs_bootstrap_levels *levels, size_t k);

/*
 * The slope of y on x in a sample; NaN when there is none.
 * drawn  in  [n_drawn] its rows, or clusters
 * x, y   in  [n] what levels and vectors leave of them over all rows
 */
double rs_bootstrap_levels_slope(struct rs_bootstrap_levels *levels,
                                 const uint32_t *drawn, size_t n_drawn,
                                 const double *x, const double *y,
                                 const double *q);

#endif
