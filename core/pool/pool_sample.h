/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_POOL_SAMPLE_H
#define RS_POOL_SAMPLE_H

#include "pool.h"

/* What jobs took: [0] those that come first at a place, [1] those behind. */
struct rs_pool_taken {
    uint64_t n_jobs;
    double work;      /* seconds of a worker, without these: */
    double commit;    /* seconds of the parent */
    uint64_t *counts; /* [n_counts] of the task; NULL: nobody asks */
};

/*
 * A pool that runs only some jobs, in the caller's process, to learn what all
 * would take: runs of consecutive jobs at places spread over all of them, until
 * its time is over. A job may be broken off then: its last items are refused
 * (rs_out_item_begin). Its second and later runs are those of the inline pool.
 * Processes beside may work meanwhile, as the others of a run would, so that
 * what they share is shared; what these make is dropped.
 */
struct rs_pool_sample {
    struct rs_pool base;
    double seconds;              /* to be used up */
    unsigned n_beside;           /* processes beside; they are forked */
    bool *done;                  /* it has run */
    double *open;                /* seconds of opening a worker */
    struct rs_pool_taken *taken; /* [2] */
};

/* All but `seconds` is borrowed, and set to zero by the caller. */
void rs_pool_sample_init(struct rs_pool_sample *pool);

#endif
