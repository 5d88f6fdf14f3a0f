/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_REFINE_H
#define RS_TILE_REFINE_H

#include "tile_hits.h"
#include "tile_missing.h"

/*
 * Screening finds pairs in single precision; those that are kept get the r
 * that a stored tile would give them, to the last bit: their columns are
 * prepared once more in doubles, packed, and multiplied by the same kernel.
 * The columns of y are kept for the whole tile; hits are taken x by x, so
 * that no column of x is prepared twice.
 */
struct rs_tile_refine;

/* missing: NULL when nothing is missing; kept, as the worker is. Owns:
 * rs_tile_refine_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_refine_new(struct rs_tile_refine **out,
                                  struct rs_tile_worker *worker,
                                  struct rs_tile_missing *missing,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_refine_free(struct rs_tile_refine *refine);

/* r of all hits anew, and their terms where values are missing. Sorts hits by
 * x. False: no memory. */
bool rs_tile_refine(struct rs_tile_refine *refine, struct rs_tile_hits *hits,
                    const struct rs_tile *tile);

/* 8 dependents from place y_ix on, a multiple of 8, of which y is one that has
 * to be there: rows of a panel of doubles, as a kernel takes them. After
 * rs_tile_refine. */
const double *rs_tile_refine_y(struct rs_tile_refine *refine, size_t y_ix,
                               size_t y);

#endif
