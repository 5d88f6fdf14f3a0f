/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_H
#define RS_RUN_H

#include "asked.h"
#include "corrections.h"
#include "errors.h"
#include "input.h"
#include "lost_pairs.h"
#include "matrix.h"
#include "p_samples.h"
#include "part_view.h"
#include "pooled.h"
#include "sink.h"
#include "stop.h"
#include "sweep.h"
#include "terms.h"

/*
 * A run, from its settings to its results, in steps that follow each other:
 *
 *     new  check  check_output  load  prepare  sweep  (results)  free
 *
 * It prints nothing, ends nothing and touches no signals: whom progress is
 * told, what asks it to stop, and what a database notes of the program are
 * handed in. A step that fails ends the run; it is freed all the same. What it
 * holds is there to be read. Its parts point at each other; it stays where it
 * is on the heap.
 */

/* How far a run has come; of a run that failed, in which step. */
enum rs_run_stage {
    RS_RUN_NEW,     /* settings are checked */
    RS_RUN_READING, /* an error now is one of the input */
    RS_RUN_READ,
    RS_RUN_SWEEPING, /* there may be a part of the output */
    RS_RUN_WHOLE     /* the output is finished */
};

/* What a run is handed; what it points at is borrowed until it is freed. */
struct rs_run_env {
    const struct rs_ticker *ticker; /* NULL: nobody is told */
    const struct rs_stop *stop;     /* NULL: nobody asks */
    const struct rs_pool *pool;
    struct rs_source *source; /* read in place of files, once; the run's from
                                 the load on. NULL: there are files */
    unsigned n_workers;       /* of the sweep, and threads of reading */
    double began;             /* rs_clock_began(); 0: nobody is told */
    /* Shows the marked settings of a text (error.h) as they are typed, in
     * what a database is told; NULL: by their names alone. */
    void (*show)(char out[RS_ERROR_TEXT], const char *text);
};

/* Seconds that the stages of a run took. */
struct rs_stage_times {
    double read;    /* open, select, parse */
    double loaded;  /* rs_clock_now() when that was done */
    double prepare; /* plan, sink, buffers, and these: */
    struct rs_correction_times corrections;
    double sweep; /* from the fork to the last byte, and of it: */
    double write; /* what the output kept the parent busy with */
};

struct rs_run_kind;

struct rs_run {
    const struct rs_settings *settings;
    struct rs_run_env env;
    enum rs_run_stage stage;

    /* by rs_run_check: what the settings come to */
    struct rs_asked asked;
    struct rs_corrections corrections; /* asked for; found by rs_run_prepare */
    struct rs_server server;           /* from the environment */

    /* by rs_run_check_output */
    struct rs_input_files input_files; /* all files that are read */

    /* by rs_run_load */
    struct rs_input input;

    /* by rs_run_look */
    bool is_short; /* that no pair can be fitted has been told */

    /* by rs_run_prepare */
    struct rs_spec spec;             /* with the covariates of all sets */
    struct rs_errors_ask errors_ask; /* of the spec */
    size_t *n_psus;                  /* of it; NULL: no survey */
    struct rs_keep keep;
    struct rs_run_kind *kinds; /* [n_kinds] of parts: see run_kinds.h */
    size_t n_kinds;
    struct rs_term_names term_names; /* empty without such rows */
    bool *together; /* [n_kinds][columns] x that F tests; NULL: no x is a
                       factor */
    char *notes;    /* of the input, for a database; NULL: none */
    struct rs_run_info info; /* what a database is told */
    struct rs_sink *sink;    /* NULL: a matrix is wanted */
    struct rs_values values;
    struct rs_matrix *matrix;  /* in rs_run_sweep; NULL */
    struct rs_run_part *parts; /* [n_parts] in the order of the output */
    size_t n_parts;
    struct rs_plan *plans;       /* [n_parts] theirs: pairs of their kind */
    struct rs_run_part *firsts;  /* [n_parts] as the first of two passes has
                                    them; NULL: there is one pass */
    struct rs_plan *first_plans; /* [n_parts] theirs */
    struct rs_part_view *views;  /* [n_parts] of those that all workers share */
    struct rs_pooled_groups *pooled; /* [n_kinds] what is pooled, by parts
                                        behind those of groups; NULL */
    struct rs_labels labels;         /* of the parts */
    struct rs_sweep sweep;

    /* results */
    struct rs_run_stats stats;
    struct rs_lost_pairs *lost; /* [n_parts] */
    struct rs_top *best; /* for --summary; NULL: not wanted, or not known */
    struct rs_p_samples samples; /* likewise */
    struct rs_stage_times times;
};

/* The flag of what asks it to stop; NULL. */
static inline const atomic_int *rs_run_stop_flag(const struct rs_run *run)
{
    return run->env.stop == NULL ? NULL : run->env.stop->asked;
}

/* A run by these settings, which are borrowed until it is freed.
 * Owns: rs_run_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_new(struct rs_run **out,
                          const struct rs_settings *settings,
                          const struct rs_run_env *env,
                          struct rs_error *err) RS_MUST_CHECK;
void rs_run_free(struct rs_run *run);

/* Finds what the settings ask for, and checks whether they go together
 * (rules.h), before anything is read. Errors: RS_ERR_USAGE. */
enum rs_status rs_run_check(struct rs_run *run,
                            struct rs_error *err) RS_MUST_CHECK;

/* Whether the output can be had, and is none of the files that are read: what
 * cannot should cost nobody an hour of reading. Errors: those of
 * output_kind.h and input_files.h. */
enum rs_status rs_run_check_output(struct rs_run *run,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Reads the input. Errors: those of input.h. */
enum rs_status rs_run_load(struct rs_run *run,
                           struct rs_error *err) RS_MUST_CHECK;

/* What the run consists of, and what its spec is; of a loaded input. The first
 * thing that rs_run_prepare does. */
void rs_run_assemble(struct rs_run *run);

/*
 * Makes the plan, the sink and the engine, finds the corrections, and lets
 * the engine prepare.
 * info  in  what a database notes: command, program, libraries and input; the
 *           rest is found here. NULL: there is none
 * Errors: those of plan.h, sink.h, corrections.h and the engine; RS_ERR_USAGE
 * for an unknown REGSWEEP_KERNEL.
 */
enum rs_status rs_run_prepare(struct rs_run *run,
                              const struct rs_run_info *info,
                              struct rs_error *err) RS_MUST_CHECK;

/* Fits all pairs and writes them, or fills the matrix. Errors: those of
 * sweep.h and output_kind.h; the output is abandoned then. */
enum rs_status rs_run_sweep(struct rs_run *run,
                            struct rs_error *err) RS_MUST_CHECK;

/* Gives the sweep another number of workers, and each its part of the
 * memory. */
void rs_run_set_workers(struct rs_run *run, unsigned n_workers);

/* Back to where rs_run_load can be called again. */
void rs_run_unload(struct rs_run *run);

#endif
