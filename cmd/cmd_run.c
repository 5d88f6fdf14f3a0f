/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_run.h"

#include "best.h"
#include "clock.h"
#include "corrections_report.h"
#include "covariate_report.h"
#include "cpus.h"
#include "dry_run.h"
#include "human.h"
#include "input.h"
#include "lost_digits_report.h"
#include "m_eff_report.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "run_info.h"
#include "run_setup.h"
#include "shortage.h"
#include "signals.h"
#include "summary.h"
#include "summary_table.h"
#include "verify.h"
#include "workers_report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* All that a run holds, in the order in which it comes to be. */
struct run {
    const struct rs_settings *settings;
    unsigned n_workers;
    struct rs_progress progress;
    struct rs_ticker ticker; /* of progress */
    struct rs_sources sources;
    struct rs_input input;
    struct rs_run_notes notes;
    struct rs_run_setup setup;
    struct rs_run_stats stats;
    struct rs_lost_pairs lost; /* of the sweep */
    struct rs_stage_times times;
    struct rs_top *best; /* for --summary; NULL: not wanted, or not known */
    struct rs_p_sample sample; /* likewise */
    bool reading;              /* an error now is one of the input */
    bool whole;                /* the output is finished */
};

/* With --force, a file that is read would be lost to its own results. */
static enum rs_status check_not_input(struct run *run, struct rs_error *err)
{
    const char *path = run->setup.target.path;
    enum rs_status status =
        rs_reading_sources(&run->sources, run->settings, err);

    run->setup.sources = &run->sources;
    if (status == RS_OK && path != NULL && !rs_outfile_is_stdout(path))
        status = rs_sources_check(&run->sources, path, path, err);
    return status;
}

static enum rs_status check_options(struct run *run, struct rs_error *err)
{
    const struct rs_settings *settings = run->settings;

    if (rs_reading_check(settings, "run", err) != RS_OK)
        return RS_ERR_USAGE;
    if (settings->selecting.dependent.n == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "run needs --dependent (-y): which columns shall "
                            "be explained?");
    if (rs_run_setup_options(&run->setup, settings, err) != RS_OK)
        return err->status;
    return check_not_input(run, err);
}

/* An output that cannot be made should cost nobody an hour of reading. */
static enum rs_status check_output(const struct run *run, struct rs_error *err)
{
    struct rs_sink_config config;

    if (run->settings->running.dry_run)
        return RS_OK;
    config = rs_run_setup_config(&run->setup, run->settings);
    return rs_output_check(&run->setup.target, &config, err);
}

static enum rs_status read_input(struct run *run, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    double begin = rs_clock_now();

    rs_ticker_stage(&run->ticker, "reading");
    run->reading = true;
    status = rs_input_load(&run->input, run->settings, run->n_workers,
                           rs_target_is_database(&run->setup.target), err);
    run->reading = status != RS_OK;
    rs_ticker_end(&run->ticker);
    if (status == RS_OK && !run->settings->informing.quiet)
        rs_lost_digits_print(&run->input.lost);
    run->times.read = rs_clock_now() - begin;
    return status;
}

/* Why no pair can be fitted, where that is so for all of them. */
static enum rs_status report_shortage(const struct run *run,
                                      struct rs_error *err)
{
    struct rs_shortage shortage;
    struct rs_human levels;
    struct rs_human rows;
    struct rs_human rank;
    bool found = false;
    enum rs_status status =
        rs_shortage_find(&shortage, &found, &run->setup.spec, err);

    if (status != RS_OK || !found || run->settings->informing.quiet)
        return status;
    if (shortage.levels + 1 < shortage.rank)
        rs_message("no pair has a degree of freedom left: the covariates have "
                   "%s coefficients in the %s rows that have them all "
                   "(covariate '%s' alone has %s levels)",
                   rs_human_count(&rank, shortage.rank),
                   rs_human_count(&rows, shortage.rows),
                   run->input.data->columns[shortage.column].name,
                   rs_human_count(&levels, shortage.levels));
    else
        rs_message("no pair has a degree of freedom left: covariate '%s' has "
                   "%s level%s in the %s row%s that have all covariates",
                   run->input.data->columns[shortage.column].name,
                   rs_human_count(&levels, shortage.levels),
                   rs_plural(shortage.levels),
                   rs_human_count(&rows, shortage.rows),
                   rs_plural(shortage.rows));
    return status;
}

static enum rs_status prepare(struct run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = rs_run_notes_init(&run->notes, run->settings, err);

    run->setup.info = run->notes.info;
    if (status == RS_OK)
        status = rs_run_setup_make(&run->setup, run->settings, &run->input,
                                   run->n_workers, &run->ticker, err);
    if (status == RS_OK)
        status = report_shortage(run, err);
    if (status == RS_OK && run->settings->informing.summary &&
        run->setup.sink != NULL)
        status = rs_best_new(&run->best, err);
    if (status == RS_OK && run->settings->informing.summary &&
        !run->settings->running.dry_run) {
        status = rs_p_sample_new(&run->sample, &run->setup.plan, err);
        run->setup.part.sample = &run->sample;
    }
    run->setup.part.best = run->best;
    run->setup.sweep.best = run->best != NULL;
    run->setup.part.lost = &run->lost;
    run->times.prepare = rs_clock_now() - begin;
    run->times.corrections = run->setup.corrections.times;
    return status;
}

