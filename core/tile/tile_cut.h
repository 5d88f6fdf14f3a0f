/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_CUT_H
#define RS_TILE_CUT_H

#include "tile.h"

/* The |r| of the best pairs so far in a tile, of each group (all, one y, one
 * x) a heap with the smallest first: a pair below it is none of the best. */
struct rs_tile_cut {
    enum rs_top_of of;
    size_t most; /* in a heap */
    size_t n_groups;
    size_t *n;     /* [n_groups] */
    double *heaps; /* [n_groups][most] */
};

/* *out: NULL where |r| does not rank the pairs, or the heaps are not worth
 * their memory. Owns: rs_tile_cut_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_cut_new(struct rs_tile_cut **out,
                               const struct rs_tile_worker *worker,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_tile_cut_free(struct rs_tile_cut *cut);

/* Begins a tile. */
void rs_tile_cut_clear(struct rs_tile_cut *cut);

/* Takes |r| into the heap of a group: in a free place, or in that of the
 * smallest, which is below it. */
void rs_tile_cut_take(struct rs_tile_cut *cut, size_t group, double r);

/* Takes |r| of a cell of the tile into its heap; false when it is below all
 * of a full one by more than `error` can make up for. Equal ones pass: which
 * is better is not for |r| to say. Here, as most cells are refused at once. */
static inline bool rs_tile_cut_passes(struct rs_tile_cut *cut, size_t y,
                                      size_t x, double r, double error)
{
    size_t group = cut->of == RS_TOP_PER_Y   ? y
                   : cut->of == RS_TOP_PER_X ? x
                                             : 0;
    double smallest = cut->heaps[group * cut->most];

    if (cut->n[group] == cut->most && r <= smallest)
        return r >= smallest - error;
    rs_tile_cut_take(cut, group, r);
    return true;
}

/* What the cut asks of the rows [y, y + RS_BLOCK_Y) at least. */
double rs_tile_cut_least(const struct rs_tile_cut *cut, size_t y);

#endif
