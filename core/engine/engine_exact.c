/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine.h"

#include "mem.h"

#include <stdlib.h>

struct exact {
    struct rs_engine_env env;
    void *fits; /* the model's workspace */
};

static bool exact_can(const struct rs_engine_env *env)
{
    (void)env;
    return true;
}

static enum rs_status exact_open(void **state, const struct rs_engine_env *env,
                                 const void *shared, struct rs_error *err)
{
    struct exact *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_OK;

    (void)shared;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->env = *env;
    status = env->model->open(&self->fits, env->spec, err);
    if (status != RS_OK) {
        free(self);
        return status;
    }
    *state = self;
    return RS_OK;
}

static enum rs_status exact_fit_tile(void *state, const struct rs_tile *tile,
                                     const struct rs_emitter *emit,
                                     struct rs_error *err)
{
    const struct exact *self = state;
    const struct rs_plan *plan = self->env.plan;
    size_t width = tile->x1 - tile->x0;
    struct rs_fit fit;

    if (emit->values != NULL)
        rs_values_blank(emit->values, tile);
    for (size_t i = tile->y0; i < tile->y1; i++)
        for (size_t j = rs_plan_next(plan, i, tile->x0); j < tile->x1;
             j = rs_plan_next(plan, i, j + 1)) {
            if (emit->begin(emit->ctx,
                            (i - tile->y0) * width + (j - tile->x0))) {
                self->env.model->fit(self->fits, plan->y[i], plan->x[j], &fit);
                rs_fit_find_p(&fit);
            } else {
                rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
            }
            rs_engine_emit(&self->env, emit, i, j, &fit);
        }
    return rs_model_check(self->env.model, self->fits, err);
}

static void exact_close(void *state)
{
    struct exact *self = state;

    if (self == NULL)
        return;
    self->env.model->close(self->fits);
    free(self);
}

const struct rs_engine rs_engine_exact = {
    .name = "exact",
    .can = exact_can,
    .open = exact_open,
    .fit_tile = exact_fit_tile,
    .close = exact_close,
};
