/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLLECT_ROWS_H
#define RS_COLLECT_ROWS_H

#include "collector.h"
#include "outlet.h"

/*
 * Rows for a sink: a worker makes those of a kept pair (row_maker.h) and
 * encodes them straight into the job's bytes, or packs them (packer.h); the
 * parent writes them as they come.
 */
struct rs_collect_rows {
    struct rs_collector base;
    struct rs_outlet *outlet;
    unsigned which; /* set of RS_ROWS_; 0: of pairs */
    bool packs;     /* workers hand over what they have packed; else the sink
                       packs, if need be */
};

/* Rows that workers pack where the sink wants them packed. outlet: borrowed. */
void rs_collect_rows_init(struct rs_collect_rows *self,
                          struct rs_outlet *outlet, unsigned which);

/* Upper bound of the bytes of a row of the part. */
size_t rs_collect_rows_longest(const struct rs_collect_rows *self,
                               const struct rs_run_part *part);

#endif
