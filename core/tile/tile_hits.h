/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_HITS_H
#define RS_TILE_HITS_H

#include "tile_meat.h"
#include "tile_missing_single.h"
#include "tile_terms.h"

/* What screening a tile has found: pairs that may be kept, and those for the
 * exact engine. */
struct rs_tile_hit {
    uint32_t y, x; /* within the tile */
    double r;      /* NaN: for the exact engine */
    size_t terms;  /* place in the terms, where values are missing, or in the
                      meats */
};

struct rs_tile_hits {
    struct rs_tile_hit *items; /* [n] */
    size_t n, room;
    struct rs_tile_terms *terms; /* [n] after refining, where values are
                                    missing; room_terms of them */
    size_t room_terms;
    struct rs_tile_meat *meats; /* likewise, of other errors; room_meats */
    size_t room_meats;
};

void rs_tile_hits_clear(struct rs_tile_hits *hits);

/* y, x within the tile. False: no memory. */
bool rs_tile_hits_add(struct rs_tile_hits *hits, size_t y, size_t x, double r);

/* Fits and emits all of them, in the order of the plan. singles: NULL when
 * nothing is missing. */
void rs_tile_hits_emit(struct rs_tile_hits *hits, struct rs_tile_worker *worker,
                       const struct rs_tile_missing_single *singles,
                       const struct rs_tile *tile,
                       const struct rs_emitter *emit);

#endif
