/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_H
#define RS_LSQ_H

#include "dd.h"
#include "error.h"
#include "lsq_column.h"
#include "outcome.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Least squares of y on x and covariates, on complete rows, right to the
 * last digits.
 *
 * The covariates (the base) are factorised by GSL's Householder reflections,
 * one after another; a dependent one shows on the diagonal of R and is
 * dropped where it stands, as R's lm() does. y and x
 * are then regressed on the base and the slope follows from what is left
 * (Frisch and Waugh 1933, Lovell 1963):
 *     x~ = x - Z c,  G c = Z'x        y~ = y - Z d,  G d = Z'y
 *     beta = x~'y~ / x~'x~,  RSS = y~'y~ - (x~'y~)^2 / x~'x~
 * All cross-products are sums in double-double arithmetic and each solution
 * is refined against them with residuals in double-double, R serving as the
 * preconditioner: the digits that QR alone would lose to the condition
 * number come back. Where cross-products cannot tell enough - covariates
 * that nearly depend on each other, x that they nearly explain, a fit that
 * is nearly perfect - residuals are formed row by row instead.
 *
 * Use: base, response, then one fit for each x. Prepared columns are
 * borrowed until the next call that replaces them.
 */
struct rs_lsq;

struct rs_lsq_term {
    double estimate; /* NaN when dropped or not available */
    double se;
};

struct rs_lsq_result {
    enum rs_outcome outcome;
    size_t rank;  /* coefficients in the model, intercept included */
    double df;    /* n - rank */
    double r2;    /* about the mean with an intercept, about 0 without */
    double sigma; /* residual standard deviation */
    double t;     /* of x, right even where estimate and se underflow */
    struct rs_lsq_term x;
    struct rs_lsq_term intercept; /* se: only by rs_lsq_terms */
};

/*
 * Workspace for up to n_max rows and k_max covariates.
 * Owns: rs_lsq_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_lsq_new(struct rs_lsq **out, size_t n_max, size_t k_max,
                          bool intercept, struct rs_error *err) RS_MUST_CHECK;
void rs_lsq_free(struct rs_lsq *lsq);

/*
 * Sets the covariates: k prepared columns of n rows each, k = 0 allowed.
 * Constant and dependent ones are dropped.
 */
void rs_lsq_base(struct rs_lsq *lsq, const struct rs_lsq_column *const *columns,
                 size_t k, size_t n);

/* How many of the base's columns were kept. */
size_t rs_lsq_base_rank(const struct rs_lsq *lsq);

/* What the base leaves of a column, in the column's scaled units. */
struct rs_lsq_left {
    double norm;  /* length of the residuals */
    double mean;  /* intercept of the regression on the base */
    double reach; /* 1 + sum |coefficient|: how far the rounding of the
                     columns is passed on */
};

/*
 * Regresses a column on the base, residuals row by row in double-double.
 * residuals  out  [n] each times the root of its weight
 * Returns false when that is not possible (infinities, no solution).
 */
bool rs_lsq_leave(struct rs_lsq *lsq, double *residuals,
                  struct rs_lsq_left *left, const struct rs_lsq_column *column);

/* True when what is left of a column may be nothing but rounding, by the
 * rule that makes a fit `collinear`. */
bool rs_lsq_is_explained(const struct rs_lsq_left *left,
                         const struct rs_lsq_column *column);

/* Sets y, of n rows, and regresses it on the base. */
void rs_lsq_response(struct rs_lsq *lsq, const struct rs_lsq_column *y);

/*
 * Fits y on x and the base.
 * Notes: outcomes in this order: non_finite data, n_too_small, constant_x,
 * constant_y, collinear, perfect_fit, non_finite result. perfect_fit keeps
 * estimates and r2 = 1; the others that are not ok leave all numbers NaN.
 */
void rs_lsq_fit(struct rs_lsq *lsq, struct rs_lsq_result *result,
                const struct rs_lsq_column *x);

/*
 * Every coefficient of the fit that rs_lsq_fit gave last.
 * covariates  out  [k] in the order of the base
 * result      inout  that fit; the intercept's se is filled in
 */
void rs_lsq_terms(struct rs_lsq *lsq, struct rs_lsq_term *covariates,
                  struct rs_lsq_result *result);

#endif
