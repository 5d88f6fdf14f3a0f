/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_P_SAMPLES_H
#define RS_P_SAMPLES_H

#include "p_sample.h"

/*
 * The p of the tests of all parts of a run: a sample of each, of the same step,
 * in one mapping that is shared with the workers.
 */
struct rs_p_samples {
    struct rs_p_sample *parts; /* [n] */
    size_t n;
    char *base;
    size_t bytes;
};

/*
 * plans  in  [n] of the parts
 * Owns: rs_p_samples_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_p_samples_new(struct rs_p_samples *out,
                                const struct rs_plan *plans, size_t n,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_p_samples_free(struct rs_p_samples *samples); /* zeroed allowed */

/* How tests are fitted again. */
struct rs_p_samples_run {
    void *ctx;
    const struct rs_dataset *data; /* of all rows */
    /* What a part is fitted by, until the next call. */
    enum rs_status (*enter)(void *ctx, struct rs_p_sample_run *out, size_t part,
                            struct rs_error *err);
};

/*
 * Lambda of a run that is done, of all its parts together: see
 * rs_p_sample_lambda. Where degrees of freedom differ, |r| as floats are
 * compared by their p; those that lie too near to the middle are fitted again,
 * unless that would take long: then it is off by a float's rounding, and
 * not exact where cells are missing.
 * Errors: those of rs_p_sample_lambda and of `enter`.
 */
enum rs_status rs_p_samples_lambda(struct rs_lambda *out,
                                   const struct rs_p_samples *samples,
                                   const struct rs_tally *tally,
                                   const struct rs_p_samples_run *run,
                                   struct rs_error *err) RS_MUST_CHECK;

#endif
