/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_MEAT_MISSING_H
#define RS_TILE_MEAT_MISSING_H

#include "tile_meat.h"
#include "tile_missing.h"

/*
 * Meats with missing values: row by row, of each pair on its common rows, out
 * of packed columns and what tile_missing keeps of the pair.
 */
struct rs_tile_meat_missing;

/* worker, missing  in  kept; the latter's strips are asked for solutions. wide:
 * columns of a strip. Owns: rs_tile_meat_missing_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_meat_missing_new(struct rs_tile_meat_missing **out,
                                        struct rs_tile_worker *worker,
                                        struct rs_tile_missing *missing,
                                        size_t wide,
                                        struct rs_error *err) RS_MUST_CHECK;
void rs_tile_meat_missing_free(struct rs_tile_meat_missing *self);

/* The meats of the pairs of panel `panel`, after the terms of its strip. */
void rs_tile_meat_missing_strip(struct rs_tile_meat_missing *self,
                                const struct rs_tile_grid *grid,
                                const struct rs_tile *tile, size_t panel);

/* That of one of them that has terms; row, column: of the tile's products. */
const struct rs_tile_meat *
rs_tile_meat_missing_at(const struct rs_tile_meat_missing *self, size_t row,
                        size_t column);

#endif
