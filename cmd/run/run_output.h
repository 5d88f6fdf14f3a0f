/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_OUTPUT_H
#define RS_RUN_OUTPUT_H

#include "run.h"
#include "sink.h"

/*
 * Where a run's results go: a sink of rows or a matrix, whichever its kind of
 * output makes.
 */

/* What the output is told, but for what only the input tells: data, info.
 * Points into the run and its settings. */
struct rs_sink_config rs_run_sink_config(const struct rs_run *run);

/* The sink, or what the cells of the matrix shall be; the run has its plan.
 * Errors: those of the kind's `make`. */
enum rs_status rs_run_output_make(struct rs_run *run,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Before the sweep: the matrix with its cells; a sink is opened by the sweep.
 * Errors: those of the kind's `make_matrix`. */
enum rs_status rs_run_output_open(struct rs_run *run,
                                  struct rs_error *err) RS_MUST_CHECK;

/* After the sweep, which ended with `status`: finishes the matrix or, after an
 * error, removes it. Returns the status, or that of finishing. */
enum rs_status rs_run_output_end(struct rs_run *run, enum rs_status status,
                                 struct rs_error *err) RS_MUST_CHECK;

void rs_run_output_free(struct rs_run *run);

#endif
