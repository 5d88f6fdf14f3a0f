/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SOLUTIONS_H
#define RS_TILE_SOLUTIONS_H

#include "error.h"
#include "kernel.h"

#include <stddef.h>

/*
 * What the rows of pairs with missing values follow from (rs_two_columns), of
 * the pairs of a strip, kept as their terms are made: u of x, u of y, and the
 * rows of the lower triangle of L^-1.
 */
struct rs_tile_solutions {
    size_t c, wide;
    double *values;  /* [RS_BLOCK_Y][wide][2 c + c (c + 1) / 2] */
    double *inverse; /* [c (c + 1) / 2] of the factor set last */
};

/* c vectors, strips of at most wide columns. Owns: rs_tile_solutions_clear,
 * also after an error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_solutions_init(struct rs_tile_solutions *out, size_t c,
                                      size_t wide,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_tile_solutions_clear(struct rs_tile_solutions *solutions);

/* The Cholesky factor of the pairs that are kept next. */
void rs_tile_solutions_set(struct rs_tile_solutions *solutions,
                           const double *factor);

/* Keeps one of them. u_x, u_y  in  [c] */
void rs_tile_solutions_keep(struct rs_tile_solutions *solutions, size_t row,
                            size_t column, const double *u_x,
                            const double *u_y);

/* u of x, behind it u of y, and behind that the inverse, of one pair. */
const double *rs_tile_solutions_at(const struct rs_tile_solutions *solutions,
                                   size_t row, size_t column);

#endif
