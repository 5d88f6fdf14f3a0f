/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_RESULTS_H
#define RS_RUN_RESULTS_H

#include "m_eff.h"
#include "run.h"
#include "verify.h"

/*
 * What can be found out about a run that is whole, besides its rows; and what
 * is left of one that is not.
 */

/* Genomic control's lambda; of a run with --summary. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_lambda(struct rs_lambda *out, const struct rs_run *run,
                             struct rs_error *err) RS_MUST_CHECK;

/* How many independent columns the lists amount to in the rows of a part, and
 * how many tests. */
struct rs_run_m_eff {
    struct rs_m_eff y, x;
    bool together;        /* tests follow, as this says: not of matched or
                             listed pairs,
                             not without columns */
    double nyholt, li_ji; /* y times x; of one list with itself, in which each
                             pair is one test, m (m - 1) / 2 */
};

/* Errors: those of m_eff.h. */
enum rs_status rs_run_m_eff(struct rs_run_m_eff *out, const struct rs_run *run,
                            size_t part, struct rs_error *err) RS_MUST_CHECK;

/* Fits as many pairs as --verify says again by the exact engine, spread over
 * the parts. part: of the largest difference. Errors: those of verify.h. */
enum rs_status rs_run_verify(struct rs_verify *out, size_t *part,
                             const struct rs_run *run,
                             struct rs_error *err) RS_MUST_CHECK;

/* RS_ERR_INTERNAL when the engines differ. */
enum rs_status rs_run_verify_judge(const struct rs_verify *found,
                                   struct rs_error *err) RS_MUST_CHECK;

/*
 * The pairs that an abandoned output holds.
 * n_rows  out  rows behind these, where a row is not a pair
 * piped   in   what lay in a pipe is gone, so that these are not known
 */
uint64_t rs_run_pairs_left(uint64_t *n_rows, const struct rs_run *run,
                           bool piped);

#endif
