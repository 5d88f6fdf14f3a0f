/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SINGLE_PRODUCTS_H
#define RS_TILE_SINGLE_PRODUCTS_H

#include "tile_grid.h"
#include "tile_meat.h"

/* The products of tile_meat.h in floats, of one x block with all y blocks of a
 * tile: of complete columns, and clusters of one split. */
struct rs_tile_singles {
    float *products; /* [RS_PRODUCT_SQUARES + 1][cells], [high][block_x] each */
    float *open;     /* [high][block_x] room that clusters need */
    size_t cells;
};

void rs_tile_single_products(const struct rs_tile_singles *out,
                             const struct rs_tile_worker *worker,
                             const struct rs_tile_grid *grid, size_t block);

#endif
