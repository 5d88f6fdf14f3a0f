/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_KINDS_H
#define RS_RUN_KINDS_H

#include "compared.h"
#include "run.h"

/*
 * Kinds of parts: those that have a spec and pairs in common, whatever their
 * rows. A run has one, or one a set of covariates; with weights of columns'
 * own, of each set one for those columns that have them in common.
 */
struct rs_run_kind {
    size_t set;          /* number of it among those of the input */
    struct rs_spec spec; /* of all rows */
    size_t *y, *x;       /* [n_y], [n_x] columns that it pairs */
    size_t n_y, n_x;
    size_t weights;       /* spec.weights points here, if at all */
    struct rs_plan plan;  /* its pairs */
    struct rs_plan first; /* the same for the corrections; empty without */
    struct rs_compared compared;
    struct rs_adder compare; /* of `compared`; all zero: nothing is compared */
    size_t term_shift;       /* see pair_rows.h */
};

/* Makes them, without pairs, of run->spec. Owns: rs_run_kinds_clear. Errors:
 * RS_ERR_USAGE for pairs of two different weights; RS_ERR_NOMEM. */
enum rs_status rs_run_kinds_new(struct rs_run *run,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_run_kinds_clear(struct rs_run *run);

/* Names the terms of all, as run->term_names. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_kinds_name(struct rs_run *run,
                                 struct rs_error *err) RS_MUST_CHECK;

/*
 * Their pairs, in a shape that parts change.
 * first  in  those for the corrections
 * Errors: those of plan.h.
 */
enum rs_status rs_run_kinds_plan(struct rs_run *run, bool first,
                                 struct rs_error *err) RS_MUST_CHECK;

/* True when some kind tests x, a column of the dataset, by F. */
bool rs_run_kinds_f(const struct rs_run *run, size_t x);

/* The kind of a part. */
const struct rs_run_kind *rs_run_kind_of(const struct rs_run *run,
                                         const struct rs_run_part *part);

#endif
