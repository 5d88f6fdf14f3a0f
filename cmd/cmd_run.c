/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_run.h"

#include "clock.h"
#include "cpus.h"
#include "dry_run.h"
#include "human.h"
#include "input.h"
#include "message.h"
#include "outfile.h"
#include "result_columns.h"
#include "signals.h"
#include "summary.h"
#include "sweep.h"
#include "tile_shape.h"
#include "verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Prepared columns that all workers together may keep. */
static const size_t all_caches = (size_t)24 << 20;

/* All that a run holds, in the order in which it comes to be. */
struct run {
    const struct rs_options *options;
    unsigned n_workers;
    struct rs_result_columns columns;
    const struct rs_model *model;
    struct rs_progress progress;
    struct rs_input input;
    struct rs_model_spec spec;
    struct rs_keep keep;
    struct rs_plan plan;
    struct rs_sink *sink;
    void *shared; /* what the engine has prepared */
    struct rs_sweep sweep;
    struct rs_pool_stats stats;
    struct rs_stage_times times;
    bool reading; /* an error now is one of the input */
};

static enum rs_status check_options(struct run *run, struct rs_error *err)
{
    const struct rs_options *options = run->options;

    if (rs_reading_check(options, "run", err) != RS_OK)
        return RS_ERR_USAGE;
    if (options->dependent.n == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "run needs --dependent (-y): which columns shall "
                            "be explained?");
    run->model = rs_model_find(options->model);
    if (run->model == NULL)
        return rs_error_set(err, RS_ERR_USAGE, "--model: no model '%s'",
                            options->model);
    return rs_result_columns_parse(&run->columns, options->columns, err);
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text);
    size_t end_len = strlen(end);

    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* Names that promise something else than delimited text would be a lie. */
static enum rs_status check_kind(const char *output, struct rs_error *err)
{
    static const char *const suffixes[] = {".gz",     ".zst", ".db",
                                           ".sqlite", ".npy", ".jsonl"};
    static const char *const prefixes[] = {
        "sqlite:", "postgresql:", "postgres:"};

    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (ends_with(output, suffixes[i]))
            return rs_error_set(err, RS_ERR_USAGE,
                                "--output: this version writes CSV and TSV, "
                                "not '%s'",
                                suffixes[i]);
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (strncmp(output, prefixes[i], strlen(prefixes[i])) == 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "--output: this version writes CSV and TSV, "
                                "not to '%s'",
                                prefixes[i]);
    return RS_OK;
}

/* An output that cannot be made should cost nobody an hour of reading. */
static enum rs_status check_output(const struct run *run, struct rs_error *err)
{
    struct rs_outfile probe;
    enum rs_status status = RS_OK;

    if (run->options->output != NULL)
        status = check_kind(run->options->output, err);
    if (run->options->dry_run || status != RS_OK)
        return status;
    status = rs_outfile_init(&probe, run->options->output, run->options->force,
                             run->options->durable, err);
    if (status == RS_OK)
        rs_outfile_clear(&probe);
    return status;
}

static enum rs_status read_input(struct run *run, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    double begin = rs_clock_now();

    rs_progress_stage(&run->progress, "reading");
    run->reading = true;
    status = rs_input_load(&run->input, run->options, run->n_workers, err);
    run->reading = status != RS_OK;
    rs_progress_end(&run->progress);
    run->times.read = rs_clock_now() - begin;
    return status;
}

static char delimiter_for(const struct rs_options *options)
{
    if (options->format == RS_FORMAT_TSV)
        return '\t';
    if (options->format == RS_FORMAT_AUTO && options->output != NULL &&
        ends_with(options->output, ".tsv"))
        return '\t';
    return ',';
}

static enum rs_status make_sink(struct run *run, struct rs_error *err)
{
    const struct rs_options *options = run->options;
    const struct rs_sink_config config = {
        .data = run->input.data,
        .fields = run->columns.fields,
        .n_fields = run->columns.n,
        .conf_level = options->conf_level,
        .model_name = run->model->name,
        .digits = (int)options->digits,
        .delimiter = delimiter_for(options),
        .path = options->dry_run ? NULL : options->output,
        .force = options->force,
        .durable = options->durable,
    };

