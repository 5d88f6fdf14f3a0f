/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_setup.h"

#include "adjusted_cells.h"
#include "engines.h"
#include "output.h"
#include "pair_rows.h"
#include "tile_shape.h"

#include <stdlib.h>

/* Prepared columns that all workers together may keep. */
static const size_t all_caches = (size_t)24 << 20;

static const volatile sig_atomic_t *asked(const struct rs_run_setup *setup)
{
    return setup->stop == NULL ? NULL : setup->stop->asked;
}

struct rs_sink_config rs_run_setup_config(const struct rs_run_setup *setup,
                                          const struct rs_settings *settings)
{
    return (struct rs_sink_config){
        .fields = setup->columns.fields,
        .n_fields = setup->columns.n,
        .names = setup->columns.names,
        .terms = setup->term_columns.fields,
        .n_terms = setup->term_columns.n,
        .terms_names = setup->term_columns.names,
        .rows = setup->rows,
        .term_texts = (const char *const *)setup->term_names.texts,
        .n_term_texts = setup->term_names.n,
        .conf_level = settings->modelling.conf_level,
        .model_name = setup->model->name,
        .digits = (int)settings->writing.digits,
        .delimiter = setup->target.delimiter,
        .path = settings->running.dry_run || settings->writing.output == NULL
                    ? NULL
                    : setup->target.path,
        .table = settings->writing.table,
        .sources = setup->sources,
        .force = settings->writing.force,
        .append = settings->writing.append,
        .durable = settings->writing.durable,
        .retry_seconds = setup->retry_seconds,
        .batch_bytes = setup->batch_bytes,
        .stop = asked(setup),
    };
}

static enum rs_status make_sink(struct rs_run_setup *setup,
                                const struct rs_settings *settings,
                                const struct rs_input *input,
                                struct rs_error *err)
{
    struct rs_sink_config config = rs_run_setup_config(setup, settings);

    if (setup->target.kind == RS_TARGET_NPY)
        return RS_OK;
    setup->info.input_hash = input->hash;
    setup->info.n_pairs = setup->plan.n_pairs;
    setup->info.n_tiles = setup->plan.n_tiles;
    config.data = input->data;
    config.info = &setup->info;
    return rs_output_sink(&setup->sink, &setup->target, &config, err);
}

static struct rs_keep keep_of(const struct rs_settings *settings)
{
    struct rs_keep keep = {.p_max = settings->keeping.p_max,
                           .r2_min = settings->keeping.r2_min};

    if (settings->keeping.top > 0) {
        keep.top_of = RS_TOP_ALL;
        keep.top = settings->keeping.top;
    } else if (settings->keeping.top_per_y > 0) {
        keep.top_of = RS_TOP_PER_Y;
        keep.top = settings->keeping.top_per_y;
    } else if (settings->keeping.top_per_x > 0) {
        keep.top_of = RS_TOP_PER_X;
        keep.top = settings->keeping.top_per_x;
    }
    return keep;
}

/* True when no column of the list has missing values.
 * by  in  the column that each is; NULL: itself */
static bool complete(const struct rs_dataset *data, const size_t *columns,
                     size_t n, const size_t *by)
{
    for (size_t i = 0; i < n; i++) {
        size_t column = by == NULL ? columns[i] : by[columns[i]];
        if (data->columns[column].n_missing > 0)
            return false;
    }
    return true;
}

