/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PLAN_H
#define RS_PLAN_H

#include "error.h"
#include "plan_parts.h"

/*
 * The plan: which pairs there are, and how they are cut into tiles.
 *
 * Pairs are cells of the grid of dependents (rows) by independents
 * (columns). A cell is no pair when y and x are the same column, or when one
 * of them is a covariate (those rows and columns are left out of the grid).
 * A tile is a block of the grid, claimed whole by a worker; tiles are
 * numbered row of tiles by row of tiles, and their pairs y by y. The shape
 * follows from the plan alone, never from the number of workers: so does the
 * order of the rows in the output.
 *
 * Of a list the grid has the y and x that it names, and a tile is a block
 * that holds some of its pairs: those of tile_y rows, cut before a column
 * that is tile_x from the first, or before there are too many; what lies
 * between blocks is in none. A row of the list is sorted, so that a pair's
 * number and its cell are found from one another by halving.
 */

/*
 * Makes a plan.
 * Owns: rs_plan_clear. Errors: RS_ERR_USAGE when there is no pair, when
 * matched lists differ in length or unique lists differ; RS_ERR_NOMEM.
 */
enum rs_status rs_plan_init(struct rs_plan *plan, const struct rs_plan_ask *ask,
                            struct rs_error *err) RS_MUST_CHECK;
void rs_plan_clear(struct rs_plan *plan);

/* The same pairs in tiles of another shape. Borrows the lists. Owns:
 * rs_plan_clear_reshaped. Errors: RS_ERR_NOMEM, *out is empty then. */
enum rs_status rs_plan_reshape(struct rs_plan *out, const struct rs_plan *plan,
                               struct rs_tile_shape shape,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_plan_clear_reshaped(struct rs_plan *plan);

/* Puts other columns in the place of the independents: of column j, by[j].
 * Pairs, and what is a column itself, stay as they are. */
void rs_plan_replace_x(struct rs_plan *plan, const size_t *by);

/* The columns of all y, then of all x: [n_y + n_x], for free(). Errors: NULL
 * and err filled. */
size_t *rs_plan_columns(const struct rs_plan *plan, struct rs_error *err);

/* The cells of a tile. tile in [0, n_tiles). */
struct rs_tile rs_plan_tile(const struct rs_plan *plan, uint64_t tile);

/* Number of cell (i, j) within a tile, counted row by row. */
static inline uint64_t rs_tile_item(const struct rs_tile *tile, size_t i,
                                    size_t j)
{
    return (i - tile->y0) * (tile->x1 - tile->x0) + (j - tile->x0);
}

/* True when the cell is a pair. */
bool rs_plan_has(const struct rs_plan *plan, size_t y_ix, size_t x_ix);

/* The first pair of row y_ix at x_ix or behind it, in a grid that is not
 * whole; see rs_plan_next. */
size_t rs_plan_next_of_some(const struct rs_plan *plan, size_t y_ix,
                            size_t x_ix);

/* The first pair of row y_ix at x_ix or behind it; n_x or more: there is
 * none. */
static inline size_t rs_plan_next(const struct rs_plan *plan, size_t y_ix,
                                  size_t x_ix)
{
    if (plan->pairs != RS_PAIRS_ALL)
        return rs_plan_next_of_some(plan, y_ix, x_ix);
    return x_ix + (plan->self_x[y_ix] == x_ix ? 1 : 0);
}

/* Most pairs of a tile. */
size_t rs_plan_most_pairs(const struct rs_plan *plan);

/* Number of the pair in cell (y_ix, x_ix), counted y by y over the grid. */
uint64_t rs_plan_pair(const struct rs_plan *plan, size_t y_ix, size_t x_ix);

/* Pairs that are numbered below every pair of row y_ix at x_ix or behind it. */
uint64_t rs_plan_pairs_left(const struct rs_plan *plan, size_t y_ix,
                            size_t x_ix);

/* Pairs of the first `tiles` tiles. tiles in [0, n_tiles]. */
uint64_t rs_plan_pairs_before(const struct rs_plan *plan, uint64_t tiles);

/* The cell of a pair: the inverse of rs_plan_pair. */
void rs_plan_cell(size_t *y_ix, size_t *x_ix, const struct rs_plan *plan,
                  uint64_t pair);

#endif
