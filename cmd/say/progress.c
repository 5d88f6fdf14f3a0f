/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress.h"

#include "clock.h"
#include "human.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double live_period = 0.2;
static const double plain_period = 30.0;
static const char wipe[] = "\r\033[K";

static bool is_terminal(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

void rs_progress_init(struct rs_progress *progress, enum rs_progress_mode mode,
                      bool quiet, bool verbose)
{
    memset(progress, 0, sizeof *progress);
    if (mode == RS_PROGRESS_ALWAYS)
        progress->live = true;
    else if (mode == RS_PROGRESS_AUTO && !quiet) {
        progress->live = is_terminal();
        progress->plain = !progress->live && verbose;
    }
}

static void show_stage(void *ctx, const char *what)
{
    struct rs_progress *progress = ctx;

    if (!progress->live)
        return;
    (void)fprintf(stderr, "%sregsweep: %s", wipe, what);
    (void)fflush(stderr);
    progress->shown = true;
}

static void print_state(double seconds, const char *what, const char *unit,
                        uint64_t done, uint64_t total)
{
    double rate = seconds > 0 ? (double)done / seconds : 0;
    struct rs_human done_text;
    struct rs_human total_text;
    struct rs_human rate_text;
    struct rs_human left;

    (void)fprintf(
        stderr, "regsweep: %s%s%5.1f %%  %s of %s %s  %s",
        what == NULL ? "" : what, what == NULL ? "" : ": ",
        100.0 * (double)done / (double)total, rs_human_count(&done_text, done),
        rs_human_count(&total_text, total), unit == NULL ? "pairs" : unit,
        rs_human_rate(&rate_text, rate));
    if (done > 0)
        (void)fprintf(stderr, "  %s left",
                      rs_human_time(&left, (double)(total - done) / rate));
}

static void show_count(void *ctx, const char *what, const char *unit,
                       uint64_t done, uint64_t total)
{
    struct rs_progress *progress = ctx;
    double now = rs_clock_now();

    if (!progress->counting) {
        progress->counting = true;
        progress->begin = progress->last = now;
    }
    if (progress->live && now - progress->last >= live_period) {
        (void)fputs(wipe, stderr);
        print_state(now - progress->begin, what, unit, done, total);
        (void)fflush(stderr);
        progress->shown = true;
        progress->last = now;
    } else if (progress->plain && now - progress->last >= plain_period) {
        print_state(now - progress->begin, what, unit, done, total);
        (void)fputc('\n', stderr);
        progress->last = now;
    }
}

static void wipe_line(void *ctx)
{
    struct rs_progress *progress = ctx;

    if (progress->shown)
        (void)fputs(wipe, stderr);
    progress->shown = false;
    progress->counting = false;
}

struct rs_ticker rs_progress_ticker(struct rs_progress *progress)
{
    return (struct rs_ticker){progress, show_stage, show_count, wipe_line};
}
