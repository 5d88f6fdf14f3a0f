/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MADE_TILE_H
#define RS_MADE_TILE_H

#include "made_sweep.h"
#include "tile_pair.h"

/* A small sweep made ready for the tile engine, and a worker on it: what the
 * parts of the engine are tested by, each alone. */
struct made_tile {
    struct made_sweep sweep;
    struct rs_tile_data data;
    struct rs_tile_worker worker;
};

/* Of a sweep as made_sweep_init has it; prepare: after changes to it, before
 * the parts are used. Must not be moved. Owns: made_tile_clear. */
void made_tile_init(struct made_tile *t, const struct made_ask *ask);
void made_tile_prepare(struct made_tile *t, enum rs_tile_screening screening);
void made_tile_clear(struct made_tile *t);

/* The whole grid as one tile. */
struct rs_tile made_tile_all(const struct made_tile *t);

#endif
