/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BEST_H
#define RS_BEST_H

#include "collector.h"

/*
 * The few best pairs of a sweep for its summary. A worker collects those of
 * a tile and sends them behind the tile's rows, which are another
 * collector's; they are counted as the tile is committed, so that a worker that
 * dies loses none and a tile that is fitted again is not counted twice. They go
 * to part->best, which parts may share.
 */
enum { RS_BEST_PAIRS = 10 };

struct rs_best {
    struct rs_collector base;
    struct rs_collector *inner; /* of rows; borrowed */
};

void rs_best_init(struct rs_best *self, struct rs_collector *inner);

/* For a part. Owns: rs_top_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_best_new(struct rs_top **out,
                           struct rs_error *err) RS_MUST_CHECK;

/* Offers a pair; one without p is not taken. Errors: RS_ERR_NOMEM. */
enum rs_status rs_best_offer(struct rs_top *best, const struct rs_top_fit *fit,
                             struct rs_error *err) RS_MUST_CHECK;

#endif
