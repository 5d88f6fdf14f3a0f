/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_shared.h"

#include "adjusted_cells.h"
#include "clock.h"
#include "mem.h"

#include <stdlib.h>

enum rs_status rs_run_new(struct rs_run **out,
                          const struct rs_settings *settings,
                          const struct rs_run_env *env, struct rs_error *err)
{
    struct rs_run *run = rs_alloc(1, sizeof *run, err);

    *out = run;
    if (run == NULL)
        return RS_ERR_NOMEM;
    run->settings = settings;
    run->env = *env;
    return RS_OK;
}

enum rs_status rs_run_check(struct rs_run *run, struct rs_error *err)
{
    return rs_run_setup_find(&run->setup, run->settings, err);
}

/* With --force, a file that is read would be lost to its own results. */
static enum rs_status check_not_input(struct rs_run *run, struct rs_error *err)
{
    const char *path = run->setup.asked.target.path;
    enum rs_status status =
        rs_reading_sources(&run->sources, run->settings, err);

    if (status == RS_OK && path != NULL && !rs_outfile_is_stdout(path))
        status = rs_sources_check(&run->sources, path, path, err);
    return status;
}

enum rs_status rs_run_check_output(struct rs_run *run, struct rs_error *err)
{
    struct rs_sink_config config;
    enum rs_status status = check_not_input(run, err);

    if (status != RS_OK || run->settings->running.dry_run)
        return status;
    config = rs_run_sink_config(run);
    return run->setup.asked.target.kind->check(&config, err);
}

enum rs_status rs_run_load(struct rs_run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->stage = RS_RUN_READING;
    rs_ticker_stage(run->env.ticker, "reading");
    status = rs_input_load(
        &run->input, run->settings, run->env.source, run->env.n_workers,
        rs_output_can(run->setup.asked.target.kind, RS_OUTPUT_RUNS), err);
    run->env.source = NULL;
    rs_ticker_end(run->env.ticker);
    if (status == RS_OK)
        run->stage = RS_RUN_READ;
    run->times.read = rs_clock_now() - begin;
    return status;
}

/* ---- a matrix as output ------------------------------------------ */

static const char *name_y(const void *ctx, size_t y_ix)
{
    const struct rs_run *run = ctx;

    return run->input.data->columns[run->plan.y[y_ix]].name;
}

static const char *name_x(const void *ctx, size_t x_ix)
{
    const struct rs_run *run = ctx;

    return run->input.data->columns[run->plan.x[x_ix]].name;
}

/* Its file, with the cells that the sweep fills. */
static enum rs_status create_matrix(struct rs_run *run, struct rs_error *err)
{
    const struct rs_npy_shape shape = {
        .n_y = run->plan.n_y,
        .n_x = run->plan.n_x,
        .matched = run->values.matched,
        .name_y = name_y,
        .name_x = name_x,
        .ctx = run,
    };
    const struct rs_sink_config config = rs_run_sink_config(run);
    const struct rs_outfile_options file = rs_place_outfile(&config.place);
    enum rs_status status = RS_OK;

    if (!rs_output_can(run->setup.asked.target.kind, RS_OUTPUT_MATRIX))
        return RS_OK;
    status = rs_npy_create(&run->npy, &file, &shape, err);
    if (status == RS_OK)
        run->values.cells = rs_npy_cells(run->npy);
    return status;
}

/* Makes it final or, when the sweep has failed, removes it. Returns the
 * sweep's status when that is an error. */
static enum rs_status finish_matrix(struct rs_run *run, enum rs_status status,
                                    struct rs_error *err)
{
    if (run->npy == NULL)
        return status;
    if (status == RS_OK && run->values.field == RS_VALUE_LOG_P)
        rs_adjusted_cells(&run->values, run->plan.n_y, &run->setup.corrections,
                          (int)run->setup.asked.columns.fields[0],
                          run->sweep.crew.n_workers, run->sweep.crew.stop);
    if (status == RS_OK)
        status = rs_npy_finish(run->npy, err);
    rs_npy_free(run->npy);
    run->npy = NULL;
    run->values.cells = NULL;
    return status;
}

/* ---- the sweep --------------------------------------------------- */

enum rs_status rs_run_sweep(struct rs_run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->stage = RS_RUN_SWEEPING;
    rs_stop_begin(run->env.stop);
    status = create_matrix(run, err);
    if (status == RS_OK)
        status = rs_sweep_run(&run->sweep, &run->stats, err);
    status = finish_matrix(run, status, err);
    if (status == RS_OK)
        run->stage = RS_RUN_WHOLE;
    status = rs_stop_end(run->env.stop, status, err);
    run->times.sweep = rs_clock_now() - begin;
    return status;
}

/* ---- the end ----------------------------------------------------- */

void rs_run_unload(struct rs_run *run)
{
    if (run->sink != NULL)
        run->sink->ops->free(run->sink);
    rs_run_part_release(&run->part);
    rs_corrections_clear(&run->setup.corrections);
    rs_plan_clear(&run->first);
    rs_plan_clear(&run->plan);
    rs_term_names_clear(&run->term_names);
    rs_npy_free(run->npy);
    rs_top_free(run->best);
    rs_lost_pairs_clear(&run->lost);
    rs_p_sample_free(&run->sample);
    rs_input_clear(&run->input);
    run->npy = NULL;
    run->best = NULL;
    run->sink = NULL;
    run->part = (struct rs_run_part){0};
    run->sweep = (struct rs_sweep){0};
    run->stage = RS_RUN_NEW;
}

void rs_run_free(struct rs_run *run)
{
    if (run == NULL)
        return;
    rs_run_unload(run);
    rs_source_close(run->env.source);
    rs_sources_clear(&run->sources);
    free(run);
}
