/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PLAN_LIST_H
#define RS_PLAN_LIST_H

#include "error.h"
#include "plan_parts.h"

/* What a plan of listed pairs has of its own: for plan.c, which see. A pair
 * takes 4 bytes, a tile 8. */

/* Columns of a tile. */
struct rs_plan_span {
    uint32_t x0, x1;
};

struct rs_plan_tiles {
    uint64_t *starts;           /* [tiles_down + 1] first tile of each row of
                                   tiles */
    struct rs_plan_span *spans; /* [n_tiles] rising within a row of tiles */
    uint64_t most;              /* pairs of a tile */
};

/* Takes the pairs of ask->list that are in the plan's lists, and counts them
 * and those that are none. Errors: RS_ERR_NOMEM; RS_ERR_USAGE for more than
 * 2^32 - 2 columns. */
enum rs_status rs_plan_take_list(struct rs_plan *plan,
                                 const struct rs_plan_ask *ask,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Cuts them by plan->tile_y and tile_x, at most so many pairs in a tile that
 * has two columns; 0: any number. Owns: rs_plan_free_tiles. */
enum rs_status rs_plan_cut_list(struct rs_plan *plan, size_t most_pairs,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_plan_free_tiles(struct rs_plan_tiles *tiles); /* NULL allowed */

struct rs_tile rs_plan_listed_tile(const struct rs_plan *plan, uint64_t tile);
size_t rs_plan_next_listed(const struct rs_plan *plan, size_t y_ix,
                           size_t x_ix);
size_t rs_plan_most_listed(const struct rs_plan *plan);

/* The number of the first pair of row y_ix at x_ix or behind it; that of the
 * row's end where there is none. */
uint64_t rs_plan_listed_from(const struct rs_plan *plan, size_t y_ix,
                             size_t x_ix);

#endif