/* --verify: what was written is compared with the exact engine. */
static enum rs_status verify(const struct run *run, struct rs_error *err)
{
    static const double allowed = 1e-10;
    static const double allowed_p = 1e-12;
    const struct rs_run_part *part = &run->setup.part;
    const struct rs_column *columns = run->input.data->columns;
    struct rs_verify found;
    struct rs_human n;
    enum rs_status status = RS_OK;

    if (run->settings->running.verify == 0)
        return RS_OK;
    status = rs_verify(&found, part->engine, &part->env, part->prepared,
                       run->settings->running.verify, 1, err);
    if (status != RS_OK)
        return status;
    if (!run->settings->informing.quiet)
        rs_message("verify: %s pair%s fitted again by the exact engine, "
                   "largest relative difference %.2g (%s of '%s' on '%s'), "
                   "of p %.2g",
                   rs_human_count(&n, found.n_pairs), rs_plural(found.n_pairs),
                   found.largest, rs_fields[found.field].name,
                   columns[run->setup.plan.y[found.y_ix]].name,
                   columns[run->setup.plan.x[found.x_ix]].name,
                   found.largest_p);
    if (found.n_differ > 0 || !(found.largest <= allowed) ||
        !(found.largest_p <= allowed_p))
        return rs_error_set(err, RS_ERR_INTERNAL,
                            "verify: the engines differ by more than %g, in "
                            "p by more than %g times its condition in t, or "
                            "in the status of %s pairs",
                            allowed, allowed_p,
                            rs_human_count(&n, found.n_differ));
    return RS_OK;
}

static enum rs_status fit_and_write(struct run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    rs_stop_begin(run->setup.stop);
    status = rs_run_setup_create(&run->setup, run->settings, err);
    if (status == RS_OK)
        status = rs_sweep_run(&run->setup.sweep, &run->stats, err);
    status = rs_run_setup_finish(&run->setup, status, err);
    run->whole = status == RS_OK;
    status = rs_stop_end(run->setup.stop, status, err);
    run->times.sweep = rs_clock_now() - begin;
    return status;
}

/* --summary: asked for, so that --quiet does not silence it. */
static enum rs_status print_table(const struct run *run, struct rs_error *err)
{
    const struct rs_engine_env *env = &run->setup.part.env;
    const struct rs_p_sample_run again = {env->plan, env->model, env->spec};
    struct rs_summary_table table = {
        .data = run->input.data,
        .plan = &run->setup.plan,
        .keep = &run->setup.keep,
        .tally = run->stats.tally,
        .best = run->best,
        .families = run->setup.corrections.families,
        .utf8 = rs_summary_table_utf8(),
    };
    enum rs_status status = RS_OK;

    if (!run->settings->informing.summary)
        return RS_OK;
    status = rs_p_sample_lambda(&table.lambda, &run->sample, &table.tally,
                                &again, err);
    return status == RS_OK ? rs_summary_table_print(&table, err) : status;
}

static void report_workers(const struct run *run)
{
    const struct rs_workers_pass pass = {run->n_workers, "",
                                         "their pairs were fitted again"};

    rs_corrections_report_workers(&run->setup.corrections, run->n_workers);
    rs_workers_report(&run->stats.pool, &pass);
}

/* Whether anything was lost. A row says it itself, what has no row is named. */
static bool report_lost(const struct run *run)
{
    bool lost = run->stats.tally.outcomes[RS_FIT_WORKER_LOST] > 0;
    struct rs_human n;
    char names[400];

    if (lost && run->setup.part.values != NULL) {
        rs_lost_pairs_names(names, sizeof names, &run->lost,
                            &run->setup.part.env);
        rs_message("%s: %s cell%s empty, lost with %s workers: %s",
                   run->setup.target.path, rs_human_count(&n, run->lost.n),
                   run->lost.n == 1 ? " is" : "s are",
                   run->lost.n == 1 ? "its" : "their", names);
    }
    return rs_corrections_report_lost(&run->setup.corrections) || lost;
}

/*
 * The pairs that an abandoned output holds.
 * n_rows  out  rows behind these, where a row is not a pair
 */
static uint64_t pairs_left(uint64_t *n_rows, const struct rs_run_setup *setup,
                           bool reader_is_gone)
{
    uint64_t n_tiles = setup->sink->ops->left(setup->sink, n_rows);
    uint64_t pairs = rs_plan_pairs_before(&setup->plan, n_tiles);

    if (reader_is_gone) /* with what lay in its pipe */
        *n_rows = 0;
    if (setup->keep.top_of != RS_TOP_NONE)
        return 0; /* rows of the best come when all is tested */
    if (setup->rows == RS_ROWS_PAIRS && !rs_keep_some(&setup->keep)) {
        pairs += *n_rows;
        *n_rows = 0;
    }
    return pairs;
}

