/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_SETUP_H
#define RS_RUN_SETUP_H

#include "corrections.h"
#include "input.h"
#include "npy.h"
#include "result_columns.h"
#include "stop.h"
#include "sweep.h"
#include "target.h"
#include "terms.h"

/*
 * From options and a loaded input to a sweep that can be run: what `run` and
 * `bench` have in common. The parts point at each other: once made, a setup
 * must not be moved.
 */
struct rs_run_setup {
    struct rs_target target;
    unsigned rows;                         /* set of RS_ROWS_ */
    struct rs_result_columns columns;      /* of a pair's row */
    struct rs_result_columns term_columns; /* of a term's */
    struct rs_term_names term_names;       /* empty without such rows */
    const struct rs_model *model;
    struct rs_spec spec;
    struct rs_keep keep;
    struct rs_plan first; /* of all pairs, for the corrections */
    struct rs_corrections corrections;
    struct rs_plan plan;
    struct rs_run_info info;    /* what a database is told of the run; command,
                                   program, libraries and input are the caller's,
                                   set before rs_run_setup_make */
    const struct rs_stop *stop; /* likewise; NULL allowed */
    const struct rs_sources *sources; /* borrowed; NULL allowed */
    struct rs_sink *sink;             /* NULL: a matrix is wanted */
    struct rs_values values;
    struct rs_npy *npy;   /* between create and finish; NULL */
    double retry_seconds; /* of a database; from the environment */
    size_t batch_bytes;
    struct rs_run_part part; /* all pairs of the plan: the run has no other */
    struct rs_sweep sweep;
};

/*
 * Checks what can be checked before anything is read: model, kind of output
 * and result columns.
 * setup  out  zeroed by the caller before
 * Errors: RS_ERR_USAGE.
 */
enum rs_status rs_run_setup_options(struct rs_run_setup *setup,
                                    const struct rs_settings *settings,
                                    struct rs_error *err) RS_MUST_CHECK;

/* What the sink will be told, but for what only the input tells: data, info.
 * Points into setup and options. */
struct rs_sink_config rs_run_setup_config(const struct rs_run_setup *setup,
                                          const struct rs_settings *settings);

/*
 * Makes the plan, the sink and the engine, finds the corrections, and lets
 * the engine prepare.
 * setup  inout  as rs_run_setup_options left it
 * input  in     borrowed until rs_run_setup_clear
 * ticker in     likewise; NULL allowed
 * Owns: rs_run_setup_clear, also after an error. Errors: those of plan.h,
 * sink.h and the engine; RS_ERR_USAGE for an unknown REGSWEEP_KERNEL.
 */
enum rs_status rs_run_setup_make(struct rs_run_setup *setup,
                                 const struct rs_settings *settings,
                                 const struct rs_input *input,
                                 unsigned n_workers,
                                 const struct rs_ticker *ticker,
                                 struct rs_error *err) RS_MUST_CHECK;

/*
 * A matrix as output: its file with the cells of part.values, to be called
 * before the sweep; and what makes it final, or, when the sweep has failed,
 * removes it. Both do nothing for rows.
 * status  in  of the sweep; returned when it is an error
 * Errors: those of npy.h.
 */
enum rs_status rs_run_setup_create(struct rs_run_setup *setup,
                                   const struct rs_settings *settings,
                                   struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_run_setup_finish(struct rs_run_setup *setup,
                                   enum rs_status status,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Gives the sweep another number of workers, and each its part of the
 * memory. */
void rs_run_setup_workers(struct rs_run_setup *setup, unsigned n_workers);

/* Frees plan, sink and what the engine has prepared; model and columns stay,
 * so that the setup can be made again. */
void rs_run_setup_clear(struct rs_run_setup *setup);

#endif
