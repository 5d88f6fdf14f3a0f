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
    const bool *wanted;      /* [panels][blocks] those with pairs; NULL: all */
};

/* True when a block of the grid has pairs. */
static inline bool rs_tile_grid_wants(const struct rs_tile_grid *grid,
                                      size_t panel, size_t block)
{
    return grid->wanted == NULL ||
           grid->wanted[(panel - grid->panel0) * (grid->block1 - grid->block0) +
                        (block - grid->block0)];
}

/* Whether a cell is looked at: of a list those that are pairs, else all. */
static inline bool rs_tile_wants(const struct rs_tile_worker *self, size_t y_ix,
                                 size_t x_ix)
{
    return self->env.plan->pairs != RS_PAIRS_LIST ||
           rs_plan_has(self->env.plan, y_ix, x_ix);
}

/* Finds the blocks that hold pairs of a list; of other plans all are wanted.
 * wanted  out  [panels][blocks] kept in grid */
void rs_tile_grid_want(struct rs_tile_grid *grid, bool *wanted,
                       const struct rs_tile_worker *self,
                       const struct rs_tile *tile);

struct rs_tile_grid rs_tile_grid_of(const struct rs_tile_worker *self,
                                    const struct rs_tile *tile);

#endif
