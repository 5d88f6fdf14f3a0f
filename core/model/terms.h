/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TERMS_H
#define RS_TERMS_H

#include "model.h"
#include "row.h"

/*
 * The coefficients of a run's models, for --rows terms: their numbers, their
 * names, and their fits.
 *
 * A coefficient is a term. Term 0 is the intercept, term 1 x; the covariates
 * follow in their order, a factor with a number for each of its levels. The
 * numbers are the same for all pairs of a run, though no pair has all terms:
 * the reference level of a factor has none, and which level that is depends
 * on the rows used.
 */

/* How many numbers there are. */
size_t rs_term_count(const struct rs_spec *spec);

/* A pair has no more terms than this. */
size_t rs_term_most(const struct rs_spec *spec);

/* What the terms of a spec are among those of another, which has all its
 * covariates. places: out, [rs_term_count(spec)] */
void rs_term_places(size_t *places, const struct rs_spec *spec,
                    const struct rs_spec *among);

/* What the terms are called: "(intercept)", the covariate's name, or
 * NAME=LEVEL. That of RS_TERM_X is NULL: x's own name. */
struct rs_term_names {
    char **texts; /* [n] */
    size_t n;     /* rs_term_count */
};

/* Owns: rs_term_names_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_term_names_init(struct rs_term_names *names,
                                  const struct rs_spec *spec,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_term_names_clear(struct rs_term_names *names);

/* A term's fit: beta, se, stat, log_p and outcome are the coefficient's, the
 * other numbers those of the pair. */
struct rs_term_fit {
    size_t term;
    struct rs_fit fit;
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
 * intercept's beta is pair->intercept. A coefficient that the model has
 * dropped is RS_FIT_COLLINEAR without numbers (R: NA); one whose standard
 * error could not be found RS_FIT_NO_CONVERGENCE, and one beyond the range of
 * a double RS_FIT_NON_FINITE. A pair that could not be fitted has x's term
 * alone, with its outcome.
 */
const struct rs_term_fit *rs_term_fits_of(struct rs_term_fits *self, size_t *n,
                                          size_t y, size_t x,
                                          const struct rs_fit *pair);

/* RS_ERR_NOMEM when terms of some pair lacked memory. */
enum rs_status rs_term_fits_check(const struct rs_term_fits *self,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
