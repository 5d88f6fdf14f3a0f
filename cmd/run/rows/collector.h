/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLLECTOR_H
#define RS_COLLECTOR_H

#include "crew.h"
#include "part.h"
#include "run_stats.h"

/*
 * A collector: what becomes of the fits of a tile. One file per collector,
 * one `const struct rs_collector_ops` in it: rows for a sink (collect_rows),
 * the best of them (collect_top), a matrix of numbers or a histogram of these
 * (collect_values); best.h wraps another.
 *
 * Its life crosses processes as that of a sink does. It is made before the
 * workers start. Workers have a state for the part that they are at, and put
 * what they collect of a tile to the job's bytes; the parent takes these in
 * the order of the tiles.
 */
struct rs_collector {
    const struct rs_collector_ops *ops;
};

struct rs_collector_ops {
    /* Pairs that were given up leave no trace of themselves: they are to be
     * fitted again when all others are done. */
    bool fits_again;

    /* Bytes of a slot, of those that so many workers use. */
    size_t (*slot_bytes)(const struct rs_collector *self,
                         const struct rs_run_part *part, unsigned n_workers);

    /* Worker: enters a part. Owns: close. Errors: also with a state. */
    enum rs_status (*open)(void **state, const struct rs_collector *self,
                           const struct rs_run_part *part,
                           struct rs_error *err);
    void (*close)(void *state); /* NULL allowed */
    /* Worker: a tile begins. May have the engine fill values instead of
     * emitting rows. NULL: it does not care. */
    void (*begin)(void *state, struct rs_emitter *emit,
                  const struct rs_tile *tile);
    /* Worker: a fit that is kept. NULL: none is emitted. */
    enum rs_status (*row)(void *state, struct rs_out *out, size_t y_ix,
                          size_t x_ix, const struct rs_fit *fit,
                          struct rs_error *err);
    /* Worker: the tile is done. */
    enum rs_status (*end)(void *state, struct rs_out *out,
                          struct rs_error *err);

    /* Parent: parts [n] are about to be worked off. NULL: nothing to do, as
     * of all that follow but `take`. */
    enum rs_status (*start)(struct rs_collector *self,
                            const struct rs_run_part *parts, size_t n,
                            struct rs_error *err);
    /* Parent: workers are under way. */
    enum rs_status (*started)(struct rs_collector *self, struct rs_error *err);
    /* Parent: bytes of a tile of the part, the last ones or not. */
    enum rs_status (*take)(struct rs_collector *self,
                           const struct rs_run_part *part, const char *bytes,
                           size_t n_bytes, bool last, struct rs_error *err);
    /* Parent: the first n_jobs tiles of the run have been taken whole. */
    enum rs_status (*settle)(struct rs_collector *self, uint64_t n_jobs,
                             struct rs_error *err);
    /* Parent: all is taken of the parts. stats: inout, of them. */
    enum rs_status (*finish)(struct rs_collector *self,
                             const struct rs_run_part *parts, size_t n,
                             const struct rs_crew *crew,
                             struct rs_run_stats *stats, struct rs_error *err);
};

#endif
