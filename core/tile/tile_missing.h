/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_MISSING_H
#define RS_TILE_MISSING_H

#include "tile_grid.h"
#include "tile_solutions.h"
#include "tile_terms.h"

/* Missing values, pairwise: each pair on the rows that both columns have. */
struct rs_tile_missing;

/* Two columns as doubles, rows *_step apart, and their product. */
struct rs_tile_two {
    const double *y, *x;
    size_t y_step, x_step;
    double product;
};

/* wide: columns of products that strips have; 1: pairs one by one only. worker
 * is kept. Owns: rs_tile_missing_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_missing_new(struct rs_tile_missing **out,
                                   struct rs_tile_worker *worker, size_t wide,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_tile_missing_free(struct rs_tile_missing *missing);

/* The terms of one pair over its common rows. Returns false when the exact
 * engine has to fit it; out->n is right all the same. */
bool rs_tile_missing_pair(struct rs_tile_terms *out,
                          struct rs_tile_missing *missing, size_t y_ix,
                          size_t x_ix, const struct rs_tile_two *two);

/* Before the strips of a stored tile. */
void rs_tile_missing_begin(struct rs_tile_missing *missing,
                           const struct rs_tile_grid *grid,
                           const struct rs_tile *tile);

/* Makes the terms of the pairs of panel `panel`.
 * c  in  the tile's products */
void rs_tile_missing_strip(struct rs_tile_missing *missing, const double *c,
                           const struct rs_tile_grid *grid,
                           const struct rs_tile *tile, size_t panel);

/* The terms of one of them; row, column: of the tile's products. */
const struct rs_tile_terms *
rs_tile_missing_at(const struct rs_tile_missing *missing, size_t row,
                   size_t column);

/* Strips shall keep solutions as well, of the pairs that have terms; kept. Not
 * beside absorbed factors. */
void rs_tile_missing_solve(struct rs_tile_missing *missing,
                           struct rs_tile_solutions *solutions);

/*
 * The sums of 8 columns of a panel over the rows that a pattern leaves.
 * out  out  n_vectors + 1 times 8, `gap` apart: with each vector of the basis,
 *           then squares
 */
void rs_tile_leave_sums(double *out, size_t gap, const double *v, size_t stride,
                        const struct rs_pattern *pattern,
                        const struct rs_basis *basis);

#endif