static void report_prefix(const struct run *run, bool reader_is_gone)
{
    const struct rs_run_setup *setup = &run->setup;
    const struct rs_sink *sink = setup->sink;
    const char *partial = sink == NULL ? NULL : sink->ops->partial(sink);
    uint64_t rows = 0;
    uint64_t pairs = 0;
    struct rs_human counts[3];
    char more[48] = "";

    if (sink == NULL || setup->plan.n_pairs == 0 ||
        (partial == NULL && rs_target_is_database(&setup->target)))
        return; /* nothing was written, or it is not known how much */
    pairs = pairs_left(&rows, setup, reader_is_gone);
    if (rows > 0)
        (void)snprintf(more, sizeof more, ", and %s rows of the next ones",
                       rs_human_count(&counts[2], rows));
    if (pairs + rows > 0)
        rs_message("%s of %s pairs were written%s%s%s%s",
                   rs_human_count(&counts[0], pairs),
                   rs_human_count(&counts[1], setup->plan.n_pairs),
                   partial == NULL ? "" : " to '",
                   partial == NULL ? "" : partial, partial == NULL ? "" : "'",
                   more);
}

static int report_failure(const struct run *run, const struct rs_error *err)
{
    bool reader_is_gone = err->status == RS_ERR_WRITE && err->os_errno == EPIPE;

    if (reader_is_gone)
        rs_signals_die_of_pipe();
    rs_message_error(err);
    if (run->whole && err->status == RS_ERR_INTERRUPTED)
        rs_message("all pairs had been written by then");
    if (run->reading &&
        (err->status == RS_ERR_OPEN || err->status == RS_ERR_READ))
        return RS_EXIT_INPUT;
    if (err->status == RS_ERR_USAGE)
        rs_message("try 'regsweep run --help'");
    if (!run->whole)
        report_prefix(run, reader_is_gone);
    rs_signals_die(); /* what else went wrong may have come of it */
    return rs_exit_for(err);
}

/* All that is said of a run that came to its end. */
static enum rs_status report(const struct run *run, struct rs_error *err)
{
    const struct rs_settings *settings = run->settings;
    enum rs_status status = RS_OK;

    rs_summary_print(settings, &run->input, &run->setup.plan, &run->stats,
                     &run->times);
    if (!settings->informing.quiet)
        status = rs_covariate_report(&run->setup.spec, err);
    if (!settings->informing.quiet)
        rs_corrections_print(&run->setup.corrections);
    if (status == RS_OK && settings->testing.m_eff)
        status = rs_m_eff_report(
            &run->input, (enum rs_pairs)run->settings->selecting.pairs, err);
    if (status == RS_OK)
        status = print_table(run, err);
    if (status == RS_OK)
        status = verify(run, err);
    return status;
}

static void clear(struct run *run)
{
    rs_run_setup_clear(&run->setup);
    rs_top_free(run->best);
    rs_lost_pairs_clear(&run->lost);
    rs_p_sample_free(&run->sample);
    rs_input_clear(&run->input);
    rs_sources_clear(&run->sources);
    rs_run_notes_clear(&run->notes);
}

int rs_cmd_run(const struct rs_settings *settings)
{
    struct run run = {.settings = settings, .setup.stop = &rs_signals_stop};
    struct rs_error err = {0};
    int exit_status = RS_EXIT_OK;
    enum rs_status status = check_options(&run, &err);

    run.n_workers = settings->running.jobs > 0
                        ? (unsigned)settings->running.jobs
                        : rs_cpus_usable();
    rs_progress_init(&run.progress,
                     (enum rs_progress_mode)settings->running.progress,
                     settings->informing.quiet, settings->informing.verbose);
    run.ticker = rs_progress_ticker(&run.progress);
    if (status == RS_OK)
        status = check_output(&run, &err);
    if (status == RS_OK)
        status = read_input(&run, &err);
    if (status == RS_OK)
        status = prepare(&run, &err);
    if (status == RS_OK && settings->running.dry_run) {
        status = rs_dry_run(&run.setup, &run.input, &err);
        if (status == RS_OK && !settings->informing.quiet)
            status = rs_covariate_report(&run.setup.spec, &err);
        goto done;
    }
    if (status == RS_OK)
        status = fit_and_write(&run, &err);
    if (!settings->informing.quiet)
        report_workers(&run);
    if (status == RS_OK) {
        status = report(&run, &err);
        if (report_lost(&run))
            exit_status = RS_EXIT_LOST;
    }
done:
    if (status != RS_OK)
        exit_status = report_failure(&run, &err);
    clear(&run);
    return exit_status;
}
