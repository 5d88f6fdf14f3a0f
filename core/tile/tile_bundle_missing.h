/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLE_MISSING_H
#define RS_TILE_BUNDLE_MISSING_H

#include "tile_joint.h"

/* Missing values, pairwise, of bundles: each pair on the rows that y and x
 * both have. */
struct rs_tile_bundle_missing;

/* What the pairs of a tile are: bundles [first, end), in stacks from stack0
 * on. */
struct rs_tile_bundle_range {
    size_t first, end, stack0, stack1;
};

/* A pair over its common rows. */
struct rs_tile_bundle_common {
    struct rs_tile_joint joint;
    bool sound; /* else the exact engine fits it */
};

/* cells: bundles of a tile at most, whole stacks. worker  in  kept. Owns:
 * rs_tile_bundle_missing_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_bundle_missing_new(struct rs_tile_bundle_missing **out,
                                          struct rs_tile_worker *worker,
                                          size_t cells,
                                          struct rs_error *err) RS_MUST_CHECK;
void rs_tile_bundle_missing_free(struct rs_tile_bundle_missing *missing);

/* Before a tile. */
void rs_tile_bundle_missing_begin(struct rs_tile_bundle_missing *missing,
                                  const struct rs_tile_bundle_range *range);

/*
 * The pairs of row i, a plain y.
 * c     in  its products with the panels of the range
 * new   in  the first row of its strip in the tile
 */
void rs_tile_bundle_missing_row(struct rs_tile_bundle_missing *missing,
                                const double *c, size_t i, bool new_strip);

/* One of them, by its place from the first bundle of stack0 on. */
const struct rs_tile_bundle_common *
rs_tile_bundle_missing_at(const struct rs_tile_bundle_missing *missing,
                          size_t at);

#endif
