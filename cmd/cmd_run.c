/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_run.h"

#include "clock.h"
#include "cpus.h"
#include "dry_run.h"
#include "message.h"
#include "notices_report.h"
#include "progress.h"
#include "run_info.h"
#include "run_log.h"
#include "run_look.h"
#include "run_report.h"
#include "signals.h"

/* What the command has besides the run. */
struct command {
    struct rs_run *run;
    struct rs_run_notes *notes;
    struct rs_run_log log;
    int exit_status;
};

/* The log has to tell why there is no output, too. */
static enum rs_status check(struct command *command, struct rs_error *err)
{
    struct rs_run *run = command->run;
    enum rs_status status = rs_run_check(run, err);
    enum rs_status logged = RS_OK;

    if (status != RS_OK)
        return status;
    status = rs_run_check_output(run, err);
    logged = rs_run_log_check(&command->log, run, status == RS_OK ? err : NULL);
    return status == RS_OK ? logged : status;
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

static enum rs_status prepare(const struct command *command,
                              struct rs_error *err)
{
    struct rs_run *run = command->run;
    enum rs_status status = rs_run_prepare(run, &command->notes->info, err);

    return status == RS_OK ? warn(run, false, err) : status;
}

/* The rows, and what is said of them. */
static enum rs_status sweep(struct command *command, struct rs_error *err)
{
    struct rs_run *run = command->run;
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
        command->exit_status = RS_EXIT_LOST;
    return status;
}

/* What was found before may be why. */
static void fail(struct rs_run *run, const struct rs_error *err)
{
    rs_notices_tell_warnings(&run->input.notices, &run->settings->informing);
    (void)rs_run_report_failure(run, "run", err);
}

/* --log; what it cannot tell is told here. */
static void write_log(struct command *command, const struct rs_error *why)
{
    const struct rs_run_end end = {why, command->exit_status,
                                   rs_signals_first()};
    struct rs_error err = {0};

    if (rs_run_log_write(&command->log, command->run, &command->notes->info,
                         &end, &err) == RS_OK)
        return;
    rs_message_error(&err);
    if (command->exit_status == RS_EXIT_OK)
        command->exit_status = rs_exit_for(&err);
}

static enum rs_status all(struct command *command, struct rs_error *err)
{
    struct rs_run *run = command->run;
    enum rs_status status = check(command, err);

    if (status == RS_OK)
        status = load(run, err);
    if (status == RS_OK)
        status = prepare(command, err);
    if (status != RS_OK)
        return status;
    return run->settings->running.dry_run ? rs_dry_run(run, err)
                                          : sweep(command, err);
}

static struct rs_run_env env_of(const struct rs_settings *settings,
                                const struct rs_ticker *ticker)
{
    uint64_t jobs = settings->running.jobs;

    return (struct rs_run_env){
        .ticker = ticker,
        .stop = &rs_signals_stop,
        .pool = &rs_pool_fork,
        .n_workers = jobs > 0 ? (unsigned)jobs : rs_cpus_usable(),
        .began = rs_clock_began(),
        .show = rs_message_options,
    };
}

int rs_cmd_run(const struct rs_settings *settings)
{
    struct rs_progress progress;
    const struct rs_ticker ticker = rs_progress_ticker(&progress);
    const struct rs_run_env env = env_of(settings, &ticker);
    struct command command = {.exit_status = RS_EXIT_OK};
    struct rs_error err = {0};
    enum rs_status status = rs_run_new(&command.run, settings, &env, &err);

    if (status == RS_OK)
        status = rs_run_notes_new(&command.notes, settings, &err);
    if (status != RS_OK) {
        rs_message_error(&err);
        rs_run_free(command.run);
        return rs_exit_for(&err);
    }
    rs_progress_init(&progress,
                     (enum rs_progress_mode)settings->running.progress,
                     settings->informing.quiet, settings->informing.verbose);
    status = all(&command, &err);
    if (status != RS_OK)
        command.exit_status = rs_run_exit_for(command.run, &err);
    if (!settings->running.dry_run)
        write_log(&command, &err);
    if (status != RS_OK)
        fail(command.run, &err);
    rs_run_log_clear(&command.log);
    rs_run_free(command.run);
    rs_run_notes_free(command.notes);
    return command.exit_status;
}
