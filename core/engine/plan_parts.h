/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PLAN_PARTS_H
#define RS_PLAN_PARTS_H

#include "pairs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a plan is made of, and made from: see plan.h. */

struct rs_plan_tiles; /* see plan_list.h */

struct rs_plan {
    enum rs_pairs pairs;
    size_t n_y, n_x;
    size_t *y;                     /* [n_y] column indices of the dataset */
    size_t *x;                     /* [n_x] */
    size_t tile_y, tile_x;         /* cells of a full tile */
    size_t tiles_down, tiles_wide; /* tiles in the grid */
    uint64_t n_tiles;
    uint64_t n_pairs;
    uint64_t n_self;      /* cells left out because y is x */
    uint64_t n_covariate; /* cells left out because y or x is a covariate */
    uint64_t *before_y;   /* [n_y + 1] pairs in the rows before */
    size_t *self_x;       /* [n_y] the x that is y itself, n_x if none */
    uint32_t *listed;     /* [n_pairs] of a list: x_ix, rising within a row;
                             NULL: no list */
    struct rs_plan_tiles *tiles; /* of a list; NULL: no list */
};

/* The cells of one tile: rows y0 <= i < y1, columns x0 <= j < x1. */
struct rs_tile {
    size_t y0, y1, x0, x1;
};

/* Cells of a tile: dependents by independents, at least 1 each. */
struct rs_tile_shape {
    size_t y, x;
    size_t pairs; /* of a list, at most; 0: as many as there are cells */
};

/* What a plan is made of; column indices, no index twice in a list. */
struct rs_plan_ask {
    enum rs_pairs pairs;
    const size_t *y, *x; /* [n_y], [n_x] */
    size_t n_y, n_x;
    const size_t *covariates; /* [n_covariates] left out */
    size_t n_covariates;
    struct rs_tile_shape shape;      /* of matched pairs a tile holds shape.y */
    const struct rs_pair_list *list; /* of RS_PAIRS_LIST: of its pairs those
                                        that are in y and x */
};

/* The last of n rows, of pairs or tiles, that begins at or before one of them.
 * starts  in  [n] rising, the first one at or before it */
static inline size_t rs_plan_row_of(const uint64_t *starts, size_t n,
                                    uint64_t at)
{
    size_t low = 0;
    size_t high = n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

#endif
