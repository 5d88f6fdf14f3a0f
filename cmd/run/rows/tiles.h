/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILES_H
#define RS_TILES_H

#include "collector.h"

/* Parts that are in memory together, in the order of their jobs. */
struct rs_load {
    const struct rs_run_part *parts; /* [n], prepared */
    size_t n;                        /* at least 1 */
    uint64_t before, total;          /* pairs: of the run before them, and of
                                        all of it */
};

/*
 * The tiles of these parts through a pool, from their engines to a collector,
 * which is finished for them; what is lost is noted with its part, and fitted
 * again where the collector asks for it.
 * stats  out  of these parts; filled in every case
 * Errors: those of pool.h, of the engines and of the collector.
 */
enum rs_status rs_tiles_run(const struct rs_load *load,
                            struct rs_collector *collector,
                            const struct rs_crew *crew,
                            struct rs_run_stats *stats,
                            struct rs_error *err) RS_MUST_CHECK;

#endif
