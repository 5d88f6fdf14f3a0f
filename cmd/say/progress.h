/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PROGRESS_H
#define RS_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

enum rs_progress_mode {
    RS_PROGRESS_AUTO,
    RS_PROGRESS_ALWAYS,
    RS_PROGRESS_NEVER
};

/*
 * The progress line on standard error: a line that rewrites itself on a
 * terminal, at most five times a second; elsewhere nothing, or with -v a
 * plain line every half minute.
 */
struct rs_progress {
    bool live;        /* rewrites one line */
    bool plain;       /* whole lines, seldom */
    bool shown;       /* something stands on the line now */
    const char *what; /* is being done; NULL: pairs are written */
    const char *unit; /* what is counted; NULL: pairs */
    double begin;     /* of the sweep */
    double last;      /* time of the last line */
};

/* Decides how to show progress. Nothing is printed.
 * quiet, verbose  in  for RS_PROGRESS_AUTO: nothing is shown; whole lines are
 *                     where there is no terminal */
void rs_progress_init(struct rs_progress *progress, enum rs_progress_mode mode,
                      bool quiet, bool verbose);

/* Says what is being done before there is anything to count. */
void rs_progress_stage(struct rs_progress *progress, const char *what);

/* The sweep begins now. */
void rs_progress_begin(struct rs_progress *progress);

/* What rs_progress_show counts from now on, when that is not the pairs whose
 * rows are written; NULL, NULL: these again. Texts are borrowed. */
void rs_progress_of(struct rs_progress *progress, const char *what,
                    const char *unit);

/* Shows that done of total are committed. */
void rs_progress_show(struct rs_progress *progress, uint64_t done,
                      uint64_t total);

/* Wipes the line. */
void rs_progress_end(struct rs_progress *progress);

#endif
