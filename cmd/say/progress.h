/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PROGRESS_H
#define RS_PROGRESS_H

#include "ticker.h"

#include <stdbool.h>

enum rs_progress_mode {
    RS_PROGRESS_AUTO,
    RS_PROGRESS_ALWAYS,
    RS_PROGRESS_NEVER
};

/*
 * The progress line on standard error: a line that rewrites itself on a
 * terminal, at most five times a second; elsewhere nothing, or with -v a
 * plain line every half minute. Begins with `what:`, when that is told.
 */
struct rs_progress {
    bool live;     /* rewrites one line */
    bool plain;    /* whole lines, seldom */
    bool shown;    /* something stands on the line now */
    bool counting; /* since the last end */
    double begin;  /* of what is counted */
    double last;   /* time of the last line */
};

/* Decides how to show progress. Nothing is printed.
 * quiet, verbose  in  for RS_PROGRESS_AUTO: nothing is shown; whole lines are
 *                     where there is no terminal */
void rs_progress_init(struct rs_progress *progress, enum rs_progress_mode mode,
                      bool quiet, bool verbose);

/* What tells the progress line; borrows it. */
struct rs_ticker rs_progress_ticker(struct rs_progress *progress);

#endif
