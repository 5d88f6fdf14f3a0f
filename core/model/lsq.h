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
 * The covariates (the base) become orthonormal vectors in double-double
 * arithmetic, one after another, by Gram and Schmidt, twice where once has
 * cost digits (twice is enough: Giraud, Langou and Rozloznik 2005). A covariate
 * that the earlier ones explain to within its rounding is dropped where it
 * stands, as R's lm() does. y and x are then regressed on the vectors Q, and
 * the slope follows from the residuals (Frisch and Waugh 1933, Lovell 1963):
 *     x~ = x - Q Q'x,  y~ = y - Q Q'y
 *     beta = x~'y~ / x~'x~,  RSS = y~'y~ - (x~'y~)^2 / x~'x~
 * With weights w every product is a sum of w a b. All are sums in
 * double-double arithmetic, so that a condition up to that of a double costs
 * none of a double's digits. Where subtraction would lose too many - x that
 * covariates nearly explain, a fit that is nearly perfect - residuals are
 * formed row by row instead.
 *
 * Rounding: the doubles of a column stand for numbers that were rounded by
 * up to half an ulp of the largest (`unit`; integers below 2^53 were not).
 * A residual that is no larger than that rounding of all columns involved,
 * and less than a thousandth of what it is the residual of, is taken for
 * rounding: x is then `collinear`, y `y_explained`, and where it is that of a
 * fit, this a `perfect_fit`.
 *
 * Use: base, response, then one fit for each x. Prepared columns are
 * borrowed until the next call that replaces them.
 */
struct rs_errors_room;
struct rs_lsq;

struct rs_lsq_term {
    double estimate; /* NaN when dropped or not available */
    double se;
    enum rs_outcome outcome; /* of a robust se alone: why there is none */
};

