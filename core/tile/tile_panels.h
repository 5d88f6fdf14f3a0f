/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_PANELS_H
#define RS_TILE_PANELS_H

#include "tile_data.h"

/*
 * Makes the columns of a plan, and packs them: the panels of both sides, their
 * faces and sums, whose room is there, on n_threads threads.
 * same  in  the columns of y are those of x, and made there
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_tile_panels_fill(struct rs_tile_data *data,
                                   const struct rs_plan *plan, bool same,
                                   unsigned n_threads,
                                   struct rs_error *err) RS_MUST_CHECK;

#endif
