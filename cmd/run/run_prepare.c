/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include "best.h"
#include "block.h"
#include "clock.h"
#include "engines.h"
#include "input_notes.h"
#include "measured.h"
#include "run_kinds.h"
#include "run_look.h"
#include "run_output.h"
#include "run_parts.h"

#include <stdlib.h>

/* Prepared columns that all workers together may keep. */
static const size_t all_caches = (size_t)24 << 20;

static struct rs_keep keep_of(const struct rs_keeping_settings *settings)
{
    struct rs_keep keep = {.p_max = settings->p_max,
                           .r2_min = settings->r2_min,
                           .partial_r2_min = settings->partial_r2_min};

    if (settings->top > 0) {
        keep.top_of = RS_TOP_ALL;
        keep.top = settings->top;
    } else if (settings->top_per_y > 0) {
        keep.top_of = RS_TOP_PER_Y;
        keep.top = settings->top_per_y;
    } else if (settings->top_per_x > 0) {
        keep.top_of = RS_TOP_PER_X;
        keep.top = settings->top_per_x;
    }
    return keep;
}

/* The kernel of the tile engine; the environment can name another than the
 * fastest, for comparisons. */
static enum rs_status find_kernel(const struct rs_kernel **out,
                                  struct rs_error *err)
{
    const char *name = getenv("REGSWEEP_KERNEL");

    *out = rs_kernel_find(name != NULL && name[0] != '\0' ? name : NULL);
    if (*out == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "REGSWEEP_KERNEL: '%s' is none of avx512, avx2, "
                            "blas, or not for this machine",
                            name);
    return RS_OK;
}

static enum rs_status choose_engine(struct rs_run *run, struct rs_error *err)
{
    const struct rs_kernel *kernel = NULL;
    enum rs_status status = find_kernel(&kernel, err);

    for (size_t i = 0; i < run->n_parts; i++) {
        struct rs_run_part *part = &run->parts[i];
        part->engine = run->settings->running.engine == RS_ENGINE_EXACT
                           ? &rs_engine_exact
                           : rs_engine_choose(&part->env);
        part->env.kernel = kernel;
    }
    return status == RS_OK ? rs_run_parts_pool(run, err) : status;
}

/* What all tests have to say before rows are written. */
static enum rs_status find_corrections(struct rs_run *run, struct rs_error *err)
{
    struct rs_corrections *corrections = &run->corrections;
    enum rs_status status = RS_OK;

    if (!rs_corrections_wanted(corrections))
        return RS_OK;
    status = rs_run_kinds_plan(run, true, err);
    if (status == RS_OK)
        status = rs_run_parts_first(run, err);
    if (status != RS_OK)
        return status;
    corrections->stop = run->env.stop;
    status = rs_corrections_check(corrections, run->firsts, run->n_parts, err);
    if (status != RS_OK || run->settings->running.dry_run)
        return status;
    if (run->n_parts > 1)
        status = rs_run_parts_prepare(run, run->firsts, err);
    if (status == RS_OK)
        status = rs_corrections_find(corrections, run->firsts, run->n_parts,
                                     &run->sweep.crew, &run->keep, err);
    for (size_t i = 0; i < run->n_parts && status == RS_OK; i++)
        rs_corrections_serve(corrections, i, &run->parts[i]);
    rs_run_parts_second(run);
    return status;
}

/* What the table of --summary is made of. */
static enum rs_status prepare_summary(struct rs_run *run, struct rs_error *err)
{
    size_t n_own = rs_run_n_own_parts(run);
    enum rs_status status = RS_OK;

    if (!run->settings->informing.summary)
        return RS_OK;
    if (run->sink != NULL)
        status = rs_best_new(&run->best, err);
    for (size_t i = 0; i < run->n_parts; i++)
        run->parts[i].best = run->best;
    run->sweep.best = run->best != NULL;
    if (status != RS_OK || run->settings->running.dry_run)
        return status;
    status = rs_p_samples_new(&run->samples, run->plans, n_own, err);
    for (size_t i = 0; i < n_own && status == RS_OK; i++)
        run->parts[i].sample = &run->samples.parts[i];
    return status;
}

