/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_VALUES_H
#define RS_TILE_VALUES_H

#include "tile_grid.h"
#include "tile_level.h"
#include "tile_terms.h"

/* One number of every pair of a stored tile as a matrix, without rows. */
struct rs_tile_values;

/* worker  in  kept. Owns: rs_tile_values_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_values_new(struct rs_tile_values **out,
                                  struct rs_tile_worker *worker,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_values_free(struct rs_tile_values *values);

/* Before the rows of a tile. False when the number has to be taken from the
 * rows of pairs after all. */
bool rs_tile_values_begin(struct rs_tile_values *values,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile,
                          const struct rs_tile_grid *grid);

/* All cells of row i. r  in  the products of the row */
void rs_tile_values_row(struct rs_tile_values *values, const double *r,
                        const struct rs_emitter *emit,
                        const struct rs_tile *tile,
                        const struct rs_tile_grid *grid, size_t i);

/* One pair whose number does not need p: counts it and fills its cell. False:
 * it needs p, or the exact engine; nothing is done then. level may be NULL. */
bool rs_tile_values_pair(const struct rs_tile_worker *worker,
                         const struct rs_emitter *emit, size_t i, size_t j,
                         const struct rs_tile_terms *terms,
                         struct rs_tile_level *level);

#endif
