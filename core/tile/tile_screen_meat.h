/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SCREEN_MEAT_H
#define RS_TILE_SCREEN_MEAT_H

#include "tile_grid.h"
#include "tile_hits.h"
#include "tile_meat.h"

/* Screening by errors of other kinds: what is counted and compared is
 *     rho = |r| / root of (r^2 + df factor meat),   t^2 = df rho^2 / (1 -
 * rho^2), with the degrees of freedom of the tests. */
struct rs_tile_screen_meat;

/* worker  in  kept. Owns: rs_tile_screen_meat_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_screen_meat_new(struct rs_tile_screen_meat **out,
                                       struct rs_tile_worker *worker,
                                       struct rs_error *err) RS_MUST_CHECK;
void rs_tile_screen_meat_free(struct rs_tile_screen_meat *self);

/* The level of the tests; NULL: no memory. */
struct rs_tile_level *
rs_tile_screen_meat_level(const struct rs_tile_screen_meat *self);

/* The products of one x block with all y blocks of a tile. */
void rs_tile_screen_meat_multiply(struct rs_tile_screen_meat *self,
                                  const struct rs_tile_grid *grid,
                                  size_t block);

/* Counts, and remembers what may be kept, of one block of these; y_ix, x_ix:
 * its first. False: no memory. */
bool rs_tile_screen_meat_block(struct rs_tile_screen_meat *self,
                               struct rs_tile_hits *hits,
                               const struct rs_tile_grid *grid,
                               const struct rs_tile *tile,
                               const struct rs_emitter *emit, size_t y_ix,
                               size_t x_ix);

#endif