void rs_run_set_workers(struct rs_run *run, unsigned n_workers)
{
    run->sweep.crew.n_workers = n_workers;
    run->spec.cache_bytes = all_caches / n_workers;
    for (size_t k = 0; k < run->n_kinds; k++)
        run->kinds[k].spec.cache_bytes = run->spec.cache_bytes;
}

static size_t only_column(const struct rs_role_columns *role)
{
    return role->n == 0 ? RS_NO_COLUMN : role->columns[0];
}

/* What the kind of standard errors is told. */
static struct rs_errors_ask errors_ask_of(const struct rs_run *run)
{
    const struct rs_role_columns *roles = run->input.roles;
    const struct rs_modelling_settings *modelling = &run->settings->modelling;
    struct rs_errors_ask ask = {
        .n_clusters = roles[RS_ROLE_CLUSTER].n,
        .time = only_column(&roles[RS_ROLE_TIME]),
        .lag = modelling->lag,
        .strata = only_column(&roles[RS_ROLE_STRATA]),
        .psu = only_column(&roles[RS_ROLE_PSU]),
        .lonely = (enum rs_lonely)modelling->lonely,
    };

    for (size_t i = 0; i < ask.n_clusters; i++)
        ask.clusters[i] = roles[RS_ROLE_CLUSTER].columns[i];
    return ask;
}

/* The design of a survey is that of all rows, whatever parts the run has. */
static enum rs_status find_design(struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (!run->settings->modelling.survey)
        return RS_OK;
    status = rs_errors_count_psus(&run->n_psus, run->input.data,
                                  &run->errors_ask, err);
    run->errors_ask.n_psus = run->n_psus;
    return status;
}

/* True when some x is a factor, other than a covariate: that is in no pair. */
static bool has_levels(const struct rs_input *input)
{
    for (size_t i = 0; i < input->n_x; i++) {
        bool levels = input->data->columns[input->x[i]].factor != NULL;
        for (size_t k = 0; k < input->n_covariates && levels; k++)
            levels = input->covariates[k] != input->x[i];
        if (levels)
            return true;
    }
    return false;
}

void rs_run_assemble(struct rs_run *run)
{
    const struct rs_settings *settings = run->settings;
    const struct rs_input *input = &run->input;

    run->keep = keep_of(&settings->keeping);
    run->errors_ask = errors_ask_of(run);
    run->spec = (struct rs_spec){
        .data = input->data,
        .covariates = input->covariates,
        .n_covariates = input->n_covariates,
        .intercept = !settings->modelling.no_intercept,
        .weights = input->weighted ? &input->weights : NULL,
        .counts = settings->selecting.weights_are == RS_WEIGHTS_ARE_COUNTS,
        .errors = run->asked.errors,
        .errors_ask = &run->errors_ask,
        .interact = input->roles[RS_ROLE_INTERACT].n == 0
                        ? NULL
                        : input->roles[RS_ROLE_INTERACT].columns,
        .poly = (unsigned)settings->modelling.poly,
        .test_all = settings->modelling.interact_test == RS_TEST_ALL ||
                    settings->modelling.poly_test == RS_TEST_ALL,
        .x_levels = has_levels(input),
        .reference_rows = settings->writing.reference_rows,
        .pairwise = (enum rs_pairwise)settings->writing.contrasts,
        .min_n = settings->missing.min_n,
    };
    run->sweep = (struct rs_sweep){
        .crew = {.pool = run->env.pool,
                 .ticker = run->env.ticker,
                 .stop = rs_run_stop_flag(run)},
        .rows = run->asked.rows,
        .top = run->keep.top_of != RS_TOP_NONE,
    };
    rs_run_set_workers(run, run->env.n_workers);
}

/* The pairs of the rows that are written, in the tiles of each part. */
static enum rs_status cut_pairs(struct rs_run *run, struct rs_error *err)
{
    bool screened = rs_keep_some(&run->keep) && !rs_errors_robust(&run->spec);
    bool matrix = rs_output_can(run->asked.target.kind, RS_OUTPUT_MATRIX);
    enum rs_status status = rs_run_kinds_plan(run, false, err);

