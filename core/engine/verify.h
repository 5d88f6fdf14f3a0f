/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VERIFY_H
#define RS_VERIFY_H

#include "engine.h"

/*
 * Fits random pairs of a plan by an engine and by the exact one, and
 * compares all their numbers.
 */
struct rs_verify {
    uint64_t n_pairs;  /* compared */
    uint64_t n_differ; /* in outcome or number of rows */
    double largest;    /* relative difference of any number but p */
    size_t y_ix, x_ix; /* where: places in the plan's lists */
    enum rs_field field;
    double largest_p; /* of p, see rs_fit_p_difference */
};

/*
 * n_pairs  in  how many; all of them when the plan has no more
 * seed     in  of the choice
 * Errors: RS_ERR_NOMEM, those of the engines.
 */
enum rs_status rs_verify(struct rs_verify *out, const struct rs_engine *engine,
                         const struct rs_engine_env *env, const void *shared,
                         uint64_t n_pairs, uint64_t seed,
                         struct rs_error *err) RS_MUST_CHECK;

/* Relative difference of the p of two fits, as far as they are doubles above
 * 0, by the condition of ln p in t where that is above 1: what rounding of t
 * makes of p is no fault of an engine. Exported for tests. */
double rs_fit_p_difference(const struct rs_fit *a, const struct rs_fit *b);

/* Largest relative difference of two fits' numbers but p, whose logarithm is
 * among them; *field says of which. Exported for tests. */
double rs_fit_difference(enum rs_field *field, const struct rs_fit *a,
                         const struct rs_fit *b);

#endif
