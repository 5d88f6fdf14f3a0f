/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SCREEN_H
#define RS_TILE_SCREEN_H

#include "tile.h"

/* Tiles of which few pairs are kept. */
struct rs_tile_screened;

/* worker  in  kept. Owns: rs_tile_screened_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_screened_new(struct rs_tile_screened **out,
                                    struct rs_tile_worker *worker,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_tile_screened_free(struct rs_tile_screened *screened);

/* Counts all pairs of a tile and fits those that are kept. Errors:
 * RS_ERR_NOMEM. */
enum rs_status rs_tile_screen(struct rs_tile_screened *screened,
                              const struct rs_tile *tile,
                              const struct rs_emitter *emit,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
