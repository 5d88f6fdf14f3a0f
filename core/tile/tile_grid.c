/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_grid.h"

#include <string.h>

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

void rs_tile_grid_want(struct rs_tile_grid *grid, bool *wanted,
                       const struct rs_tile_worker *self,
                       const struct rs_tile *tile)
{
    const struct rs_plan *plan = self->env.plan;
    size_t n_blocks = grid->block1 - grid->block0;

    if (plan->pairs != RS_PAIRS_LIST)
        return;
    memset(wanted, 0, (grid->panel1 - grid->panel0) * n_blocks);
    for (size_t i = tile->y0; i < tile->y1; i++) {
        bool *row = &wanted[(i / RS_BLOCK_Y - grid->panel0) * n_blocks];
        size_t j = rs_plan_next(plan, i, tile->x0);
        while (j < tile->x1) {
            size_t block = j / self->block_x;
            row[block - grid->block0] = true;
            j = rs_plan_next(plan, i, (block + 1) * self->block_x);
        }
    }
    grid->wanted = wanted;
}
