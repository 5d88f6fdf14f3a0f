/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_report.h"

#include "corrections_report.h"
#include "human.h"
#include "levels_report.h"
#include "m_eff_report.h"
#include "message.h"
#include "notices_report.h"
#include "run_parts.h"
#include "run_results.h"
#include "signals.h"
#include "summary.h"
#include "summary_table.h"
#include "tested_report.h"
#include "workers_report.h"

#include <errno.h>
#include <stdio.h>

void rs_run_report_workers(const struct rs_run *run)
{
    if (run->settings->informing.quiet)
        return;
    rs_corrections_report_workers(&run->corrections, run->env.n_workers);
    rs_workers_report_sweep(&run->stats.pool, run->env.n_workers);
}

/* ---- of a run that is whole -------------------------------------- */

/* --summary: asked for, so that --quiet does not silence it. */
static enum rs_status print_table(const struct rs_run *run,
                                  struct rs_error *err)
{
    struct rs_summary_table table = {
        .data = run->input.data,
        .plans = run->plans,
        .labels = &run->labels,
        .keep = &run->keep,
        .tally = run->stats.tally,
        .best = run->best,
        .families = run->corrections.families,
        .utf8 = rs_summary_table_utf8(),
    };
    enum rs_status status = RS_OK;

    if (!run->settings->informing.summary)
        return RS_OK;
    status = rs_run_lambda(&table.lambda, run, err);
    return status == RS_OK ? rs_summary_table_print(&table, err) : status;
}

/* What is found out of a run that is whole, if it is asked for. */
struct findings {
    struct rs_verify verify;
    size_t part; /* of it */
    struct rs_run_m_eff m_eff;
};

static enum rs_status find(struct findings *out, const struct rs_run *run,
                           struct rs_error *err)
{
    const struct rs_settings *settings = run->settings;
    enum rs_status status = RS_OK;

    if (settings->testing.m_eff)
        status = rs_m_eff_find(&out->m_eff, run, err);
    if (status == RS_OK && settings->running.verify > 0)
        status = rs_run_verify(&out->verify, &out->part, run, err);
    return status;
}

/* --verify: what was written was compared with the exact engine. */
static enum rs_status judge(const struct findings *findings,
                            const struct rs_run *run, struct rs_error *err)
{
    const struct rs_column *columns = run->input.data->columns;
    const struct rs_verify *found = &findings->verify;
    const struct rs_plan *plan = &run->plans[findings->part];
    struct rs_human n;

    if (run->settings->running.verify == 0)
        return RS_OK;
    if (!run->settings->informing.quiet)
        rs_message("verify: %s pair%s fitted again by the exact engine, "
                   "largest relative difference %.2g (%s of '%s' on '%s'), "
                   "of p %.2g",
                   rs_human_count(&n, found->n_pairs),
                   rs_plural(found->n_pairs), found->largest,
                   rs_fields[found->field].name,
                   columns[plan->y[found->y_ix]].name,
                   columns[plan->x[found->x_ix]].name, found->largest_p);
    return rs_run_verify_judge(found, err);
}

static void print_tested(const struct rs_run *run)
{
    char text[RS_TESTED_TEXT];

    if (rs_tested_text(text, run))
        rs_message("tested: %s", text);
    if (rs_errors_text(text, run))
        rs_message("standard errors: %s", text);
    if (rs_unpooled_text(text, run))
        rs_message("not pooled: %s", text);
}

enum rs_status rs_run_report(const struct rs_run *run, struct rs_error *err)
{
    bool notes = rs_tells_notes(&run->settings->informing);
    struct findings findings = {.part = 0};
    enum rs_status found = find(&findings, run, err);
    const struct rs_wall_time wall = rs_wall_time_of(run);
    enum rs_status status = RS_OK;

    rs_summary_print(run, &wall);
    if (found != RS_OK)
        return found;
    if (notes)
        print_tested(run);
    if (notes)
        status = rs_levels_report(&run->input, err);
    if (notes)
        rs_corrections_print(&run->corrections);
    if (status == RS_OK && run->settings->testing.m_eff)
        rs_m_eff_print(&findings.m_eff, run);
    if (status == RS_OK)
        status = print_table(run, err);
    if (status == RS_OK)
        status = judge(&findings, run, err);
    return status;
}

bool rs_run_report_lost(const struct rs_run *run)
{
    bool lost = run->stats.tally.outcomes[RS_FIT_WORKER_LOST] > 0;
    struct rs_human n;
    char names[400];

    if (lost && run->parts->values != NULL) {
        rs_lost_pairs_names(names, sizeof names, run->lost, &run->parts->env);
        rs_message("%s: %s cell%s empty, lost with %s workers: %s",
                   run->asked.target.path, rs_human_count(&n, run->lost->n),
                   run->lost->n == 1 ? " is" : "s are",
                   run->lost->n == 1 ? "its" : "their", names);
    }
    return rs_corrections_report_lost(&run->corrections, &run->labels) || lost;
}

/* ---- of one that failed ------------------------------------------ */

static void report_prefix(const struct rs_run *run, bool reader_is_gone)
{
    const struct rs_sink *sink = run->sink;
    const char *partial = sink == NULL || sink->ops->partial == NULL
                              ? NULL
                              : sink->ops->partial(sink);
    uint64_t rows = 0;
    uint64_t pairs = 0;
    struct rs_human counts[3];
    char more[48] = "";

    if (sink == NULL || run->plans->n_pairs == 0 ||
        (partial == NULL &&
         rs_output_can(run->asked.target.kind, RS_OUTPUT_RUNS)))
        return; /* nothing was written, or it is not known how much */
    pairs = rs_run_pairs_left(&rows, run, reader_is_gone);
    if (rows > 0)
        (void)snprintf(more, sizeof more, ", and %s rows of the next ones",
                       rs_human_count(&counts[2], rows));
    if (pairs + rows > 0)
        rs_message("%s of %s pairs were written%s%s%s%s",
                   rs_human_count(&counts[0], pairs),
                   rs_human_count(&counts[1], rs_run_n_pairs(run)),
                   partial == NULL ? "" : " to '",
                   partial == NULL ? "" : partial, partial == NULL ? "" : "'",
                   more);
}

int rs_run_exit_for(const struct rs_run *run, const struct rs_error *err)
{
    if (run->stage == RS_RUN_READING &&
        (err->status == RS_ERR_OPEN || err->status == RS_ERR_READ))
        return RS_EXIT_INPUT;
    return rs_exit_for(err);
}

int rs_run_report_failure(const struct rs_run *run, const char *command,
                          const struct rs_error *err)
{
    bool reader_is_gone = err->status == RS_ERR_WRITE && err->os_errno == EPIPE;

    if (reader_is_gone)
        rs_signals_die_of_pipe();
    rs_message_error(err);
    if (run->stage == RS_RUN_WHOLE && err->status == RS_ERR_INTERRUPTED)
        rs_message("all pairs had been written by then");
    if (err->status == RS_ERR_USAGE)
        rs_message("try 'regsweep %s --help'", command);
    if (run->stage == RS_RUN_SWEEPING)
        report_prefix(run, reader_is_gone);
    rs_signals_die(); /* what else went wrong may have come of it */
    return rs_run_exit_for(run, err);
}
