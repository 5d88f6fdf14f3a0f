/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OLS_SHARED_H
#define RS_OLS_SHARED_H

#include "base_lsq.h"
#include "errors.h"
#include "lsq.h"
#include "model.h"

/* What ols_model.c (the model), ols.c (fits), ols_block.c (the columns of an
 * x), ols_terms.c (all coefficients), ols_block_terms.c (those of x) and
 * ols_joint.c (those tested together) share. */

/* Full: all rows in which the covariates are present. */
enum rs_which_rows { RS_ROWS_NONE, RS_ROWS_FULL, RS_ROWS_SOME };

struct rs_ols {
    struct rs_base_columns base;
    struct rs_lsq *lsq;

    uint64_t *y_rows;    /* rows of the base that have y */
    size_t n_y;          /* in `y_rows` */
    size_t y_seen;       /* column that y_rows belongs to */
    uint64_t *pair_rows; /* and x: the rows of the pair at hand */
    uint64_t *rows;      /* the rows set now */
    size_t n;            /* in `rows` */
    double log_weight;   /* of them */
    enum rs_which_rows which;
    size_t y; /* column that is the response now; RS_NO_COLUMN: none */

    struct rs_lsq_column y_column;
    struct rs_lsq_column x_column;
    struct rs_lsq_term *covariates; /* [base.n_max], and of the block */
    struct rs_errors_room errors;   /* of robust ones */

    /* of an x that is a block */
    struct rs_block_there there; /* of the pair at hand */
    struct rs_lsq_column *block; /* [block_most] */
    const struct rs_lsq_column **block_use;
    size_t block_most;
    double *block_values; /* [3][n_rows] */

    /* of terms; NULL: not asked for yet */
    size_t *block_terms;     /* rs_term_blocks */
    size_t *levels;          /* [most levels of a covariate] rows of each */
    size_t *kept;            /* [base.n_max + block_most] columns of an F */
    struct rs_ols **without; /* [n_covariates] without that one: NULL until it
                                is needed */
    size_t *rest;            /* [n_covariates][n_covariates] those of them */

    /* of absorbed levels */
    struct rs_contrast contrast;
    double *spreads; /* [rs_term_count] by term, of the rows set now; NaN: not
                        known; NULL: nothing is absorbed */
    bool any_spread; /* one is known */
    bool no_memory;  /* for some rows' absorbed factors */

    /* Prepared columns over the full rows, kept for the next pair that needs
     * them. The first ones stay: pairs come y by y, and a cache that forgets
     * the oldest would forget each column just before its next use. */
    struct rs_lsq_column *cache; /* [data->n_columns] */
    size_t cache_left;           /* columns that may still be added */
};

/* Fits a pair; returns false when there are too few rows to try. *n: out, how
 * many. */
bool rs_ols_solve(struct rs_ols *self, struct rs_lsq_result *result, size_t *n,
                  size_t y, size_t x);

/* Room for the columns of such blocks; what the workspace knew of rows is
 * lost where there was none. False: no memory. */
bool rs_ols_block_room(struct rs_ols *self, const struct rs_block *block);

/* Fits the response on x's columns on the rows set now. */
void rs_ols_fit_block(struct rs_ols *self, struct rs_lsq_result *result,
                      size_t x);

void rs_ols_block_clear(struct rs_ols *self);

/* Room for robust errors of so many estimates at once; what it knew of rows is
 * lost where there was none. Without them nothing. False: no memory. */
bool rs_ols_errors_room(struct rs_ols *self, size_t most);

/* What robust errors want to know of the base of the fit at hand. */
void rs_ols_base_left(struct rs_ols *self);

/* Fits on rows that are some of the base's. False: no memory. */
bool rs_ols_fit_on(struct rs_ols *self, struct rs_lsq_result *result,
                   const uint64_t *rows, size_t n, size_t y, size_t x);

/* As model->open and close. */
enum rs_status rs_ols_open(void **state, const struct rs_spec *spec,
                           struct rs_error *err);
void rs_ols_close(void *state);

/* As model->terms. */
size_t rs_ols_terms(void *state, size_t y, size_t x, struct rs_term *out);

/* The terms of what x brings, of the fit that was made last. out: as there.
 * Returns how many. */
size_t rs_ols_block_terms(struct rs_ols *self, struct rs_term *out,
                          const struct rs_lsq_result *result, size_t y,
                          size_t x);

/* Where the errors of a kind come from; NULL: classical ones, or none. */
struct rs_errors_room *rs_ols_term_room(struct rs_ols *self,
                                        const struct rs_lsq_result *result);

/* F of n kept columns, as a term. */
struct rs_term rs_ols_joint(struct rs_ols *self, size_t term,
                            const struct rs_lsq_result *result,
                            const size_t *kept, size_t n);

#endif
