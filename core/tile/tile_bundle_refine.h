/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLE_REFINE_H
#define RS_TILE_BUNDLE_REFINE_H

#include "tile_hits.h"
#include "tile_refine.h"

/* What screening found of bundles, by products in doubles: to the bits of
 * stored tiles. */
struct rs_tile_bundle_refine;

/* refine: for its columns of y; levels. Both are kept, as the worker is. Owns:
 * rs_tile_bundle_refine_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_bundle_refine_new(struct rs_tile_bundle_refine **out,
                                         struct rs_tile_worker *worker,
                                         struct rs_tile_refine *refine,
                                         struct rs_tile_f_levels *levels,
                                         struct rs_error *err) RS_MUST_CHECK;
void rs_tile_bundle_refine_free(struct rs_tile_bundle_refine *refine);

/* The joints of all hits that are bundles, which rs_tile_refine has sorted.
 * False: no memory. */
bool rs_tile_bundle_refine(struct rs_tile_bundle_refine *refine,
                           struct rs_tile_hits *hits,
                           const struct rs_tile *tile);

#endif
