/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_H
#define RS_LSQ_H

#include "error.h"
#include "outcome.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Least squares on complete rows, right to the last digits.
 *
 * Columns are shifted by their mean and scaled by a power of two without
 * losing a bit (each shifted value is kept as an unevaluated sum hi + lo),
 * cross-products are summed in double-double arithmetic, GSL's QR factorises
 * the design and shows its rank, and iterative refinement with residuals in
 * double-double brings coefficients and standard errors to full accuracy as
 * long as the condition number leaves QR a single correct digit. One
 * predictor needs no factorisation: its formula is evaluated in
 * double-double.
 *
 * The unit of reuse is the prepared column: prepare y, x and covariates
 * once, fit many times.
 */

/* One column, prepared: value i = 2^exponent * (shift + hi[i] + lo[i]). */
struct rs_lsq_column {
    double *hi; /* [n] */
    double *lo; /* [n], all 0 in many columns */
    /* the rest is private to lsq*.c */
    size_t n;
    int exponent;   /* scale: largest |value| is below 2^exponent */
    double shift;   /* subtracted, in scaled units; 0 without intercept */
    double mean_hi; /* mean of hi + lo as double-double: tiny */
    double mean_lo;
    double ss_hi; /* sum of squares about the mean, double-double */
    double ss_lo;
    double max_abs; /* largest |value|, unscaled */
    bool has_lo;    /* some lo is not 0 */
    bool constant;  /* one value only (uncentred: all 0) */
    bool finite;    /* no infinity or NaN among the values */
};

struct rs_lsq; /* workspace */

struct rs_lsq_term {
    double estimate;
    double se;
};

struct rs_lsq_result {
    enum rs_outcome outcome;
    size_t rank; /* coefficients fitted, intercept included */
    double df;   /* n - rank */
    double r2;
    double sigma;                 /* residual standard deviation */
    struct rs_lsq_term intercept; /* NaN without one; se only when asked */
};

/*
 * Workspace for fits of up to n_max rows and k_max columns.
 * Owns: rs_lsq_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_lsq_new(struct rs_lsq **out, size_t n_max, size_t k_max,
                          struct rs_error *err) RS_MUST_CHECK;
void rs_lsq_free(struct rs_lsq *lsq);

/* Storage for one prepared column of up to n_max rows. */
enum rs_status rs_lsq_column_init(struct rs_lsq_column *column, size_t n_max,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_lsq_column_clear(struct rs_lsq_column *column);

/*
 * Prepares a column from n values.
 * values  in  [n], no NaN
 * centre  in  true when the model has an intercept
 */
void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, bool centre);

/*
 * Fits y on k prepared columns (and an intercept when they are centred).
 * terms   out  [k] estimates and standard errors; NaN for columns dropped
 *              as collinear with earlier ones. Only the last column, the
 *              predictor of interest, turns the outcome to
 *              RS_FIT_COLLINEAR when it must be dropped.
 * columns in   [k] prepared columns, all of y's n and centring
 * all_se  in   false: only the last term's se is needed (the others and the
 *              intercept's are NaN), which is cheaper
 * Notes: outcome n_too_small, constant_x (last column), constant_y,
 * collinear, perfect_fit, non_finite as in outcome.h. RSS / TSS as in R's
 * summary.lm.
 */
void rs_lsq_fit(struct rs_lsq *lsq, struct rs_lsq_result *result,
                struct rs_lsq_term *terms,
                const struct rs_lsq_column *const *columns, size_t k,
                const struct rs_lsq_column *y, bool intercept, bool all_se);

#endif
