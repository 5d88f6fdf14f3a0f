/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ENGINE_H
#define RS_ENGINE_H

#include "keep.h"
#include "kernel.h"
#include "model.h"
#include "p_sample.h"
#include "plan.h"
#include "tail_store.h"
#include "tally.h"
#include "values.h"

/*
 * An engine fits the pairs of a tile, in the order of the plan, counts every
 * pair and hands those that are kept to an emitter. It knows neither files
 * nor processes.
 */

/* What an engine works on; borrowed for the life of its state. */
struct rs_engine_env {
    const struct rs_plan *plan;
    const struct rs_model *model;
    const struct rs_spec *spec;
    const struct rs_keep *keep;
    const struct rs_kernel *kernel; /* of the tile engine */
    struct rs_tail_store *tails;    /* the worker's; NULL: it has none */
};

/* Where results go. The functions get ctx. */
struct rs_emitter {
    void *ctx;
    /* Before a pair is fitted by itself or emitted: its cell within the tile,
     * counted row by row. False: the pair has been given up; the engine
     * treats it as RS_FIT_WORKER_LOST. */
    bool (*begin)(void *ctx, uint64_t item);
    /* A result that meets the conditions of `keep`, and every lost pair.
     * y_ix, x_ix: places in the plan's lists. */
    void (*row)(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit);
    struct rs_tally *tally; /* added to: all pairs of the tile */
    /* Filled instead of emitting rows: every cell of the tile, NaN where
     * there is no pair or it is not kept. NULL: rows. */
    const struct rs_values *values;
    /* Before work that is of no one pair. NULL allowed. */
    void (*between)(void *ctx);
    /* Filled with the p of all pairs, or of a sample. NULL: not wanted. */
    const struct rs_p_sample *sample;
};

struct rs_engine {
    const char *name;
    bool by_tile; /* tiles are blocks of the grid: see tile_shape.h */

    /* Whether it fits what env->model, env->spec and env->plan->pairs ask for;
     * the rest of env is not known yet. */
    bool (*can)(const struct rs_engine_env *env);

    /* What all workers share, made once, before they are forked; NULL: there
     * is nothing. Owns: give it to release, in the parent. */
    enum rs_status (*prepare)(void **shared, const struct rs_engine_env *env,
                              unsigned n_threads, struct rs_error *err);
    void (*release)(void *shared);
    /* Bytes of what was prepared, about; NULL: few. */
    size_t (*held)(const void *shared);
    /* True when what was prepared for the same columns and spec, by another
     * plan or keep, is what this env would have prepared. */
    bool (*serves)(const void *shared, const struct rs_engine_env *env);

    /* Workspace of one worker. Owns: give it to close. */
    enum rs_status (*open)(void **state, const struct rs_engine_env *env,
                           const void *shared, struct rs_error *err);
    enum rs_status (*fit_tile)(void *state, const struct rs_tile *tile,
                               const struct rs_emitter *emit,
                               struct rs_error *err);
    void (*close)(void *state); /* NULL allowed */
};

/* One pair at a time by the model's own fit: the reference. */
extern const struct rs_engine rs_engine_exact;

/* Says that what follows is of no one pair. */
static inline void rs_engine_between(const struct rs_emitter *emit)
{
    if (emit->between != NULL)
        emit->between(emit->ctx);
}

/* Counts a fit and emits it when it is kept. */
void rs_engine_emit(const struct rs_engine_env *env,
                    const struct rs_emitter *emit, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit);

/* The same for a fit that is counted already. */
void rs_engine_hand_over(const struct rs_engine_env *env,
                         const struct rs_emitter *emit, size_t y_ix,
                         size_t x_ix, const struct rs_fit *fit);

#endif
