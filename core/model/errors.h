/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ERRORS_H
#define RS_ERRORS_H

#include "dd.h"
#include "error.h"
#include "outcome.h"
#include "spec.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Kinds of standard errors. One file a kind, or a family of kinds, one
 * `const struct rs_errors_kind` each, one row in the table of errors.c; the
 * tile engine has a way for a kind, or leaves it to the exact engine
 * (tile_way.h).
 *
 * A kind makes the covariance of K estimates that are sums over the rows,
 *     estimate_k = sum_i u_ki y_i / norm_k:
 * the slope (K = 1), a coefficient, or the coefficients of a block.
 */

enum { RS_ERRORS_CLUSTERS = 2, RS_ERRORS_COLUMNS = 5 };

/* What becomes of a stratum with a single PSU, as options(survey.lonely.psu)
 * of R's survey has it. */
enum rs_lonely {
    RS_LONELY_FAIL,
    RS_LONELY_REMOVE,
    RS_LONELY_CERTAINTY,
    RS_LONELY_ADJUST,
    RS_LONELY_AVERAGE
};

/* What kinds want to know beside the rows of a fit. Columns have levels. */
struct rs_errors_ask {
    size_t clusters[RS_ERRORS_CLUSTERS];
    size_t n_clusters;
    size_t time; /* rows are in the order of its levels, and of the file among
                    equals; RS_NO_COLUMN: in that of the file */
    size_t lag;
    size_t strata, psu; /* RS_NO_COLUMN: one stratum; a row is a PSU */
    enum rs_lonely lonely;
    const size_t *n_psus; /* [levels of strata, or 1] of the whole file: see
                             rs_errors_count_psus */
};

/* Counts the PSUs of each stratum. out: [levels of strata, or 1]. Owns: the
 * caller frees with free(). Errors: RS_ERR_NOMEM. */
enum rs_status rs_errors_count_psus(size_t **out, const struct rs_dataset *data,
                                    const struct rs_errors_ask *ask,
                                    struct rs_error *err) RS_MUST_CHECK;

/* The columns that a row must have, [RS_ERRORS_COLUMNS]; returns how many. */
size_t rs_errors_columns(size_t *out, const struct rs_spec *spec);

/*
 * One fit, row by row. With weights, u and e are each times the root of the
 * row's; with counts (spec->counts) they are those of one of the rows that it
 * stands for.
 */
struct rs_errors_rows {
    double *const *u;   /* [n_estimates][n] */
    size_t n_estimates; /* K */
    const double *e;    /* [n] residuals of the fit */
    const double *left; /* [n] what the row's leverage, the diagonal of the hat
                           matrix, leaves of 1 */
    struct rs_dd *const *score; /* [n_estimates][n] (weighted) u e; NULL without
                                   kind->by_sums */
    const double *times;        /* [n] counts; NULL: all 1 */
    const size_t *row;          /* [n] their numbers in the dataset, rising */
    size_t n;
    double n_all; /* sum of the counts; n without */
    double k;     /* coefficients, absorbed levels as dummies would count */
};

/* Less than this left of 1 is leverage 1 but for the rounding of the data,
 * which enters squared, and of double-doubles; from here on its digits are
 * right. */
static const double rs_errors_least_left = 1e-20;

/* What a kind must be told, by struct rs_errors_ask. */
enum {
    RS_ERRORS_OF_CLUSTERS = 1,
    RS_ERRORS_OF_LAGS = 2,
    RS_ERRORS_OF_DESIGN = 4 /* of a survey; such a kind is no --se */
};

struct rs_errors_kind {
    const char *name; /* as in --se */
    unsigned asks;    /* set of RS_ERRORS_OF_ */
    bool by_sums;     /* it sums scores before it squares them */

    /* What it finds out about the rows of the dataset, for fits of `most`
     * estimates; NULL: nothing. *state is good for close even after an error.
     * Errors: RS_ERR_NOMEM. */
    enum rs_status (*open)(void **state, const struct rs_spec *spec,
                           size_t most, struct rs_error *err);
    void (*close)(void *state);

    /*
     * Covariance of the norm_k estimate_k. NULL: the classical one.
     * meat   out    [K][K] symmetric: row k up to column k
     * df     inout  degrees of freedom of a test; n_all - k as given
     * Returns RS_FIT_OK, or why there is none.
     */
    enum rs_outcome (*meat)(double *meat, double *df, void *state,
                            const struct rs_errors_rows *rows);
};

/* The kind of that name, or NULL. */
const struct rs_errors_kind *rs_errors_find(const char *name);

/* The names of the kinds that --se takes, a comma between them. */
void rs_errors_names(char *out, size_t room);

/* The kind that a run asks for: spec->errors, or the classical one. */
const struct rs_errors_kind *rs_errors_of(const struct rs_spec *spec);

/* Not the classical one: t is no function of r. */
static inline bool rs_errors_robust(const struct rs_spec *spec)
{
    return rs_errors_of(spec)->meat != NULL;
}

/* Room for the rows of fits one after another, filled by who fits. Estimate
 * number `most` is one more, of a single coefficient beside those. */
struct rs_errors_room {
    const struct rs_errors_kind *kind;
    void *state;     /* the kind's */
    size_t most;     /* estimates */
    double *numbers; /* storage of the doubles below */
    struct rs_dd *pairs;

    /* as in struct rs_errors_rows */
    double **u;           /* [most + 1] */
    struct rs_dd **score; /* [most + 1] NULL without kind->by_sums */
    double *norm;         /* [most + 1] above 0 */
    double *e, *left, *times;
    size_t *row;
    double *meat; /* [most][most] for who fits */

    struct rs_dd **own; /* [most + 1][n] u without weights */
    struct rs_dd *rest; /* [n] e without weights */

    double *level_hi, *level_lo; /* [n] a contrast of absorbed levels, as
                                    rs_absorb_influence has it */
    double *base;         /* [n] what the covariates' leverage leaves of 1, */
    struct rs_dd *levels; /* [n] and that of absorbed levels alone */
    bool levels_known;    /* levels, row, times: of the rows set now */
    bool base_known;      /* base likewise, and of the covariates */
};

/* Rows and estimates at most. Owns: rs_errors_room_clear, also after an error.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_errors_room_init(struct rs_errors_room *room,
                                   const struct rs_spec *spec, size_t n_max,
                                   size_t most,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_errors_room_clear(struct rs_errors_room *room);

/* What the estimates of a fit are of. */
struct rs_errors_fit {
    size_t first, n_estimates; /* which of the room */
    const double *weight;      /* [n] of the rows; NULL: ones */
    size_t n;
    bool counts;     /* the weights are counts, which room->times has */
    double n_all, k; /* as in struct rs_errors_rows */
};

/*
 * Covariance of estimates, whose own, rest, norm, u, e and left the room has.
 * out  out  [K][K]
 * df   out  of a test
 * Returns RS_FIT_OK, or why there is none. Notes: finds the scores.
 */
enum rs_outcome rs_errors_covariance(double *out, double *df,
                                     struct rs_errors_room *room,
                                     const struct rs_errors_fit *fit);

#endif