    if (status == RS_OK)
        status = rs_run_parts_cut(run, screened, matrix, err);
    return status;
}

/* Which x are tested by F, where some is a factor. */
static enum rs_status find_together(struct rs_run *run, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    size_t n_columns = input->data->n_columns;

    if (!run->spec.x_levels)
        return RS_OK;
    run->together =
        rs_alloc(run->n_kinds * n_columns, sizeof *run->together, err);
    if (run->together == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < run->n_kinds; k++)
        for (size_t i = 0; i < input->n_x; i++)
            run->together[k * n_columns + input->x[i]] =
                rs_block_of(&run->kinds[k].spec, input->x[i]).by_f;
    return RS_OK;
}

/* Whether rows of terms have the F of a covariate's levels. */
static bool has_f_of_covariates(const struct rs_input *input)
{
    for (size_t k = 0; k < input->n_covariates; k++) {
        const struct rs_factor *factor =
            input->data->columns[input->covariates[k]].factor;
        if (factor != NULL && factor->n_levels > 2)
            return true;
    }
    return false;
}

/* What rows of categories and of F have more, and lack, which is not known
 * before the table is read. */
static enum rs_status heed_f(struct rs_run *run, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    struct rs_row_kinds kinds;
    size_t n_f = 0;

    for (size_t i = 0; i < input->n_x; i++)
        n_f += rs_run_kinds_f(run, input->x[i]) ? 1 : 0;
    if (n_f == input->n_x && n_f > 0 &&
        run->settings->selecting.pool_groups != RS_POOLING_NONE)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{pool-groups} pools slopes, and every x is tested "
                            "by F, which has none");
    kinds = (struct rs_row_kinds){run->spec.x_levels, n_f > 0,
                                  n_f > 0 || has_f_of_covariates(input)};
    return rs_asked_show(&run->asked, &kinds, err);
}

/* Columns that are computed of the rows that are written. */
static void add_measures(struct rs_run *run)
{
    if (!rs_asked_shows(&run->asked, RS_FIELD_STD_BETA, RS_FIELD_DROPPED))
        return;
    for (size_t i = 0; i < run->n_parts; i++)
        if (!run->parts[i].pooled) /* which has no model's rows */
            run->parts[i].adders[RS_ADDS_MEASURES] = &rs_measured_adder;
}

static enum rs_status prepare(struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = rs_run_kinds_new(run, err);

    if (status == RS_OK)
        status = rs_run_parts_new(run, err);
    if (status == RS_OK)
        status = find_together(run, err);
    if (status == RS_OK)
        status = heed_f(run, err);
    if (status == RS_OK)
        status = rs_input_notes(&run->notes, &run->input, run->env.show, err);
    if (status == RS_OK)
        status = choose_engine(run, err);
    if (status == RS_OK)
        status = find_corrections(run, err);
    if (status == RS_OK)
        status = rs_run_look_at_families(run, err);
    if (status == RS_OK)
        status = cut_pairs(run, err);
    add_measures(run);
    if (status == RS_OK && (run->asked.rows & RS_ROWS_TERMS) != 0)
        status = rs_run_kinds_name(run, err);
    if (status == RS_OK)
        status = rs_run_output_make(run, err);
    run->sweep.sink = run->sink;
    run->sweep.parts = rs_parts_all(run->parts, run->n_parts);
    if (status == RS_OK)
        status = rs_run_parts_prepare(run, run->parts, err);
    if (status == RS_OK)
        status = prepare_summary(run, err);
    return status;
}

enum rs_status rs_run_prepare(struct rs_run *run,
                              const struct rs_run_info *info,
                              struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    if (info != NULL)
        run->info = *info;
    rs_run_assemble(run);
    status = find_design(run, err);
    if (status == RS_OK)
        status = prepare(run, err);
    run->times.prepare = rs_clock_now() - begin;
    run->times.corrections = run->corrections.times;
    return status;
}
