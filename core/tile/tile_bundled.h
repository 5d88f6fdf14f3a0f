/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLED_H
#define RS_TILE_BUNDLED_H

#include "tile_joint.h"

/* The pairs of bundles in stored tiles: all products of a tile, then row by
 * row what follows from them. */
struct rs_tile_bundled;

/* worker  in  kept. Owns: rs_tile_bundled_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_bundled_new(struct rs_tile_bundled **out,
                                   struct rs_tile_worker *worker,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_tile_bundled_free(struct rs_tile_bundled *bundled);

/* Before the rows of a tile: its products. */
void rs_tile_bundled_begin(struct rs_tile_bundled *bundled,
                           const struct rs_tile *tile);

/* Before the pairs of row i. */
void rs_tile_bundled_row(struct rs_tile_bundled *bundled,
                         const struct rs_tile *tile, size_t i);

/* Fits, counts and emits a pair of a stored tile that is not one of two plain
 * columns: of a bundle, its row made; or odd, of n rows. */
void rs_tile_bundled_emit_other(struct rs_tile_worker *self,
                                const struct rs_emitter *emit,
                                const struct rs_tile *tile, size_t i, size_t j,
                                size_t n);

#endif
