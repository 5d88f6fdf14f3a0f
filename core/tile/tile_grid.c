/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_grid.h"

struct rs_tile_grid rs_tile_grid_of(const struct rs_tile_worker *self,
                                    const struct rs_tile *tile)
{
    struct rs_tile_grid grid = {
        .panel0 = tile->y0 / RS_BLOCK_Y,
        .panel1 = (tile->y1 + RS_BLOCK_Y - 1) / RS_BLOCK_Y,
        .block0 = tile->x0 / self->block_x,
        .block1 = (tile->x1 + self->block_x - 1) / self->block_x,
    };

    /* of each pair once, only those above the diagonal */
    if (self->env.plan->pairs == RS_PAIRS_UNIQUE &&
        (tile->y0 + 1) / self->block_x > grid.block0)
        grid.block0 = (tile->y0 + 1) / self->block_x;
    grid.y_first = grid.panel0 * RS_BLOCK_Y;
    grid.x_first = grid.block0 * self->block_x;
    return grid;
}
