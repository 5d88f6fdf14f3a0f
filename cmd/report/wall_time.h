/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WALL_TIME_H
#define RS_WALL_TIME_H

#include "run.h"

enum { RS_WALL_TIME_TEXT = 256 };

/*
 * Seconds of a run as a clock on the wall sees it, from the start of the
 * process, in parts that follow one another and so add up to the whole. While
 * the parent writes, workers go on: that time is one of writing.
 */
struct rs_wall_time {
    double reading;   /* with the start of the program */
    double preparing; /* columns for the engine, buffers */
    double adjusting; /* the first of two passes, families */
    double permuting;
    double fitting;  /* waiting for the workers' rows */
    double writing;  /* opening, writing, finishing the output */
    double checking; /* what is found out after the last row: --verify,
                        --m-eff */
};

/* Of a run that is whole: until now, and `checking` is the rest. */
struct rs_wall_time rs_wall_time_of(const struct rs_run *run);

double rs_wall_time_all(const struct rs_wall_time *parts);

/*
 * `3.20 s (reading 1.10 s, fitting 1.90 s, writing 0.20 s)`. Parts of less than
 * a twentieth are not named, and count as fitting.
 * text  out  [RS_WALL_TIME_TEXT]
 */
void rs_wall_time_text(char *text, const struct rs_wall_time *parts);

#endif
