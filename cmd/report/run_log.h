/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_LOG_H
#define RS_RUN_LOG_H

#include "outfile.h"
#include "run.h"
#include "run_info.h"

/*
 * --log: what a database's table of runs holds, in a file of its own, for one
 * run: a line `key: value` for each, in the order of that table and under its
 * names; see THE LOG OF A RUN in regsweep-output(5). It is written once, at the
 * end, however the run ended.
 */
struct rs_run_log {
    struct rs_outfile file;
    bool wanted; /* the file can be made, as far as is known */
};

/* How the run ended. */
struct rs_run_end {
    const struct rs_error *err; /* status RS_OK: well */
    int exit_status;
    int signal; /* that ended it; 0: none */
};

/* Looks whether the log can be made, once it is known what is read; creates
 * nothing. Without {log} there is none. Owns: rs_run_log_clear. Errors: those
 * of outfile.h. */
enum rs_status rs_run_log_check(struct rs_run_log *log,
                                const struct rs_run *run,
                                struct rs_error *err) RS_MUST_CHECK;

/* Writes it, if it is wanted. Errors: those of outfile.h, RS_ERR_NOMEM. */
enum rs_status rs_run_log_write(struct rs_run_log *log,
                                const struct rs_run *run,
                                const struct rs_run_info *info,
                                const struct rs_run_end *end,
                                struct rs_error *err) RS_MUST_CHECK;

void rs_run_log_clear(struct rs_run_log *log);

#endif
