/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_REPORT_H
#define RS_RUN_REPORT_H

#include "run.h"

/*
 * What is said of a run on standard error. With --quiet, errors and what was
 * lost or asked for; with --no-notes, what it came to besides.
 */

/* What happened to workers, those of all passes. */
void rs_run_report_workers(const struct rs_run *run);

/* All that is said of a run that is whole: what it did, and what its settings
 * ask to know. Errors: what that needs. */
enum rs_status rs_run_report(const struct rs_run *run,
                             struct rs_error *err) RS_MUST_CHECK;

/* Whether anything was lost. A row says it itself, what has no row is
 * named. */
bool rs_run_report_lost(const struct rs_run *run);

/*
 * The error that ended a run, and what is left of it.
 * command  in  its name
 * Returns the exit status; does not when a signal ended the run, or a pipe
 * whose reader has gone.
 */
int rs_run_report_failure(const struct rs_run *run, const char *command,
                          const struct rs_error *err);

#endif
