/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corrections_cost.h"

#include "base_columns.h"
#include "clock.h"
#include "engine_tile.h"
#include "part_view.h"

#include <math.h>

/* What the products of a part's permutation take. */
static double work_of(const struct rs_run_part *part)
{
    const struct rs_dataset *data = part->env.spec->data;

    return (double)part->env.plan->n_pairs *
           (double)(part->rows.n == 0 ? data->n_rows : part->rows.n);
}

/* A permutation of a part. */
static enum rs_status time_permutation(double *seconds,
                                       const struct rs_run_part *part,
                                       const struct rs_permute_ask *ask,
                                       struct rs_error *err)
{
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    double begin = 0.0;
    enum rs_status status = rs_permute_new(&permute, &part->env, ask, 1, err);

    if (status == RS_OK)
        status = rs_permute_open(&worker, permute, err);
    if (status == RS_OK) {
        begin = rs_clock_now();
        (void)rs_permute_work(worker, 0);
        *seconds = rs_clock_now() - begin;
    }
    rs_permute_close(worker);
    rs_permute_free(permute);
    return status;
}

/* That of the first part, scaled to all. */
static enum rs_status measure_permutation(
    struct rs_corrections_cost *out, const struct rs_corrections *c,
    const struct rs_corrections_sample *sample, struct rs_error *err)
{
    const struct rs_run_part *first = sample->parts;
    struct rs_permute_ask one = c->permutations;
    struct rs_part_view view = {0};
    double n = (double)c->permutations.n_permutations;
    double all = 0.0;
    double seconds = 0.0;
    enum rs_status status =
        rs_part_view_enter(&view, first, sample->n_workers, err);

    one.n_permutations = 1;
    one.family =
        (enum rs_family)((unsigned)c->family & (RS_FAMILY_Y | RS_FAMILY_X));
    one.columns = rs_engine_tile_columns(first->engine, view.part.prepared);
    if (status == RS_OK)
        status = time_permutation(&seconds, &view.part, &one, err);
    for (size_t i = 0; i < sample->n_parts; i++)
        all += work_of(&first[i]);
    out->permute = seconds * n * all / work_of(first);
    out->bytes += (double)c->map.n * n * sizeof(double);
    rs_part_view_clear(&view);
    return status;
}

static bool absorbs(const struct rs_spec *spec)
{
    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_base_absorbs(spec, i))
            return true;
    return false;
}

/* The intervals of those pairs that are of the first one's part. */
static enum rs_status time_intervals(double *seconds,
                                     const struct rs_run_part *part,
                                     const struct rs_bootstrap_ask *ask,
                                     const struct rs_corrections_sample *sample,
                                     struct rs_error *err)
{
    const struct rs_plan *plan = part->env.plan;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits limits;
    size_t n = 0;
    double begin = 0.0;
    enum rs_status status =
        rs_bootstrap_open(&bootstrap, part->env.spec, ask, err);

    if (status != RS_OK)
        return status;
    begin = rs_clock_now();
    for (; n < sample->n && sample->fits[n].part == part->number; n++)
        rs_bootstrap_interval(bootstrap, &limits, plan->y[sample->fits[n].y_ix],
                              plan->x[sample->fits[n].x_ix],
                              &sample->fits[n].fit);
    *seconds = (rs_clock_now() - begin) / (double)n;
    rs_bootstrap_close(bootstrap);
    return RS_OK;
}

static enum rs_status measure_bootstrap(
    struct rs_corrections_cost *out, const struct rs_corrections *c,
    const struct rs_corrections_sample *sample, struct rs_error *err)
{
    enum { MOST = 200 };
    struct rs_bootstrap_ask few = c->bootstrap;
    struct rs_part_view view = {0};
    double seconds = 0.0;
    enum rs_status status = RS_OK;

    if (few.n_resamples > MOST)
        few.n_resamples = MOST;
    if (absorbs(sample->parts->env.spec)) { /* minutes for one pair, perhaps */
        out->bootstrap = NAN;
        return RS_OK;
    }
    status =
        rs_part_view_look(&view, &sample->parts[sample->fits[0].part], err);
    if (status == RS_OK)
        status = time_intervals(&seconds, &view.part, &few, sample, err);
    out->bootstrap =
        seconds * (double)c->bootstrap.n_resamples / (double)few.n_resamples;
    rs_part_view_clear(&view);
    return status;
}

enum rs_status rs_corrections_cost_find(
    struct rs_corrections_cost *out, const struct rs_corrections *c,
    const struct rs_corrections_sample *sample, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out =
        (struct rs_corrections_cost){.bytes = (double)rs_corrections_bytes(c)};
    if (c->permutations.n_permutations > 0)
        status = measure_permutation(out, c, sample, err);
    if (status == RS_OK && c->bootstrap.n_resamples > 0 && sample->n > 0)
        status = measure_bootstrap(out, c, sample, err);
    return status;
}