    return rs_sink_text_new(&run->sink, &config, err);
}

static struct rs_keep keep_of(const struct rs_options *options)
{
    struct rs_keep keep = {.p_max = options->p_max, .r2_min = options->r2_min};

    if (options->top > 0) {
        keep.top_of = RS_TOP_ALL;
        keep.top = options->top;
    } else if (options->top_per_y > 0) {
        keep.top_of = RS_TOP_PER_Y;
        keep.top = options->top_per_y;
    } else if (options->top_per_x > 0) {
        keep.top_of = RS_TOP_PER_X;
        keep.top = options->top_per_x;
    }
    return keep;
}

/* True when no column of the list has missing values. */
static bool complete(const struct rs_dataset *data, const size_t *columns,
                     size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (data->columns[columns[i]].n_missing > 0)
            return false;
    return true;
}

static enum rs_status make_plan(struct run *run, struct rs_error *err)
{
    const struct rs_options *options = run->options;
    const struct rs_input *input = &run->input;
    const struct rs_tile_shape_ask ask = {
        .n_y = input->n_y,
        .n_x = input->n_x,
        .n_rows = input->data->n_rows,
        .n_covariates = input->n_covariates,
        .by_tile =
            run->model == &rs_model_ols && options->pairs != RS_PAIRS_MATCHED,
        .screened = rs_keep_some(&run->keep),
        .complete = complete(input->data, input->y, input->n_y) &&
                    complete(input->data, input->x, input->n_x),
    };

    return rs_plan_init(&run->plan, (enum rs_pairs)options->pairs, input->y,
                        input->n_y, input->x, input->n_x, input->covariates,
                        input->n_covariates, rs_tile_shape_for(&ask), err);
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

static enum rs_status choose_engine(struct run *run, struct rs_error *err)
{
    struct rs_sweep *sweep = &run->sweep;
    enum rs_status status = find_kernel(&sweep->env.kernel, err);

    if (status != RS_OK)
        return status;
    sweep->engine = run->options->engine == RS_ENGINE_EXACT
                        ? &rs_engine_exact
                        : rs_engine_choose(&sweep->env);
    if (sweep->engine->prepare != NULL) {
        rs_progress_stage(&run->progress, "preparing");
        status = sweep->engine->prepare(&run->shared, &sweep->env,
                                        run->n_workers, err);
        rs_progress_end(&run->progress);
    }
    sweep->shared = run->shared;
    return status;
}

static enum rs_status prepare(struct run *run, struct rs_error *err)
{
    const struct rs_options *options = run->options;
    const struct rs_input *input = &run->input;
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->keep = keep_of(options);
    status = make_plan(run, err);
    if (status == RS_OK)
        status = make_sink(run, err);
    run->spec = (struct rs_model_spec){
        .data = input->data,
        .covariates = input->covariates,
        .n_covariates = input->n_covariates,
        .intercept = !options->no_intercept,
        .weights = input->weighted ? &input->weights : NULL,
        .min_n = options->min_n,
        .cache_bytes = all_caches / run->n_workers,
    };
    run->sweep = (struct rs_sweep){
        .env = {&run->plan, run->model, &run->spec, &run->keep, NULL},
        .sink = run->sink,
        .n_workers = run->n_workers,
        .progress = &run->progress,
        .stop = &rs_signals_seen,
    };
    if (status == RS_OK)
        status = choose_engine(run, err);
    run->times.prepare = rs_clock_now() - begin;
    return status;
}

/* --verify: what was written is compared with the exact engine. */
static enum rs_status verify(const struct run *run, struct rs_error *err)
{
    static const double allowed = 1e-10;
    const struct rs_sweep *sweep = &run->sweep;
    const struct rs_column *columns = run->input.data->columns;
    struct rs_verify found;
    struct rs_human n;
    enum rs_status status = RS_OK;

