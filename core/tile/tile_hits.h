/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_HITS_H
#define RS_TILE_HITS_H

#include "tile_joint.h"
#include "tile_meat.h"
#include "tile_missing_single.h"
#include "tile_terms.h"

/* What screening a tile has found: pairs that may be kept, and those for the
 * exact engine. */
struct rs_tile_hit {
    uint32_t y, x; /* within the tile */
    double r;      /* NaN: a bundle, or for the exact engine */
    size_t terms;  /* place in the terms, where values are missing; or of a
                      bundle in the joints */
    bool bundled;
};

/* A bundle and a y. */
struct rs_tile_hit_joint {
    struct rs_tile_joint joint;
    const struct rs_tile_f_level *f;
};

struct rs_tile_hits {
    struct rs_tile_hit *items; /* [n] */
    size_t n, room;
    struct rs_tile_terms *terms; /* [n] after refining, where values are
                                    missing; room_terms of them */
    size_t room_terms;
    struct rs_tile_meat *meats; /* likewise, of other errors; room_meats */
    size_t room_meats;
    struct rs_tile_hit_joint *joints; /* after rs_tile_bundle_refine */
    size_t room_joints;
};

void rs_tile_hits_clear(struct rs_tile_hits *hits);

/* y, x within the tile. False: no memory. */
bool rs_tile_hits_add(struct rs_tile_hits *hits, size_t y, size_t x, double r);

/* The same for a bundle. */
bool rs_tile_hits_add_bundle(struct rs_tile_hits *hits, size_t y, size_t x);

/* Fits and emits all of them, in the order of the plan. singles: NULL when
 * nothing is missing. */
void rs_tile_hits_emit(struct rs_tile_hits *hits, struct rs_tile_worker *worker,
                       const struct rs_tile_missing_single *singles,
                       const struct rs_tile *tile,
                       const struct rs_emitter *emit);

#endif
