/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SINGLE_H
#define RS_TILE_SINGLE_H

#include "tile.h"

/* Pairs packed in floats: one of them, and a block of their |r|. */

/* r, before corrections for missing values: of both parts of the columns, in
 * double precision, */
double rs_tile_precise(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix);
/* and of the rounded columns alone: half the reading, and enough for most. */
double rs_tile_rounded(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix);

/* Cells of a block that are no pairs of the tile become -1, which counts
 * nowhere. a  inout  [RS_BLOCK_Y][block_x], from cell (y_ix, x_ix) on */
void rs_tile_blank(const struct rs_tile_worker *self, float *a,
                   const struct rs_tile *tile, size_t y_ix, size_t x_ix);

/* Notes |r| of the pairs of such a block, -1 and -2 being none. */
void rs_tile_sample_block(const struct rs_tile_worker *self,
                          const struct rs_p_sample *sample,
                          const struct rs_tile *tile, const float *a,
                          size_t y_ix, size_t x_ix);

#endif
