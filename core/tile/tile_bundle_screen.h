/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLE_SCREEN_H
#define RS_TILE_BUNDLE_SCREEN_H

#include "tile_hits.h"

/*
 * Screening bundles of complete columns: products in floats are squared and
 * summed where they arise, and the root of z is compared with the edges. With
 * e the error of a product, that of m of them squared and summed is m^1/2 e
 * of the root of the sum (the triangle inequality), and so
 *     z^1/2 = (T / (1 - B))^1/2 is off by at most
 *     e (n_tested / (1 - B))^1/2 + e (n_beside B)^1/2 / (1 - B).
 * What is nearer to an edge is made again in doubles.
 */
struct rs_tile_bundle_screen;

/* worker, levels  in  kept. Owns: rs_tile_bundle_screen_free. Errors:
 * RS_ERR_NOMEM. */
enum rs_status rs_tile_bundle_screen_new(struct rs_tile_bundle_screen **out,
                                         struct rs_tile_worker *worker,
                                         struct rs_tile_f_levels *levels,
                                         struct rs_error *err) RS_MUST_CHECK;
void rs_tile_bundle_screen_free(struct rs_tile_bundle_screen *screen);

/* Counts the pairs of a tile but for outcomes, and remembers those that may be
 * kept. False: no memory. */
bool rs_tile_bundle_screen(struct rs_tile_bundle_screen *screen,
                           struct rs_tile_hits *hits,
                           const struct rs_tile *tile,
                           const struct rs_emitter *emit);

#endif
