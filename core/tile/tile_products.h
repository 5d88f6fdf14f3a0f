/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_PRODUCTS_H
#define RS_TILE_PRODUCTS_H

#include "tile_grid.h"
#include "tile_meat.h"

/* The products in doubles of all blocks of a tile: see tile_meat.h. */

/*
 * c     out  [products][high][wide], the tile's; r alone where all its pairs
 *            have missing values
 * open  out  [high][wide] room that clusters need
 */
void rs_tile_products(double *c, double *open,
                      const struct rs_tile_worker *worker,
                      const struct rs_tile_grid *grid,
                      const struct rs_tile *tile);

/* One block of y and of x elsewhere than in the panels of the data, with the
 * same bits. */
struct rs_tile_block {
    const double *y[RS_FACE_SQUARED + 1]; /* faces, of [n][width] */
    const double *x[RS_FACE_WEIGHT + 1];  /* likewise, n width apart */
    const double *sums;                   /* of clusters */
};

/*
 * c     out  [products][RS_BLOCK_Y][block_x of doubles]
 * open  out  [RS_BLOCK_Y][the same] room that clusters need
 */
void rs_tile_products_block(double *c, double *open,
                            const struct rs_tile_worker *worker,
                            const struct rs_tile_block *block);

#endif
