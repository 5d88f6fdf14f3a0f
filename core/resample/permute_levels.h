/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PERMUTE_LEVELS_H
#define RS_PERMUTE_LEVELS_H

#include "absorb.h"

/*
 * Absorbed factors and permuted columns: how much of one lies in the space of
 * the levels. The residual of x is orthogonal to it, so that products with x
 * need nothing else.
 */
struct rs_permute_levels;

/* absorb: set on all rows of the panels, without weights; borrowed. Owns:
 * rs_permute_levels_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_permute_levels_new(struct rs_permute_levels **out,
                                     const struct rs_absorb *absorb, size_t n,
                                     struct rs_error *err) RS_MUST_CHECK;
void rs_permute_levels_free(struct rs_permute_levels *levels);

/*
 * Squared lengths of the parts of a panel's columns.
 * out    out  [width]
 * panel  in   its first row, rows width apart
 * rows   in   [n] row i is its row rows[i]
 */
void rs_permute_levels_parts(struct rs_permute_levels *levels, double *out,
                             const double *panel, size_t width,
                             const uint32_t *rows);

/* Squared length of what the levels leave of a column of n rows, from its
 * rows. v  inout  [n] */
double rs_permute_levels_residual(struct rs_permute_levels *levels, double *v);

/* [n] for the caller to use. */
double *rs_permute_levels_column(struct rs_permute_levels *levels);

#endif
