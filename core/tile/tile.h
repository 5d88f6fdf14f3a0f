/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_H
#define RS_TILE_H

#include "engine.h"
#include "tile_data.h"

/* What every part of the tile engine needs of a worker. */

/* Relative error that may be left in a number: both engines shall agree to
 * 1e-10, and several such errors may meet. */
static const double rs_tile_allowed = 3e-11;

/* Relative error that may be left in t = r sqrt(df / (1 - r^2)), and, where
 * the condition of ln p in t is below 1, in p itself: so p has 1e-12 times
 * that condition, of which half is left to the tail. */
static const double rs_tile_allowed_t = 5e-13;

/* The condition of ln p in t is at most this times t where it is below 1. */
static const double rs_tile_most_slope = 1.4;

/* Below this 1 - r^2 a fit may be perfect: for the exact engine to say. */
static const double rs_tile_least_rest = 1e-4;

struct rs_tile_level;   /* see tile_level.h */
struct rs_tile_bundled; /* see tile_bundled.h */

struct rs_tile_worker {
    struct rs_engine_env env;
    const struct rs_tile_data *data;
    const struct rs_kernel *kernel;
    size_t block_x;                  /* columns of a block */
    size_t wide, high;               /* columns and rows of a tile's products:
                                        whole blocks, whole panels */
    void *fits;                      /* exact engine's workspace */
    struct rs_tile_level **levels;   /* [rows + 1], see rs_tile_level_of */
    struct rs_tile_bundled *bundled; /* stored tiles; NULL: no bundles */
    bool no_memory;                  /* for a level: fits would be others */
    double certain;                  /* see rs_tile_terms */
    double least_rest;               /* a smaller 1 - r^2 has too few digits */
    double single_error;             /* bound, of products of floats */
};

#endif
