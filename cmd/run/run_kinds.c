/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_kinds.h"

#include "mem.h"

#include <stdlib.h>

/* The set's own covariates, in the spec of all. */
static enum rs_status use_set(struct rs_run_kind *kind,
                              const struct rs_run *run,
                              const struct rs_model_set *set,
                              struct rs_error *err)
{
    kind->spec.covariates = set->covariates;
    kind->spec.n_covariates = set->n;
    if ((run->asked.rows & RS_ROWS_TERMS) == 0)
        return RS_OK;
    kind->terms =
        rs_alloc(rs_term_count(&kind->spec), sizeof *kind->terms, err);
    if (kind->terms == NULL)
        return RS_ERR_NOMEM;
    rs_term_places(kind->terms, &kind->spec, &run->spec);
    return RS_OK;
}

enum rs_status rs_run_kinds_new(struct rs_run *run, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    size_t n = input->n_sets == 0 ? 1 : input->n_sets;
    enum rs_status status = RS_OK;

    run->kinds = rs_alloc(n, sizeof *run->kinds, err);
    if (run->kinds == NULL)
        return RS_ERR_NOMEM;
    run->n_kinds = n;
    for (size_t k = 0; k < n && status == RS_OK; k++) {
        struct rs_run_kind *kind = &run->kinds[k];
        kind->set = k;
        kind->spec = run->spec;
        if (input->n_sets > 0)
            status = use_set(kind, run, &input->sets[k], err);
    }
    return status;
}

void rs_run_kinds_clear(struct rs_run *run)
{
    for (size_t k = 0; k < run->n_kinds; k++) {
        rs_plan_clear(&run->kinds[k].plan);
        rs_plan_clear(&run->kinds[k].first);
        free(run->kinds[k].terms);
    }
    free(run->kinds);
    run->kinds = NULL;
    run->n_kinds = 0;
}

static enum rs_status make_plan(struct rs_plan *plan, const struct rs_run *run,
                                const struct rs_run_kind *kind,
                                struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    const size_t *filled = input->missing.filled;
    const struct rs_plan_ask ask = {
        .pairs = (enum rs_pairs)run->settings->selecting.pairs,
        .y = input->y,
        .x = input->x,
        .n_y = input->n_y,
        .n_x = input->n_x,
        .covariates = kind->spec.covariates,
        .n_covariates = kind->spec.n_covariates,
        .shape = {1, 1},
    };
    enum rs_status status = rs_plan_init(plan, &ask, err);

    if (status == RS_OK && filled != NULL)
        rs_plan_replace_x(plan, filled);
    return status;
}

enum rs_status rs_run_kinds_plan(struct rs_run *run, bool first,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < run->n_kinds && status == RS_OK; k++) {
        struct rs_run_kind *kind = &run->kinds[k];
        status = make_plan(first ? &kind->first : &kind->plan, run, kind, err);
    }
    return status;
}

const struct rs_run_kind *rs_run_kind_of(const struct rs_run *run,
                                         const struct rs_run_part *part)
{
    return &run->kinds[part->number % run->n_kinds];
}