struct rs_lsq_result {
    enum rs_outcome outcome;
    size_t rank;    /* coefficients in the model, intercept included */
    double df;      /* rows that the rows stand for, less rank */
    double test_df; /* of rs_lsq_errors alone */
    double r2;      /* about the mean with an intercept, about 0 without */
    double sigma;   /* residual standard deviation */
    double t;       /* of x, right even where estimate and se underflow */
    double f;       /* of a block that is tested by F, */
    double r;       /* its partial correlation: the root of a part of squares */
    size_t df1;     /* rank that it adds */
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
 * The columns from now on have been absorbed by factors (absorb.h); to be
 * called before rs_lsq_base.
 * rank   in  of intercept and levels together
 * lever  in  variance of the intercept by the levels alone
 */
void rs_lsq_absorbed(struct rs_lsq *lsq, size_t rank, double lever);

/*
 * Sets the covariates: k prepared columns of n rows each, k = 0 allowed.
 * Constant and dependent ones are dropped.
 */
void rs_lsq_base(struct rs_lsq *lsq, const struct rs_lsq_column *const *columns,
                 size_t k, size_t n);

/* The weights of the base's rows are counts: n_all rows, of the weight `one`
 * each. */
void rs_lsq_set_counts(struct rs_lsq *lsq, double n_all, double one);

/* How many of the base's columns were kept. */
size_t rs_lsq_base_rank(const struct rs_lsq *lsq);

/* Number of the kept column l among those given. */
size_t rs_lsq_base_column(const struct rs_lsq *lsq, size_t l);

/* A vector of the base: what the earlier covariates leave of one. */
struct rs_lsq_vector {
    double level; /* intercept that the vector has as a combination of
                     covariates: what a coefficient takes from a fit's */
    double reach; /* sum |coefficient| of that combination */
};

/*
 * Vector l of the base, rounded to doubles.
 * values  out  [n] each times the root of its weight: of length 1
 */
struct rs_lsq_vector rs_lsq_vector(struct rs_lsq *lsq, double *values,
                                   size_t l);

/* The residual of a column on the base, in the column's scaled units. */
struct rs_lsq_residual {
    double norm;    /* its (weighted) length */
    double mean;    /* intercept of the regression on the base */
    double reach;   /* 1 + sum |coefficient| */
    bool explained; /* it may be nothing but rounding */
};

/*
 * Regresses a column on the base, residuals row by row in double-double.
 * residuals  out  [n] each times the root of its weight
 * Returns false when that is not possible (infinities).
 */
bool rs_lsq_residuals(struct rs_lsq *lsq, double *residuals,
                      struct rs_lsq_residual *residual,
                      const struct rs_lsq_column *column);

/* Whether a fit has a degree of freedom; if not, the result is that of every
 * y and x: n_too_small. */
bool rs_lsq_has_df(const struct rs_lsq *lsq, struct rs_lsq_result *result);

/* Sets y, of n rows, and regresses it on the base. */
void rs_lsq_response(struct rs_lsq *lsq, const struct rs_lsq_column *y);

/*
 * Fits y on x and the base.
 * Notes: outcomes in this order: non_finite data, n_too_small, constant_y,
 * constant_x, collinear, y_explained, perfect_fit, non_finite result.
 * perfect_fit keeps estimates and r2 = 1; the others that are not ok leave
 * all numbers NaN.
 */
void rs_lsq_fit(struct rs_lsq *lsq, struct rs_lsq_result *result,
                const struct rs_lsq_column *x);

/* What an x of several columns brings: see block.h. */
struct rs_lsq_block {
    const struct rs_lsq_column *const *columns; /* [n] those that are there */
    size_t n, n_beside;
    bool by_f;
    bool constant; /* x has one value in the rows */
};

/*
 * Fits y on a block and the base. Columns beside the test are taken into the
 * base before the others. One tested column is x in all that rs_lsq_fit gives;
 * where F tests, x and t are NaN, and
 *     F = sum_l (v_l'y)^2 / df1 / (RSS / df),
 * v_l being the vectors that the tested columns add to the base.
 * Notes: outcomes as there; constant_x where x is, collinear where the tested
 * columns add nothing. The room of the workspace is for the block's columns
 * too. They stay in the base, behind the covariates, until the next fit of a
 * block or rs_lsq_shrink, which comes before all other calls but those that
 * ask for more of the fit, and says whether there were any.
 */
void rs_lsq_fit_block(struct rs_lsq *lsq, struct rs_lsq_result *result,
                      const struct rs_lsq_block *block);
bool rs_lsq_shrink(struct rs_lsq *lsq);

/*
 * Every coefficient of the fit that rs_lsq_fit or rs_lsq_fit_block gave last.
 * covariates  out  [k] in the order of the base; then the block's columns that
 *                  are in it: all of F, else those beside
 * result      inout  that fit; the intercept's se is filled in
 * room        inout  for errors of its kind, after rs_lsq_rows_of_terms;
 *                    absorbed: with the intercept's contrast. NULL: classical
 */
void rs_lsq_terms(struct rs_lsq *lsq, struct rs_lsq_term *covariates,
                  struct rs_lsq_result *result, struct rs_errors_room *room);

/* RSS of that fit, in y's scaled units. */
struct rs_dd rs_lsq_rss(const struct rs_lsq *lsq);

/* Which of the kept columns of the base and the block column number ix of
 * those given is; SIZE_MAX: it was dropped. */
size_t rs_lsq_kept(const struct rs_lsq *lsq, size_t ix);

/*
 * F of several coefficients of that fit, which is ok, together: the part of
 * y's squares that their columns add to all others, over their number and
 * sigma^2; Wald's with errors of another kind.
 * room  inout  as of rs_lsq_terms, for n + 1 estimates; NULL: classical
 * kept  in     [n] of the kept columns, n > 0
 * Returns false when memory lacked.
 */
struct rs_lsq_joint {
    double f;                /* NaN: */
    enum rs_outcome outcome; /* why, where errors are of another kind */
};
bool rs_lsq_joint(struct rs_lsq *lsq, struct rs_lsq_joint *out,
                  const struct rs_lsq_result *result,
                  struct rs_errors_room *room, const size_t *kept, size_t n);

/* The difference of the coefficients of two kept columns of one scale, and its
 * standard error; SIZE_MAX: 0 instead, of one of them. room: as of
 * rs_lsq_terms. Returns as above. */
bool rs_lsq_difference(struct rs_lsq *lsq, struct rs_lsq_term *out,
                       const struct rs_lsq_result *result,
                       struct rs_errors_room *room, size_t a, size_t b);

/*
 * A coefficient of that fit as a sum: of a contrast of the absorbed levels,
 * and of the coefficient of a covariate.
 */
struct rs_lsq_sum {
    const struct rs_contrast *contrast;
    double spread; /* of the contrast by the levels alone */
    size_t kept;  /* number of the covariate among those kept; SIZE_MAX: none */
    int exponent; /* of the column whose coefficient it is; 0: a level's */
};

/* room: as of rs_lsq_terms, with the sum's contrast. */
struct rs_lsq_term rs_lsq_sum_term(struct rs_lsq *lsq,
                                   const struct rs_lsq_sum *sum,
                                   const struct rs_lsq_result *result,
                                   struct rs_errors_room *room);

/* Regresses a column that was dropped on the base, for the two below. */
void rs_lsq_explain(struct rs_lsq *lsq, const struct rs_lsq_column *column);

/* Its coefficient on kept covariate l, in scaled units. */
struct rs_dd rs_lsq_explained_part(struct rs_lsq *lsq, size_t l);

/* What is left for a contrast of the levels; constant: the contrast of a
 * constant is 1, not 0. */
struct rs_dd rs_lsq_explained_level(struct rs_lsq *lsq,
                                    const struct rs_contrast *contrast,
                                    bool constant);

#endif
