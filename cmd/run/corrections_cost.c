/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corrections_cost.h"

#include "base_columns.h"
#include "clock.h"
#include "engine_tile.h"

#include <math.h>

static enum rs_status measure_permutation(
    struct rs_corrections_cost *out, const struct rs_corrections *c,
    const struct rs_corrections_sample *sample, struct rs_error *err)
{
    struct rs_permute_ask one = c->permutations;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    double begin = 0.0;
    enum rs_status status = RS_OK;

    one.n_permutations = 1;
    one.family =
        (enum rs_family)((unsigned)c->family & (RS_FAMILY_Y | RS_FAMILY_X));
    one.columns =
        rs_engine_tile_columns(sample->part->engine, sample->part->prepared);
    status = rs_permute_new(&permute, &sample->part->env, &one,
                            sample->n_workers, err);
    if (status == RS_OK)
        status = rs_permute_open(&worker, permute, err);
    if (status == RS_OK) {
        begin = rs_clock_now();
        (void)rs_permute_work(worker, 0);
        out->permute =
            (rs_clock_now() - begin) * (double)c->permutations.n_permutations;
        out->bytes += (double)rs_permute_bytes(permute) *
                      (double)c->permutations.n_permutations;
    }
    rs_permute_close(worker);
    rs_permute_free(permute);
    return status;
}

static bool absorbs(const struct rs_spec *spec)
{
    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_base_absorbs(spec, i))
            return true;
    return false;
}

static enum rs_status measure_bootstrap(
    struct rs_corrections_cost *out, const struct rs_corrections *c,
    const struct rs_corrections_sample *sample, struct rs_error *err)
{
    enum { MOST = 200 };
    const struct rs_plan *plan = sample->part->env.plan;
    struct rs_bootstrap_ask few = c->bootstrap;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits limits;
    double begin = 0.0;
    enum rs_status status = RS_OK;

    if (few.n_resamples > MOST)
        few.n_resamples = MOST;
    if (absorbs(sample->part->env.spec)) { /* minutes for one pair, perhaps */
        out->bootstrap = NAN;
        return RS_OK;
    }
    status = rs_bootstrap_open(&bootstrap, sample->part->env.spec, &few, err);
    if (status != RS_OK)
        return status;
    begin = rs_clock_now();
    for (size_t i = 0; i < sample->n; i++)
        rs_bootstrap_interval(bootstrap, &limits, plan->y[sample->fits[i].y_ix],
                              plan->x[sample->fits[i].x_ix],
                              &sample->fits[i].fit);
    out->bootstrap = (rs_clock_now() - begin) / (double)sample->n *
                     (double)c->bootstrap.n_resamples / (double)few.n_resamples;
    rs_bootstrap_close(bootstrap);
    return RS_OK;
}

enum rs_status rs_corrections_cost_find(
    struct rs_corrections_cost *out, const struct rs_corrections *c,
    const struct rs_corrections_sample *sample, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = (struct rs_corrections_cost){
        .bytes = (double)rs_corrections_bytes(c, sample->part, 1)};
    if (c->permutations.n_permutations > 0)
        status = measure_permutation(out, c, sample, err);
    if (status == RS_OK && c->bootstrap.n_resamples > 0 && sample->n > 0)
        status = measure_bootstrap(out, c, sample, err);
    return status;
}
