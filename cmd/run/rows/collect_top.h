/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLLECT_TOP_H
#define RS_COLLECT_TOP_H

#include "collect_rows.h"

/*
 * The best fits of the parts that are in memory (top.h), as their keep says:
 * of all pairs, or of each y or x in all parts. Workers send those of a tile as
 * they are, the parent keeps the best of all. When the parts are done
 * rows are made of these, by workers once more, as they may need intervals or
 * terms: that is another run of the pool, and its collector is that of rows.
 */
struct rs_collect_top {
    struct rs_collector base;
    struct rs_collect_rows rows;     /* of what remains; the sink packs them */
    const struct rs_run_part *parts; /* those under way */
    struct rs_family_map map;        /* of their pairs to heaps */
    struct rs_top *top;
};

/* outlet: borrowed. Owns: rs_collect_top_clear. */
void rs_collect_top_init(struct rs_collect_top *self, struct rs_outlet *outlet,
                         unsigned which);
void rs_collect_top_clear(struct rs_collect_top *self);

#endif
