/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_CUT_H
#define RS_TILE_CUT_H

#include "tile.h"

/* The |r| of the best pairs so far in a tile, of each group (all, one y, one
 * x) a heap with the smallest first: a pair below it is none of the best. */
struct rs_tile_cut;

/* *out: NULL where |r| does not rank the pairs, or the heaps are not worth
 * their memory. Owns: rs_tile_cut_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_cut_new(struct rs_tile_cut **out,
                               const struct rs_tile_worker *worker,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_tile_cut_free(struct rs_tile_cut *cut);

/* Begins a tile. */
void rs_tile_cut_clear(struct rs_tile_cut *cut);

/* Takes |r| of a cell of the tile into its heap; false when it is below all
 * of a full one by more than `error` can make up for. Equal ones pass: which
 * is better is not for |r| to say. */
bool rs_tile_cut_passes(struct rs_tile_cut *cut, size_t y, size_t x, double r,
                        double error);

/* What the cut asks of the rows [y, y + RS_BLOCK_Y) at least. */
double rs_tile_cut_least(const struct rs_tile_cut *cut, size_t y);

#endif
