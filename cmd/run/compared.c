/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compared.h"

#include "mem.h"
#include "plan.h"

#include <stdlib.h>

enum {
    D_BETA = RS_FIELD_D_BETA - RS_ADDED_FIRST,
    D_R2 = RS_FIELD_D_R2 - RS_ADDED_FIRST
};

struct worker {
    const struct rs_compared *of;
    const struct rs_plan *plan;
    struct rs_spec spec; /* with the first set's covariates */
    void *own, *first;   /* the model's workspaces */
};

static void close_worker(void *state)
{
    struct worker *worker = state;

    if (worker == NULL)
        return;
    worker->of->model->close(worker->own);
    worker->of->model->close(worker->first);
    free(worker);
}

static enum rs_status open_worker(const void *ctx, void **state,
                                  const struct rs_plan *plan,
                                  const struct rs_spec *spec,
                                  struct rs_error *err)
{
    const struct rs_compared *of = ctx;
    struct worker *worker = rs_alloc(1, sizeof *worker, err);
    enum rs_status status = RS_OK;

    *state = worker;
    if (worker == NULL)
        return RS_ERR_NOMEM;
    worker->of = of;
    worker->plan = plan;
    worker->spec = *spec;
    worker->spec.covariates = of->first;
    worker->spec.n_covariates = of->n_first;
    status = of->model->open(&worker->own, spec, err);
    return status == RS_OK ? of->model->open(&worker->first, &worker->spec, err)
                           : status;
}

/* Whether the first set lacks the pairs of a column. */
static bool is_covariate(const struct rs_compared *of, size_t column)
{
    for (size_t i = 0; i < of->n_first; i++)
        if (of->first[i] == column ||
            (of->filled != NULL && of->filled[of->first[i]] == column))
            return true;
    return false;
}

static void add(const void *ctx, void *state, double *added, size_t y_ix,
                size_t x_ix, const struct rs_fit *fit)
{
    const struct rs_compared *of = ctx;
    const struct worker *worker = state;
    size_t y = worker->plan->y[y_ix];
    size_t x = worker->plan->x[x_ix];
    struct rs_fit own;
    struct rs_fit first;

    if (fit->outcome == RS_FIT_WORKER_LOST || is_covariate(of, y) ||
        is_covariate(of, x))
        return;
    of->model->fit(worker->own, y, x, &own);
    of->model->fit(worker->first, y, x, &first);
    added[D_BETA] = own.beta - first.beta;
    added[D_R2] = own.r2 - first.r2;
}

struct rs_adder rs_compared_adder(const struct rs_compared *compared)
{
    return (struct rs_adder){compared, open_worker, add, NULL, close_worker};
}
