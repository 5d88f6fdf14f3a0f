/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_log.h"

#include "categories.h"
#include "clock.h"
#include "mem.h"
#include "message.h"
#include "passwords.h"
#include "run_parts.h"
#include "run_results.h"
#include "visible.h"
#include "wall_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum rs_status rs_run_log_check(struct rs_run_log *log,
                                const struct rs_run *run, struct rs_error *err)
{
    const struct rs_settings *settings = run->settings;
    const struct rs_outfile_options options = {
        .path = settings->informing.log,
        .force = settings->writing.force,
        .durable = settings->writing.durable,
        .inputs = &run->input_files,
        .stop = rs_run_stop_flag(run),
    };
    enum rs_status status = RS_OK;

    if (options.path == NULL || settings->running.dry_run)
        return RS_OK; /* a plan touches nothing */
    if (rs_input_files_check(options.inputs, options.path, options.path,
                             NULL) != RS_OK)
        return rs_error_set(err, RS_ERR_USAGE, "{log}: '%s' is an input",
                            options.path);
    status = rs_outfile_init(&log->file, &options, err);
    if (status == RS_ERR_OPEN && settings->writing.append &&
        access(options.path, F_OK) == 0)
        status = rs_error_set_os(err, status, options.path, 0,
                                 "the log exists already, and {append} "
                                 "replaces nothing: name another");
    log->wanted = status == RS_OK;
    return status;
}

void rs_run_log_clear(struct rs_run_log *log)
{
    if (log->wanted)
        rs_outfile_clear(&log->file);
    log->wanted = false;
}

/* ---- lines ------------------------------------------------------- */

/* One line, whatever is in the text. NULL: none. */
static void put_text(FILE *out, const char *key, const char *text)
{
    char piece[RS_VISIBLE_PIECE];

    if (text == NULL)
        return;
    (void)fprintf(out, "%s: ", key);
    while (rs_visible_next(piece, &text) > 0)
        (void)fputs(piece, out);
    (void)fputc('\n', out);
}

static void put_count(FILE *out, const char *key, uint64_t n)
{
    (void)fprintf(out, "%s: %" PRIu64 "\n", key, n);
}

/* UTC, as in a database; seconds ago. */
static void put_time(FILE *out, const char *key, double ago)
{
    time_t at = time(NULL) - (time_t)ago;
    struct tm parts;
    char text[32] = "";

    if (gmtime_r(&at, &parts) != NULL)
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    put_text(out, key, text);
}

static void put_seconds(FILE *out, const struct rs_wall_time *wall)
{
    (void)fprintf(out, "seconds: %.3f\n", rs_wall_time_all(wall));
    (void)fprintf(out, "seconds_reading: %.3f\n", wall->reading);
    (void)fprintf(out, "seconds_preparing: %.3f\n", wall->preparing);
    (void)fprintf(out, "seconds_adjusting: %.3f\n", wall->adjusting);
    (void)fprintf(out, "seconds_permuting: %.3f\n", wall->permuting);
    (void)fprintf(out, "seconds_fitting: %.3f\n", wall->fitting);
    (void)fprintf(out, "seconds_writing: %.3f\n", wall->writing);
    (void)fprintf(out, "seconds_checking: %.3f\n", wall->checking);
}

/* ---- what is known of a run -------------------------------------- */

static void put_output(FILE *out, const struct rs_run *run,
                       struct rs_error *err)
{
    const char *path = run->asked.target.path;
    char *shown = rs_text_copy(path == NULL ? "-" : path,
                               path == NULL ? 1 : strlen(path), err);

    if (shown != NULL)
        rs_hide_passwords(shown);
    put_text(out, "output", shown);
    free(shown);
}

static void put_notices(FILE *out, const struct rs_notices *notices)
{
    for (size_t i = 0; i < notices->n; i++) {
        const struct rs_notice *notice = &notices->list[i];
        char text[RS_ERROR_TEXT];
        rs_message_options(text, notice->text);
        put_text(out, notice->kind == RS_NOTICE_WARNING ? "warning" : "notes",
                 text);
    }
}

/* What a database has as notes, a line each. */
static void put_input(FILE *out, const struct rs_run *run, struct rs_error *err)
{
    size_t *columns = NULL;
    size_t n = 0;
    char levels[RS_CATEGORY_TEXT];

    if (run->input.n_where_dropped > 0)
        (void)fprintf(out, "notes: rows left out by where: %" PRIu64 "\n",
                      run->input.n_where_dropped);
    if (run->notes == NULL ||
        rs_categories_of(&columns, &n, &run->input, err) != RS_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        rs_category_text(levels, &run->input.data->columns[columns[i]]);
        put_text(out, "notes", levels);
    }
    free(columns);
}

/* What is known once there is a plan. */
static void put_pairs(FILE *out, const struct rs_run *run, bool whole)
{
    const struct rs_tally *tally = &run->stats.tally;
    uint64_t n_rows = 0;

    put_count(out, "pairs", rs_run_n_pairs(run));
    put_count(out, "tiles", rs_run_n_tiles(run));
    put_count(out, "tiles_done", run->stats.pool.jobs_committed);
    if (whole)
        put_count(out, "pairs_written", tally->kept);
    else if (run->sink != NULL && run->stage == RS_RUN_SWEEPING)
        put_count(out, "pairs_written", rs_run_pairs_left(&n_rows, run, false));
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        put_count(out, rs_outcome_name((enum rs_outcome)i), tally->outcomes[i]);
}

static void put_end(FILE *out, const struct rs_run *run,
                    const struct rs_run_end *end)
{
    const struct rs_wall_time wall = rs_wall_time_of(run);
    bool complete = run->stage == RS_RUN_WHOLE && end->exit_status == 0;
    char text[RS_MESSAGE_ERROR];

    put_time(out, "started", rs_wall_time_all(&wall));
    put_time(out, "ended", 0.0);
    put_count(out, "complete", complete ? 1 : 0);
    put_seconds(out, &wall);
    if (end->signal != 0)
        put_count(out, "signal", (uint64_t)end->signal);
    else
        put_count(out, "exit_status", (uint64_t)end->exit_status);
    if (end->err->status == RS_OK)
        return;
    rs_message_error_text(text, end->err);
    put_text(out, "error", text);
}

static void put_all(FILE *out, const struct rs_run *run,
                    const struct rs_run_info *info,
                    const struct rs_run_end *end, struct rs_error *err)
{
    put_text(out, "command", info->command);
    put_text(out, "program", info->program);
    put_text(out, "libraries", info->libraries);
    put_text(out, "input", info->input);
    put_text(out, "input_hash", run->input.hash);
    put_output(out, run, err);
    put_input(out, run, err);
    put_notices(out, &run->input.notices);
    put_text(out, "note", info->note);
    if (run->plans != NULL)
        put_pairs(out, run, run->stage == RS_RUN_WHOLE);
    put_end(out, run, end);
}

enum rs_status rs_run_log_write(struct rs_run_log *log,
                                const struct rs_run *run,
                                const struct rs_run_info *info,
                                const struct rs_run_end *end,
                                struct rs_error *err)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = log->wanted ? open_memstream(&text, &n) : NULL;
    enum rs_status status = RS_OK;

    if (!log->wanted)
        return RS_OK;
    if (out == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    put_all(out, run, info, end, err);
    if (fclose(out) != 0)
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    if (status == RS_OK)
        status = rs_outfile_open(&log->file, err);
    if (status == RS_OK)
        status = rs_outfile_write(&log->file, text, n, err);
    if (status == RS_OK)
        status = rs_outfile_finish(&log->file, err);
    free(text);
    return status;
}
