/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_STORED_H
#define RS_TILE_STORED_H

#include "tile.h"

/* Tiles of which most pairs are kept: all products of a tile in double
 * precision, then its rows. */
struct rs_tile_stored;

/* worker  in  kept. Owns: rs_tile_stored_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_stored_new(struct rs_tile_stored **out,
                                  struct rs_tile_worker *worker,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_stored_free(struct rs_tile_stored *stored);

/* Fits all pairs of a tile. */
void rs_tile_store(struct rs_tile_stored *stored, const struct rs_tile *tile,
                   const struct rs_emitter *emit);

#endif
