/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SLOTS_H
#define RS_SLOTS_H

#include "collector.h"

/*
 * How large the pieces of memory are through which workers hand over what
 * they collect, and how many there are. A slot should hold the rows of a tile:
 * a worker whose slot is full has to wait until all tiles before its own are
 * written.
 */
enum {
    RS_SLOT_NOTHING = 4096,       /* of jobs without bytes, or hardly any */
    RS_SLOT_LEAST = 64 * 1024,    /* of others */
    RS_SLOT_OF_FEW = 1024 * 1024, /* most, where few pairs are kept */
};

struct rs_slots {
    size_t bytes; /* of each */
    unsigned n;
};

/* Most bytes of a slot where each worker has one. */
size_t rs_slots_share(unsigned n_workers);

/* For a collector and parts [n]. */
struct rs_slots rs_slots_for(const struct rs_collector *collector,
                             const struct rs_run_part *parts, size_t n,
                             unsigned n_workers);

#endif
