/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_MISSING_SINGLE_H
#define RS_TILE_MISSING_SINGLE_H

#include "tile_grid.h"
#include "tile_missing.h"

#include <math.h>

/*
 * Screening with missing values, without covariates.
 * The formulas are those of tile_missing.c with a basis of the intercept alone
 * (or of nothing), in single precision: over the common rows of y and x
 *     r = (product - b_y b_x / g) / sqrt((s_y - b_y^2 / g) (s_x - b_x^2 / g))
 * with g the part of the weight that these rows have. b and s of a column
 * depend on the partner's pattern only: they are made for each pattern of
 * the tile's y over a block of x, and for each pattern of x over all y of
 * the tile.
 *
 * The fewer rows a pair has, the higher |r| must be for the same p: nearly as
 * 1 / sqrt(df - 1/2). So |r| is scaled by that root, with that of all rows
 * taken out, and an edge lies at nearly the same place for all pairs: between
 * the least and the largest of its places, which are as near to each other as
 * the rounding of floats, a pair is asked with its own rows.
 */

/* Scaled places, least and largest over the pairs of patterns at hand. */
struct rs_tile_band {
    double low[RS_P_EDGES], high[RS_P_EDGES]; /* low > high: no pairs */
    double kept;                              /* the least to be kept */
    double perfect;                           /* perhaps a perfect fit */
};

struct rs_tile_missing_single {
    struct rs_tile_worker *worker;
    struct rs_tile_missing *missing; /* for pairs to be looked at again */

    /* the blocks from which the arrays below are cut: columns, vector,
     * y_patterns */
    size_t wide;    /* columns of a block of x; patterns of x held at most */
    size_t rows;    /* of the tile, whole blocks */
    bool centred;   /* there is a vector of the basis: the intercept */
    float *vector;  /* [n] it, in floats */
    double extra;   /* rounding of the sums, besides single_error */
    double perfect; /* |r| from which on a fit may be perfect */

    /* the tile's y by pattern */
    uint32_t *y_patterns; /* [n_y_patterns] */
    size_t n_y_patterns;
    uint32_t *y_of; /* [rows] which of them */
    size_t y_first; /* place of row 0 in the plan's list */

    /* x by pattern; the list lasts from block to block until it is full */
    uint32_t *x_patterns; /* [n_x_patterns], one more while listing */
    size_t n_x_patterns;
    uint32_t *x_of; /* [wide] which of them, of the block */

    /* by pattern of y, of the block's x */
    float *x_b; /* [n_y_patterns][wide] */
    float *x_f; /* [n_y_patterns][wide] scale / root of the residual; NaN:
                   too little of it, or too few rows */
    float x_most;
    /* by pattern of x, of the tile's y */
    float *y_b;    /* [rows / RS_BLOCK_Y][wide][RS_BLOCK_Y] b / g */
    float *y_f;    /* likewise 1 / root of the residual; NaN likewise */
    float *y_most; /* [rows / RS_BLOCK_Y] */

    float *per_g; /* [n_y_patterns][wide] by pattern of x: 1 / g */
    uint32_t *n;  /* likewise common rows */

    float *scale;    /* [rows of the data + 1] by common rows; NaN: too few */
    uint32_t *stamp; /* [rows of the data + 1] == turn: is in the band */
    uint32_t turn;
    struct rs_tile_band band;

    double *columns; /* [2][rows of the data] a pair, to be looked at again */
    float *r;        /* [RS_BLOCK_Y][wide] of a block: scaled, absolute; -1: no
                        pair, -2: for the exact engine */
};

/* worker, missing  in  kept. Owns: rs_tile_missing_single_free. Errors:
 * RS_ERR_NOMEM. */
enum rs_status rs_tile_missing_single_new(struct rs_tile_missing_single **out,
                                          struct rs_tile_worker *worker,
                                          struct rs_tile_missing *missing,
                                          struct rs_error *err) RS_MUST_CHECK;
void rs_tile_missing_single_free(struct rs_tile_missing_single *singles);

/* Before a tile. */
void rs_tile_missing_single_tile(struct rs_tile_missing_single *singles,
                                 const struct rs_tile_grid *grid);

/* Before the blocks of one block of x. False: no memory. */
bool rs_tile_missing_single_block(struct rs_tile_missing_single *singles,
                                  const struct rs_tile_grid *grid, size_t x_ix);

/* What |r| of n common rows is multiplied by. */
static inline double
rs_tile_missing_scale(const struct rs_tile_missing_single *singles, size_t n)
{
    return isnan(singles->scale[n]) ? 1.0 : (double)singles->scale[n];
}

/* A block, by places in the plan's lists. */
struct rs_tile_place {
    size_t y_ix, x_ix;
};

/* Cell i of a block with row 0 of its y at `row`: place of its pair of
 * patterns in n and per_g, of its terms in x_b and x_f, in y_b and y_f. */
struct rs_tile_cell {
    size_t patterns, x, y;
};

static inline struct rs_tile_cell
rs_tile_missing_cell(const struct rs_tile_missing_single *h, size_t row,
                     size_t i)
{
    size_t y = row + i / h->wide;
    size_t j = i % h->wide;
    size_t p = h->y_of[y] * h->wide;

    return (struct rs_tile_cell){
        .patterns = p + h->x_of[j],
        .x = p + j,
        .y = (y / RS_BLOCK_Y * h->wide + h->x_of[j]) * RS_BLOCK_Y +
             y % RS_BLOCK_Y,
    };
}

#endif
