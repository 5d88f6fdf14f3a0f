/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TERMS_H
#define RS_TERMS_H

#include "fields.h"
#include "model.h"
#include "term_numbers.h"

/*
 * The coefficients of a run's models, for --rows terms: their numbers
 * (term_numbers.h), their names, and their fits.
 */

/*
 * What the terms are called: "(intercept)", the covariate's name, or
 * NAME=LEVEL. That of RS_TERM_X is NULL: x's own name. What an x brings is
 * called NAME=LEVEL, NAME^2, or NAME:NAME with the names of x and z; the F of
 * products NAME:NAME, of x and its products NAME*NAME, of powers poly(NAME);
 * the difference of two levels NAME=LEVEL-LEVEL.
 */
struct rs_term_names {
    char **texts;            /* [n] */
    const char **levels;     /* [n] that a term is of, the data's; NULL: none */
    const char **references; /* [n] that this is compared with; NULL: none */
    size_t n;                /* of all numbers */
};

/* Owns: rs_term_names_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_term_names_init(struct rs_term_names *names,
                                  const struct rs_spec *spec,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_term_names_clear(struct rs_term_names *names);

/*
 * Puts the terms of another spec behind those that are there; both have
 * intercept and x in common.
 * shift  out    what its other terms are further back by
 * more   inout  empty then
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_term_names_join(struct rs_term_names *names, size_t *shift,
                                  struct rs_term_names *more,
                                  struct rs_error *err) RS_MUST_CHECK;

/* A term's fit: beta, se, stat, log_p and outcome are the coefficient's, the
 * other numbers those of the pair. */
struct rs_term_fit {
    size_t term;
    struct rs_fit fit;
    double added[RS_N_ADDED]; /* as row.added: n_level, mean_level */
};

/* A workspace for the terms of pairs, one after another; not to be shared. */
struct rs_term_fits;

/* model, spec: borrowed; model->terms is there. Owns: rs_term_fits_free.
 * Errors: those of model->open. */
enum rs_status rs_term_fits_new(struct rs_term_fits **out,
                                const struct rs_model *model,
                                const struct rs_spec *spec,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_term_fits_free(struct rs_term_fits *self);

/*
 * The terms of a pair that has been fitted.
 * n     out  how many, at least 1
 * y, x  in   columns of the data
 * pair  in   the pair's fit, its log_p found, by whatever engine
 * Returns the fits, until the next call.
 * Notes: x's term has the pair's own numbers, bit for bit, and the
 * intercept's beta is pair->intercept. So has the term that the pair tests
 * where x is a block. A coefficient that the model has
 * dropped is RS_FIT_COLLINEAR without numbers (R: NA); one whose standard
 * error could not be found RS_FIT_NO_CONVERGENCE, one beyond the range of
 * a double RS_FIT_NON_FINITE, and a contrast whose rows lack the reference
 * RS_FIT_NO_REFERENCE. A pair that could not be fitted has x's term
 * alone, with its outcome.
 */
const struct rs_term_fit *rs_term_fits_of(struct rs_term_fits *self, size_t *n,
                                          size_t y, size_t x,
                                          const struct rs_fit *pair);

/* RS_ERR_NOMEM when terms of some pair lacked memory. */
enum rs_status rs_term_fits_check(const struct rs_term_fits *self,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