static enum rs_status make_plan(struct rs_plan *plan,
                                const struct rs_run_setup *setup,
                                const struct rs_settings *settings,
                                const struct rs_input *input, bool screened,
                                bool matrix, struct rs_error *err)
{
    const size_t *filled = input->missing.filled;
    const struct rs_tile_shape_ask ask = {
        .n_y = input->n_y,
        .n_x = input->n_x,
        .n_rows = input->data->n_rows,
        .n_covariates = input->n_covariates,
        .rows_per_pair = rs_pair_rows_most(setup->rows, &setup->spec),
        .by_tile = rs_engine_choose(&setup->part.env)->by_tile,
        .screened = screened,
        .matrix = matrix,
        .complete = complete(input->data, input->y, input->n_y, NULL) &&
                    complete(input->data, input->x, input->n_x, filled),
    };
    enum rs_status status =
        rs_plan_init(plan, (enum rs_pairs)settings->selecting.pairs, input->y,
                     input->n_y, input->x, input->n_x, input->covariates,
                     input->n_covariates, rs_tile_shape_for(&ask), err);

    if (status == RS_OK && filled != NULL)
        rs_plan_replace_x(plan, filled);
    return status;
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

static enum rs_status choose_engine(struct rs_run_setup *setup,
                                    const struct rs_settings *settings,
                                    struct rs_error *err)
{
    struct rs_run_part *part = &setup->part;

    part->engine = settings->running.engine == RS_ENGINE_EXACT
                       ? &rs_engine_exact
                       : rs_engine_choose(&part->env);
    return find_kernel(&part->env.kernel, err);
}

/* What all tests have to say before rows are written. */
static enum rs_status find_corrections(struct rs_run_setup *setup,
                                       const struct rs_settings *settings,
                                       const struct rs_input *input,
                                       struct rs_error *err)
{
    struct rs_corrections *corrections = &setup->corrections;
    struct rs_run_part all = setup->part;
    enum rs_status status = RS_OK;

    if (!rs_corrections_wanted(corrections))
        return RS_OK;
    status = make_plan(&setup->first, setup, settings, input, false, true, err);
    if (status != RS_OK)
        return status;
    all.env.plan = &setup->first;
    corrections->stop = setup->stop;
    status = rs_corrections_check(corrections, &all.env, err);
    if (status != RS_OK || settings->running.dry_run)
        return status;
    status = rs_corrections_find(corrections, &all, &setup->sweep.crew,
                                 &setup->keep, err);
    setup->part.prepared = all.prepared;
    setup->part.adder = &corrections->adder;
    return status;
}

static enum rs_status prepare_engine(struct rs_run_setup *setup,
                                     struct rs_error *err)
{
    const struct rs_crew *crew = &setup->sweep.crew;
    enum rs_status status = RS_OK;

    if (setup->part.engine->prepare == NULL)
        return RS_OK;
    rs_ticker_stage(crew->ticker, "preparing");
    status = rs_run_part_prepare(&setup->part, crew->n_workers, err);
    rs_ticker_end(crew->ticker);
    return status;
}

void rs_run_setup_workers(struct rs_run_setup *setup, unsigned n_workers)
{
    setup->sweep.crew.n_workers = n_workers;
    setup->spec.cache_bytes = all_caches / n_workers;
}

enum rs_status rs_run_setup_make(struct rs_run_setup *setup,
                                 const struct rs_settings *settings,
                                 const struct rs_input *input,
                                 unsigned n_workers,
                                 const struct rs_ticker *ticker,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    setup->keep = keep_of(settings);
    setup->spec = (struct rs_spec){
        .data = input->data,
        .covariates = input->covariates,
        .n_covariates = input->n_covariates,
        .intercept = !settings->modelling.no_intercept,
        .weights = input->weighted ? &input->weights : NULL,
        .min_n = settings->missing.min_n,
    };
    setup->part = (struct rs_run_part){
        .env = {&setup->plan, setup->model, &setup->spec, &setup->keep, NULL},
    };
    setup->sweep = (struct rs_sweep){
        .crew = {.pool = &rs_pool_fork, .ticker = ticker, .stop = asked(setup)},
        .rows = setup->rows,
        .top = setup->keep.top_of != RS_TOP_NONE,
    };
    rs_run_setup_workers(setup, n_workers);
    setup->plan.pairs = (enum rs_pairs)settings->selecting.pairs;
    status = choose_engine(setup, settings, err);
    if (status == RS_OK)
        status = find_corrections(setup, settings, input, err);
    if (status == RS_OK)
        status = make_plan(&setup->plan, setup, settings, input,
                           rs_keep_some(&setup->keep),
                           setup->target.kind == RS_TARGET_NPY, err);
    if (setup->target.kind == RS_TARGET_NPY) {
        setup->values.conf_level = settings->modelling.conf_level;
        setup->values.matched = setup->plan.pairs == RS_PAIRS_MATCHED;
        setup->values.n_x = setup->values.matched ? 1 : setup->plan.n_x;
        setup->part.values = &setup->values;
    }
    if (status == RS_OK && (setup->rows & RS_ROWS_TERMS) != 0)
        status = rs_term_names_init(&setup->term_names, &setup->spec, err);
    if (status == RS_OK)
        status = make_sink(setup, settings, input, err);
    setup->sweep.sink = setup->sink;
    setup->sweep.parts = rs_parts_one(&setup->part);
    if (status == RS_OK)
        status = prepare_engine(setup, err);
    return status;
}

static const char *name_y(const void *ctx, size_t y_ix)
{
    const struct rs_engine_env *env = ctx;

    return env->spec->data->columns[env->plan->y[y_ix]].name;
}

static const char *name_x(const void *ctx, size_t x_ix)
{
    const struct rs_engine_env *env = ctx;

    return env->spec->data->columns[env->plan->x[x_ix]].name;
}

enum rs_status rs_run_setup_create(struct rs_run_setup *setup,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_npy_shape shape = {
        .n_y = setup->plan.n_y,
        .n_x = setup->plan.n_x,
        .matched = setup->values.matched,
        .name_y = name_y,
        .name_x = name_x,
        .ctx = &setup->part.env,
    };
    const struct rs_sink_config config = rs_run_setup_config(setup, settings);
    const struct rs_outfile_options file = rs_sink_outfile(&config);
    enum rs_status status = RS_OK;

    if (setup->target.kind != RS_TARGET_NPY)
        return RS_OK;
    status = rs_npy_create(&setup->npy, &file, &shape, err);
    if (status == RS_OK)
        setup->values.cells = rs_npy_cells(setup->npy);
    return status;
}

enum rs_status rs_run_setup_finish(struct rs_run_setup *setup,
                                   enum rs_status status, struct rs_error *err)
{
    if (setup->npy == NULL)
        return status;
    if (status == RS_OK && setup->values.field == RS_VALUE_LOG_P)
        rs_adjusted_cells(&setup->values, setup->plan.n_y, &setup->corrections,
                          (int)setup->columns.fields[0],
                          setup->sweep.crew.n_workers, setup->sweep.crew.stop);
    if (status == RS_OK)
        status = rs_npy_finish(setup->npy, err);
    rs_npy_free(setup->npy);
    setup->npy = NULL;
    setup->values.cells = NULL;
    return status;
}

void rs_run_setup_clear(struct rs_run_setup *setup)
{
    if (setup->sink != NULL)
        setup->sink->ops->free(setup->sink);
    rs_run_part_release(&setup->part);
    rs_corrections_clear(&setup->corrections);
    rs_plan_clear(&setup->first);
    rs_plan_clear(&setup->plan);
    rs_term_names_clear(&setup->term_names);
    rs_npy_free(setup->npy);
    setup->npy = NULL;
    setup->sink = NULL;
    setup->part = (struct rs_run_part){0};
    setup->sweep = (struct rs_sweep){0};
}
