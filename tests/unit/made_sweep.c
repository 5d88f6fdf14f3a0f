/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_sweep.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void fill(struct made_sweep *s, const struct made_ask *ask)
{
    size_t n_pairs = (s->n_y + s->n_x) * s->n;
    size_t factor = s->n_y + s->n_x + s->n_z - 1;
    uint64_t seed = ask->seed;

    for (size_t k = 0; k < s->n_columns * s->n; k++)
        s->values[k] = made_normal(&seed);
    for (size_t k = 0; ask->missing > 0.0 && k < n_pairs; k++)
        if (made_uniform(&seed) < ask->missing)
            s->values[k] = NAN;
    for (size_t i = 0; ask->weighted && i < s->n; i++)
        s->values[(s->n_columns - 1) * s->n + i] = 0.5 + made_uniform(&seed);
    for (size_t i = 0; s->n_levels > 0 && i < s->n; i++)
        s->values[factor * s->n + i] =
            floor(made_uniform(&seed) * (double)s->n_levels);
}

void made_sweep_init(struct made_sweep *s, const struct made_ask *ask)
{
    size_t n_z = ask->n_z + (ask->n_levels > 0 ? 1 : 0);
    size_t n_columns = ask->n_y + ask->n_x + n_z + (ask->weighted ? 1 : 0);

    *s = (struct made_sweep){.n = ask->n,
                             .n_y = ask->n_y,
                             .n_x = ask->n_x,
                             .n_z = n_z,
                             .n_columns = n_columns,
                             .n_levels = ask->n_levels,
                             .tile = ask->tile,
                             .keep = {.p_max = 1.0}};
    if (s->tile.y == 0)
        s->tile = (struct rs_tile_shape){4, 4, 0};
    s->values = calloc(n_columns * s->n, sizeof *s->values);
    s->columns = calloc(n_columns, sizeof *s->columns);
    ck_assert(s->values != NULL && s->columns != NULL);
    for (size_t j = 0; j < n_columns; j++)
        s->columns[j] = j;
    fill(s, ask);
    s->spec.covariates = s->columns + s->n_y + s->n_x;
    s->spec.n_covariates = s->n_z;
    s->spec.intercept = !ask->through_0;
    s->spec.weights = ask->weighted ? &s->columns[n_columns - 1] : NULL;
    s->env = (struct rs_engine_env){&s->plan, &rs_model_ols,        &s->spec,
                                    &s->keep, rs_kernel_find(NULL), NULL};
    made_sweep_load(s);
    made_sweep_plan(s, ask->pairs);
}

void made_sweep_load(struct made_sweep *s)
{
    char name[24];

    rs_dataset_free(s->data);
    s->data = made_data(s->values, s->n, s->n_columns);
    for (size_t j = 0; j < s->n_columns; j++) {
        (void)snprintf(name, sizeof name, "c%zu", j);
        made_name(s->data, j, name);
    }
    if (s->n_levels > 0)
        made_factor(&s->data->columns[s->n_y + s->n_x + s->n_z - 1], s->n,
                    s->n_levels);
    s->spec.data = s->data;
}

void made_sweep_plan(struct made_sweep *s, enum rs_pairs pairs)
{
    bool one_list = pairs == RS_PAIRS_UNIQUE || s->n_x == 0;
    const size_t *x = s->columns + (one_list ? 0 : s->n_y);
    struct rs_error err;

    rs_plan_clear(&s->plan);
    ck_assert_int_eq(
        rs_plan_init(&s->plan,
                     &(struct rs_plan_ask){.pairs = pairs,
                                           .y = s->columns,
                                           .x = x,
                                           .n_y = s->n_y,
                                           .n_x = one_list ? s->n_y : s->n_x,
                                           .covariates = s->spec.covariates,
                                           .n_covariates = s->spec.n_covariates,
                                           .shape = s->tile},
                     &err),
        RS_OK);
}

void made_sweep_clear(struct made_sweep *s)
{
    rs_plan_clear(&s->plan);
    rs_dataset_free(s->data);
    free(s->columns);
    free(s->values);
}

void made_sweep_run(const struct made_sweep *s, const struct rs_engine *engine,
                    const struct rs_emitter *emit)
{
    void *shared = NULL;
    void *state = NULL;
    struct rs_error err;

    if (engine->prepare != NULL)
        ck_assert_int_eq(engine->prepare(&shared, &s->env, 1, &err), RS_OK);
    ck_assert_int_eq(engine->open(&state, &s->env, shared, &err), RS_OK);
    for (uint64_t t = 0; t < s->plan.n_tiles; t++) {
        const struct rs_tile tile = rs_plan_tile(&s->plan, t);
        ck_assert_int_eq(engine->fit_tile(state, &tile, emit, &err), RS_OK);
    }
    engine->close(state);
    if (engine->release != NULL)
        engine->release(shared);
}

void made_sweep_fit(const struct made_sweep *s, size_t y, size_t x,
                    struct rs_fit *fit)
{
    const struct rs_model *model = s->env.model;
    void *state = NULL;
    struct rs_error err;

    ck_assert_int_eq(model->open(&state, &s->spec, &err), RS_OK);
    model->fit(state, s->plan.y[y], s->plan.x[x], fit);
    model->close(state);
}

bool made_sweep_begin(void *ctx, uint64_t item)
{
    (void)ctx;
    (void)item;
    return true;
}
