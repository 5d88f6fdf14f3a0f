/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MODEL_H
#define RS_MODEL_H

#include "error.h"
#include "fit.h"
#include "spec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A model: how one pair is fitted exactly. One file per model, one
 * `const struct rs_model` in it, one line in the table of models.c.
 */

/* What a model can do besides fit, as bits of `can`: who needs something of
 * it asks, nobody compares models. */
enum {
    RS_CAN_TERMS = 1,       /* its coefficients, by `terms` */
    RS_CAN_TILE = 2,        /* least squares: tiles by products of columns */
    RS_CAN_WEIGHTS = 4,     /* spec->weights */
    RS_CAN_PERMUTE = 8,     /* permutations of residuals: permute.h */
    RS_CAN_BOOTSTRAP = 16,  /* resampled slopes: bootstrap.h */
    RS_CAN_COVARIATES = 32, /* spec->covariates */
    RS_CAN_BLOCKS = 64,     /* an x of several columns: block.h */
    RS_CAN_LINE = 128 /* a slope and an intercept, in units of y and x; without
                        it ranks are fitted, and tiles are of ranked.h */
};

/* What a row of terms is of. */
enum rs_term_kind {
    RS_TERM_COEFFICIENT, /* estimate, se, and t */
    RS_TERM_PAIR,        /* what is tested: the numbers of the pair */
    RS_TERM_JOINT,       /* f of several coefficients together */
    RS_TERM_REFERENCE,   /* the level that contrasts are with: 0 */
    RS_TERM_PAIRWISE     /* the difference of two levels of x: its p is that of
                            all of them */
};

/* A coefficient as a model gives it. */
struct rs_term {
    size_t term;             /* its number: see terms.h */
    double estimate;         /* NaN: dropped, earlier ones explain its column */
    double se;               /* NaN when not available, */
    enum rs_outcome outcome; /* and why; ok: the iteration did not settle */
    enum rs_term_kind kind;
    bool no_reference; /* the rows lack what it is a contrast with: estimate
                          and se are NaN */
    double f;          /* of JOINT; NaN when not available */
    size_t df1;        /* likewise */
    uint64_t n_level;  /* of a level of x: its rows; 0: no level */
    double mean_level; /* and the (weighted) mean of y in them */
};

struct rs_model {
    const char *name; /* as in --model and the column `model` */
    const char *help; /* one line for people */
    unsigned can;     /* set of RS_CAN_ */

    /*
     * Workspace for fits one after another, sized once for the largest.
     * Each worker has its own; it must not be shared.
     * Owns: the caller gives it to close. Errors: RS_ERR_NOMEM.
     */
    enum rs_status (*open)(void **state, const struct rs_spec *spec,
                           struct rs_error *err);

    /*
     * Fits column y on column x (indices into data->columns; y is numeric, x
     * also a factor with RS_CAN_BLOCKS) with the covariates, on the rows in
     * which all are present. Never fails: what cannot be fitted says so in
     * out->outcome. What is tested is out->statistic; log_p is left to
     * rs_fit_find_p. The result depends on the pair alone, not on earlier
     * calls.
     */
    void (*fit)(void *state, size_t y, size_t x, struct rs_fit *out);

    /*
     * Every coefficient of the fit of column y on column x, in the order
     * intercept, what x brings, covariates as given, the levels of a factor in
     * theirs, behind their F. A level that is the reference, or that the rows
     * used do not have, has none. Fits anew: costs a fit and more. NULL
     * without RS_CAN_TERMS.
     * out  [rs_term_most(spec)]
     * Returns how many; 0 when the pair cannot be fitted.
     */
    size_t (*terms)(void *state, size_t y, size_t x, struct rs_term *out);

    /*
     * True when some fit of this workspace lacked memory: what it said is
     * not what it would have said with enough. NULL: never.
     */
    bool (*lacked_memory)(const void *state);

    void (*close)(void *state); /* NULL allowed */
};

/*
 * Whether a model can do what a setting asks for.
 * what     in  one of RS_CAN_
 * setting  in  its name, for the message: "bootstrap"
 * Errors: RS_ERR_USAGE with what the model has not.
 */
enum rs_status rs_model_require(const struct rs_model *model, unsigned what,
                                const char *setting,
                                struct rs_error *err) RS_MUST_CHECK;

/* RS_ERR_NOMEM when a workspace of the model lacked memory. */
enum rs_status rs_model_check(const struct rs_model *model, const void *state,
                              struct rs_error *err) RS_MUST_CHECK;

extern const struct rs_model rs_model_kendall;
extern const struct rs_model rs_model_ols;
extern const struct rs_model rs_model_spearman;

#endif
