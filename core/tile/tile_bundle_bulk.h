/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLE_BULK_H
#define RS_TILE_BUNDLE_BULK_H

#include "tile_joint.h"

/*
 * One number of every bundle's pair of a row as a matrix has it, in loops over
 * arrays: by the operations of tile_joint.c in their order, so that a cell has
 * the bits that a row of the pair would show.
 */
struct rs_tile_bundle_bulk;

/* The bundles of a tile from the first of its stacks on, [cells]; and what
 * their products with one y make, as in rs_tile_joint. */
struct rs_tile_bundle_row {
    const struct rs_tile_f_level **f; /* NULL: for the exact engine */
    size_t base, first, end;          /* numbers of bundles: of place 0, and
                                         of those of the tile */
    size_t panel0;
    const double *c; /* the products, from panel panel0 on */
    const double *beside, *tested, *z, *rest;
};

/* cells: of a tile at most. worker  in  kept. Owns:
 * rs_tile_bundle_bulk_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_bundle_bulk_new(struct rs_tile_bundle_bulk **out,
                                       struct rs_tile_worker *worker,
                                       size_t cells,
                                       struct rs_error *err) RS_MUST_CHECK;
void rs_tile_bundle_bulk_free(struct rs_tile_bundle_bulk *bulk);

/* Whether a matrix is filled so. */
bool rs_tile_bundle_bulk_can(const struct rs_tile_bundle_bulk *bulk,
                             const struct rs_emitter *emit);

/* Before the rows of a tile; its f must be there. */
void rs_tile_bundle_bulk_begin(struct rs_tile_bundle_bulk *bulk,
                               const struct rs_tile_bundle_row *row);

/* Counts the pairs of row i that are not delicate, and finds their numbers. */
void rs_tile_bundle_bulk_row(struct rs_tile_bundle_bulk *bulk,
                             const struct rs_tile_bundle_row *row,
                             const struct rs_emitter *emit, size_t i);

/* The number of one by its place; false: it is delicate, and not counted. */
bool rs_tile_bundle_bulk_at(double *out, const struct rs_tile_bundle_bulk *bulk,
                            size_t at);

#endif
