/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_F_LEVEL_H
#define RS_TILE_F_LEVEL_H

#include "f_table.h"
#include "tile_level.h"

/* What depends on both degrees of freedom of an F alone: as tile_level.h, by
 * the share z of the squares that what is tested explains. */
struct rs_tile_f_level {
    struct rs_tile_level *level; /* of df */
    size_t df1;
    double least_z;           /* to be kept, by p */
    double edges[RS_P_EDGES]; /* of the tally, as z, rising */
    struct rs_f_table *table;
};

/* Those of a worker. */
struct rs_tile_f_levels;

/* worker  in  kept. Owns: rs_tile_f_levels_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_f_levels_new(struct rs_tile_f_levels **out,
                                    struct rs_tile_worker *worker,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_tile_f_levels_free(struct rs_tile_f_levels *levels);

/*
 * That of a bundle in a pair of n rows; NULL when there are no degrees of
 * freedom, it tests more than RS_F_MOST vectors or none, or no memory: the
 * worker knows then.
 */
const struct rs_tile_f_level *
rs_tile_f_level_of(struct rs_tile_f_levels *levels,
                   const struct rs_tile_bundle *bundle, size_t n);

/* ln p of one z; rest: 1 - z. */
double rs_tile_f_log_p(const struct rs_tile_f_level *level, double z,
                       double rest);

/* Notes it, as rs_tile_sample. sample: NULL allowed. */
void rs_tile_f_sample(const struct rs_p_sample *sample,
                      const struct rs_tile_f_level *level, size_t y_ix,
                      size_t x_ix, double z, double rest);

#endif
