/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SCREEN_MISSING_H
#define RS_TILE_SCREEN_MISSING_H

#include "tile_hits.h"

/* Screens one block of products, from cell (y_ix, x_ix) on, after
 * rs_tile_missing_single_block: counts its pairs and remembers those that may
 * be kept. c  in  [RS_BLOCK_Y][block_x]. False: no memory. */
bool rs_tile_screen_missing(struct rs_tile_hits *hits,
                            struct rs_tile_missing_single *singles,
                            const struct rs_tile *tile,
                            const struct rs_emitter *emit, const float *c,
                            struct rs_tile_place at);

#endif
