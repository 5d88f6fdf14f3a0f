/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_POOLED_H
#define RS_POOLED_H

#include "part.h"
#include "pool_groups.h"

/*
 * The rows of --pool-groups: a part of the run whose pairs are fitted in every
 * group, and their slopes pooled (pool_groups.h). Its engine is this one, its
 * plan that of the pairs, its spec of all rows, and what is prepared of it the
 * struct here. A tile is fitted group by group by the groups' own engines, on
 * the tile's columns alone, so that what is kept is a slope and an error for
 * each pair of a tile and group.
 */
struct rs_pooled_groups {
    enum rs_pooling how;
    const struct rs_run_part *parts; /* [n] of the groups; borrowed */
    size_t n;
};

extern const struct rs_engine rs_engine_pooled;

/* Tiles that keep to some MiB in a worker. */
struct rs_tile_shape rs_pooled_shape(struct rs_tile_shape shape,
                                     size_t n_groups);

#endif
