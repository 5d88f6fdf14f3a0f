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

#include <errno.h>
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
    struct rs_plan plan;
    struct rs_sink *sink;
    struct rs_sweep sweep;
    struct rs_pool_stats stats;
    struct rs_stage_times times;
    bool reading; /* an error now is one of the input */
};

static enum rs_status check_options(struct run *run, struct rs_error *err)
{
    const struct rs_options *options = run->options;

    if (options->n_files != 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            options->n_files == 0
                                ? "run needs a FILE (- for standard input)"
                                : "run takes one FILE only");
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

static enum rs_status prepare(struct run *run, struct rs_error *err)
{
    const struct rs_options *options = run->options;
    const struct rs_input *input = &run->input;
    double begin = rs_clock_now();
    uint64_t tile_pairs =
        rs_sweep_tile_pairs((uint64_t)input->n_y * input->n_x,
                            input->data->n_rows, input->n_covariates);
    enum rs_status status =
        rs_plan_init(&run->plan, (enum rs_pairs)options->pairs, input->y,
                     input->n_y, input->x, input->n_x, input->covariates,
                     input->n_covariates, tile_pairs, err);

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
        .engine = &rs_engine_exact,
        .env = {&run->plan, run->model, &run->spec},
        .sink = run->sink,
        .n_workers = run->n_workers,
        .progress = &run->progress,
        .stop = &rs_signals_seen,
    };
    run->times.prepare = rs_clock_now() - begin;
    return status;
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
               rs_human_count(&done, rs_sweep_rows(&run->stats)),
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
        if (run.stats.tally[RS_FIT_WORKER_LOST] > 0)
            exit_status = RS_EXIT_LOST;
    }
done:
    if (status != RS_OK)
        exit_status = report_failure(&run, &err);
    clear(&run);
    return exit_status;
}
