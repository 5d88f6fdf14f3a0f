/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ENGINE_H
#define RS_ENGINE_H

#include "model.h"
#include "plan.h"

/*
 * An engine fits the pairs of a tile, in the order of the plan, and hands
 * every result to an emitter. It knows neither files nor processes.
 */

/* What an engine works on; borrowed for the life of its state. */
struct rs_engine_env {
    const struct rs_plan *plan;
    const struct rs_model *model;
    const struct rs_model_spec *spec;
};

/* Where results go. All functions get ctx. */
struct rs_emitter {
    void *ctx;
    /* Before a pair is fitted: its number within the tile. False: the pair
     * has been given up; the engine emits it as RS_FIT_WORKER_LOST. */
    bool (*begin)(void *ctx, uint64_t item);
    /* A result. y_ix, x_ix: places in the plan's lists. */
    void (*row)(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit);
};

struct rs_engine {
    const char *name;
    /* Workspace of one worker. Owns: give it to close. */
    enum rs_status (*open)(void **state, const struct rs_engine_env *env,
                           struct rs_error *err);
    void (*fit_tile)(void *state, const struct rs_tile *tile,
                     const struct rs_emitter *emit);
    void (*close)(void *state); /* NULL allowed */
};

/* One pair at a time by the model's own fit: the reference. */
extern const struct rs_engine rs_engine_exact;

#endif
