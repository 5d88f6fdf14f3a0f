/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MODEL_H
#define RS_MODEL_H

#include "dataset.h"
#include "error.h"
#include "fit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A model: how one pair is fitted exactly. One file per model, one
 * `const struct rs_model` in it, one line in the table of model.c.
 */

#define RS_NO_COLUMN SIZE_MAX

struct rs_errors_kind;

/* What every fit of a run has in common. Borrowed by the model's state. */
struct rs_model_spec {
    const struct rs_dataset *data;
    const size_t *covariates; /* [n_covariates] column indices; a column with
                                 a factor enters as treatment contrasts, its
                                 first level present in the rows used being
                                 the reference */
    size_t n_covariates;
    bool intercept;
    const size_t *weights; /* column of the rows' weights (none negative; 0
                              or missing leaves a row out); NULL: all one */
    size_t dense_levels;   /* of factors that become columns though the largest
                              is absorbed: see base_columns.h; 0: as there */
    /* of the slopes: see errors.h; NULL: the classical ones */
    const struct rs_errors_kind *errors;
    uint64_t min_n;     /* fewer rows than this: RS_FIT_N_TOO_SMALL; 0 = off */
    size_t cache_bytes; /* a worker may keep prepared columns in so much */
};

/* A coefficient as a model gives it. */
struct rs_term {
    size_t term;     /* its number: see terms.h */
    double estimate; /* NaN: dropped, earlier ones explain its column */
    double se;       /* NaN when not available */
};

struct rs_model {
    const char *name; /* as in --model and the column `model` */
    const char *help; /* one line for people */

    /*
     * Workspace for fits one after another, sized once for the largest.
     * Each worker has its own; it must not be shared.
     * Owns: the caller gives it to close. Errors: RS_ERR_NOMEM.
     */
    enum rs_status (*open)(void **state, const struct rs_model_spec *spec,
                           struct rs_error *err);

    /*
     * Fits column y on column x (indices into data->columns, both numeric)
     * with the covariates, on the rows in which all are present.
     * Never fails: what cannot be fitted says so in out->outcome.
     * The result depends on the pair alone, not on earlier calls.
     */
    void (*fit)(void *state, size_t y, size_t x, struct rs_fit *out);

    /*
     * Every coefficient of the fit of column y on column x, in the order
     * intercept, x, covariates as given, the levels of a factor in theirs. A
     * level that is the reference, or that the rows used do not have, has
     * none. Fits anew: costs a fit and more. NULL: the model has no terms.
     * out  [rs_term_count(spec)]
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

/* RS_ERR_NOMEM when a workspace of the model lacked memory. */
enum rs_status rs_model_check(const struct rs_model *model, const void *state,
                              struct rs_error *err) RS_MUST_CHECK;

extern const struct rs_model rs_model_ols;

/* The model of that name, or NULL. */
const struct rs_model *rs_model_find(const char *name);

#endif
