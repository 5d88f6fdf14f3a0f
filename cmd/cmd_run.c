/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_run.h"

#include "cpus.h"
#include "dry_run.h"
#include "message.h"
#include "notices_report.h"
#include "progress.h"
#include "run_info.h"
#include "run_look.h"
#include "run_report.h"
#include "signals.h"

static enum rs_status check(struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = rs_run_check(run, err);

    return status == RS_OK ? rs_run_check_output(run, err) : status;
}

/* Warnings so far: they are not kept until a long sweep is done. written: it
 * is. */
static enum rs_status warn(struct rs_run *run, bool written,
                           struct rs_error *err)
{
    const struct rs_informing_settings *settings = &run->settings->informing;

    rs_notices_tell_warnings(&run->input.notices, settings);
    return settings->strict
               ? rs_notices_refuse(&run->input.notices, written, err)
               : RS_OK;
}

static enum rs_status load(struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = rs_run_load(run, err);

    if (status == RS_OK)
        status = rs_run_look(run, err);
    return status == RS_OK ? warn(run, false, err) : status;
}

static enum rs_status prepare(struct rs_run *run, struct rs_run_notes **notes,
                              struct rs_error *err)
{
    enum rs_status status = rs_run_notes_new(notes, run->settings, err);

    if (status == RS_OK)
        status = rs_run_prepare(run, &(*notes)->info, err);
    return status == RS_OK ? warn(run, false, err) : status;
}

/* The rows, and what is said of them. */
static enum rs_status sweep(struct rs_run *run, int *exit_status,
                            struct rs_error *err)
{
    enum rs_status status = rs_run_sweep(run, err);

    rs_run_report_workers(run);
    if (status != RS_OK)
        return status;
    status = rs_run_report(run, err);
    if (status == RS_OK)
        status = rs_run_look_back(run, err);
    if (status == RS_OK)
        status = warn(run, true, err);
    if (rs_run_report_lost(run))
        *exit_status = RS_EXIT_LOST;
    return status;
}

/* What was found before may be why. */
static int fail(struct rs_run *run, const struct rs_error *err)
{
    rs_notices_tell_warnings(&run->input.notices, &run->settings->informing);
    return rs_run_report_failure(run, "run", err);
}

int rs_cmd_run(const struct rs_settings *settings)
{
    uint64_t jobs = settings->running.jobs;
    struct rs_progress progress;
    const struct rs_ticker ticker = rs_progress_ticker(&progress);
    const struct rs_run_env env = {
        .ticker = &ticker,
        .stop = &rs_signals_stop,
        .pool = &rs_pool_fork,
        .n_workers = jobs > 0 ? (unsigned)jobs : rs_cpus_usable(),
    };
    struct rs_run *run = NULL;
    struct rs_run_notes *notes = NULL;
    struct rs_error err = {0};
    int exit_status = RS_EXIT_OK;
    enum rs_status status = rs_run_new(&run, settings, &env, &err);

    if (status != RS_OK) {
        rs_message_error(&err);
        return rs_exit_for(&err);
    }
    rs_progress_init(&progress,
                     (enum rs_progress_mode)settings->running.progress,
                     settings->informing.quiet, settings->informing.verbose);
    status = check(run, &err);
    if (status == RS_OK)
        status = load(run, &err);
    if (status == RS_OK)
        status = prepare(run, &notes, &err);
    if (status == RS_OK && settings->running.dry_run)
        status = rs_dry_run(run, &err);
    else if (status == RS_OK)
        status = sweep(run, &exit_status, &err);
    if (status != RS_OK)
        exit_status = fail(run, &err);
    rs_run_free(run);
    rs_run_notes_free(notes);
    return exit_status;
}