    if (run->options->verify == 0)
        return RS_OK;
    status = rs_verify(&found, sweep->engine, &sweep->env, sweep->shared,
                       run->options->verify, 1, err);
    if (status != RS_OK)
        return status;
    if (!run->options->quiet)
        rs_message("verify: %s pair%s fitted again by the exact engine, "
                   "largest relative difference %.2g (%s of '%s' on '%s')",
                   rs_human_count(&n, found.n_pairs), rs_plural(found.n_pairs),
                   found.largest, rs_fields[found.field].name,
                   columns[run->plan.y[found.y_ix]].name,
                   columns[run->plan.x[found.x_ix]].name);
    if (found.n_differ > 0 || !(found.largest <= allowed))
        return rs_error_set(err, RS_ERR_INTERNAL,
                            "verify: the engines differ by more than %g, or "
                            "in the status of %s pairs",
                            allowed, rs_human_count(&n, found.n_differ));
    return RS_OK;
}

static enum rs_status fit_and_write(struct run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    rs_signals_catch();
    status = rs_sweep_run(&run->sweep, &run->stats, err);
    run->times.sweep = rs_clock_now() - begin;
    return status;
}

/* What happened to workers is told even when nothing was lost. */
static void report_workers(const struct run *run)
{
    const struct rs_pool_stats *stats = &run->stats;

    if (stats->workers_started > 0 && stats->workers_started < run->n_workers &&
        stats->workers_started < run->plan.n_tiles)
        rs_message("only %u of %u workers could be started",
                   stats->workers_started, run->n_workers);
    if (stats->workers_died > 0)
        rs_message("%u worker%s died (last by signal %d); their pairs were "
                   "fitted again",
                   stats->workers_died, rs_plural(stats->workers_died),
                   stats->last_signal);
}

static void report_prefix(const struct run *run)
{
    const char *partial =
        run->sink == NULL ? NULL : rs_sink_text_partial(run->sink);
    struct rs_human done;
    struct rs_human total;

    if (run->plan.n_pairs == 0 || run->stats.jobs_committed == 0)
        return;
    rs_message("%s of %s pairs were written%s%s%s",
               rs_human_count(&done, rs_sweep_pairs(&run->stats)),
               rs_human_count(&total, run->plan.n_pairs),
               partial == NULL ? "" : " to '", partial == NULL ? "" : partial,
               partial == NULL ? "" : "'");
}

static int report_failure(const struct run *run, const struct rs_error *err)
{
    if (err->status == RS_ERR_WRITE && err->os_errno == EPIPE)
        rs_signals_die_of_pipe();
    rs_message_error(err);
    if (run->reading &&
        (err->status == RS_ERR_OPEN || err->status == RS_ERR_READ))
        return RS_EXIT_INPUT;
    if (err->status == RS_ERR_USAGE)
        rs_message("try 'regsweep run --help'");
    report_prefix(run);
    if (err->status == RS_ERR_INTERRUPTED)
        rs_signals_die();
    return rs_exit_for(err);
}

static void clear(struct run *run)
{
    if (run->sink != NULL)
        run->sink->ops->free(run->sink);
    if (run->sweep.engine != NULL && run->sweep.engine->release != NULL)
        run->sweep.engine->release(run->shared);
    rs_plan_clear(&run->plan);
    rs_input_clear(&run->input);
}

int rs_cmd_run(const struct rs_options *options)
{
    struct run run = {.options = options};
    struct rs_error err = {0};
    int exit_status = RS_EXIT_OK;
    enum rs_status status = check_options(&run, &err);

    run.n_workers =
        options->jobs > 0 ? (unsigned)options->jobs : rs_cpus_usable();
    rs_progress_init(&run.progress, options);
    if (status == RS_OK)
        status = check_output(&run, &err);
    if (status == RS_OK)
        status = read_input(&run, &err);
    if (status == RS_OK)
        status = prepare(&run, &err);
    if (status == RS_OK && options->dry_run) {
        status = rs_dry_run(&run.sweep, &run.input, &err);
        goto done;
    }
    if (status == RS_OK)
        status = fit_and_write(&run, &err);
    if (!options->quiet)
        report_workers(&run);
    if (status == RS_OK) {
        rs_summary_print(options, &run.input, &run.plan, &run.stats,
                         &run.times);
        if (rs_sweep_tally(&run.stats).outcomes[RS_FIT_WORKER_LOST] > 0)
            exit_status = RS_EXIT_LOST;
        status = verify(&run, &err);
    }
done:
    if (status != RS_OK)
        exit_status = report_failure(&run, &err);
    clear(&run);
    return exit_status;
}
