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
    double largest;    /* relative difference of any number */
    size_t y_ix, x_ix; /* where: places in the plan's lists */
    enum rs_field field;
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

/* Largest relative difference of two fits' numbers; *field says of which. */
double rs_fit_difference(enum rs_field *field, const struct rs_fit *a,
                         const struct rs_fit *b);

#endif
