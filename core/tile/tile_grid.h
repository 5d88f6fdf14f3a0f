/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_GRID_H
#define RS_TILE_GRID_H

#include "tile.h"

/* Where the blocks of a tile lie among the panels. */
struct rs_tile_grid {
    size_t panel0, panel1;   /* y, in blocks */
    size_t block0, block1;   /* x blocks; none: all below the diagonal */
    size_t y_first, x_first; /* cells of the lists at row, column 0 of the
                                tile's products */
};

struct rs_tile_grid rs_tile_grid_of(const struct rs_tile_worker *self,
                                    const struct rs_tile *tile);

#endif
