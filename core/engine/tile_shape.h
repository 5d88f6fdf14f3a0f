/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SHAPE_H
#define RS_TILE_SHAPE_H

#include "plan.h"

/*
 * How large the tiles of a plan are. The shape follows from the sweep alone,
 * never from the number of workers or from the engine, because it is the
 * order of the rows.
 */
struct rs_tile_shape_ask {
    size_t n_y, n_x;
    uint64_t n_listed; /* pairs of a list; 0: no list */
    size_t n_rows;
    size_t n_covariates;
    size_t rows_per_pair; /* of output, at most; 0: 1 */
    bool by_tile;         /* of the engine that would be chosen */
    bool screened;        /* few pairs are kept */
    bool matrix;          /* no rows are written, but cells of a matrix */
    bool complete;        /* no values are missing */
};

/*
 * The shape for a sweep.
 * Tiles of the tile engine are blocks of the grid: tall and wide where few
 * pairs are kept, and such that their rows fit into a slot of the hand-over
 * where all are. Others are pieces of a row, or whole rows; of a list about as
 * many pairs.
 */
struct rs_tile_shape rs_tile_shape_for(const struct rs_tile_shape_ask *ask);

#endif
