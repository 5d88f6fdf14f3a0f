/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ABSORB_H
#define RS_ABSORB_H

#include "dataset.h"
#include "dd.h"
#include "error.h"

/*
 * Covariates of many levels, without a column for each level: the least
 * squares fit on all levels of some factors is taken out of a column.
 *
 * One factor: the (weighted) mean of each level, in double-double. Several:
 * the normal equations of the levels are factorised once for a set of rows
 * (elimination.h), and the fit is refined with residuals in double-double, row
 * by row, until a further step would change nothing of the residual. How far
 * a step falls short is measured, not presumed: each step is some part of the
 * one before, and the next would be the same part of it.
 *
 * The factors span the intercept. A level that is there is a node; nodes are
 * numbered factor by factor, its reference first where that is there, then in
 * the order of the levels.
 */
struct rs_absorb;

/*
 * factors    in  [n_factors] borrowed, in the order of the model
 * n_rows     in  of the dataset
 * intercept  in  the model has one: the first factor's effects are contrasts
 *                with its reference too
 * Owns: rs_absorb_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_absorb_new(struct rs_absorb **out,
                             const struct rs_factor *const *factors,
                             size_t n_factors, size_t n_rows, bool intercept,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_absorb_free(struct rs_absorb *a);

/*
 * Makes rows current, in which no factor is missing.
 * rows     in  bits, as in rs_column.valid
 * n        in  how many
 * weights  in  [n] above 0, of these rows; NULL: ones. Borrowed until the
 *              next call.
 * Errors: RS_ERR_NOMEM, also where the levels hang together in too many ways.
 */
enum rs_status rs_absorb_set(struct rs_absorb *a, const uint64_t *rows,
                             size_t n, const double *weights) RS_MUST_CHECK;

/* Of intercept and all levels together, on the rows set last. */
size_t rs_absorb_rank(const struct rs_absorb *a);

/* Nodes on the rows set last, and on any rows. */
size_t rs_absorb_n_nodes(const struct rs_absorb *a);
size_t rs_absorb_most_nodes(const struct rs_absorb *a);
size_t rs_absorb_n_factors(const struct rs_absorb *a);

/* [n] the node of each row; [n_nodes] their sums of weights. */
const uint32_t *rs_absorb_nodes(const struct rs_absorb *a, size_t factor);
const struct rs_dd *rs_absorb_totals(const struct rs_absorb *a);

/* One thread's storage for the calls below; good for any rows. */
struct rs_absorb_work;
struct rs_absorb_work *rs_absorb_work_new(const struct rs_absorb *a,
                                          struct rs_error *err);
void rs_absorb_work_free(struct rs_absorb_work *work);

/*
 * Takes the fit on all levels out of a column.
 * hi, lo   inout  [n] the column as hi + lo, |lo| <= ulp(hi) / 2
 * effects  out    [n_nodes] what was taken of each node's rows; NULL allowed
 * Returns false when the refinement does not settle.
 */
bool rs_absorb_residuals(const struct rs_absorb *a, struct rs_absorb_work *work,
                         double *hi, double *lo, struct rs_dd *effects);

/*
 * Squared (weighted) length of the fit on all levels of a column, from its
 * weighted sums over each node's rows.
 * sums  in  [n_nodes], `step` apart
 */
double rs_absorb_length(const struct rs_absorb *a, struct rs_absorb_work *work,
                        const double *sums, size_t step);

/*
 * Coefficients as R's lm() would give them: contrasts with the reference of
 * each factor, or the first level present where that is not; a level that
 * depends on intercept and the columns before it is dropped. A coefficient is a
 * sum of effects.
 */
enum rs_level_state {
    RS_LEVEL_ABSENT,
    RS_LEVEL_REFERENCE,
    RS_LEVEL_DROPPED,
    RS_LEVEL_FITTED
};

struct rs_contrast {
    size_t n;
    uint32_t *nodes;     /* [n] */
    struct rs_dd *parts; /* [n] of each node's effect */
};

/*
 * Room for a sum of n_sum contrasts of the rows set last.
 * Owns: rs_contrast_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_contrast_init(struct rs_contrast *contrast,
                                const struct rs_absorb *a, size_t n_sum,
                                struct rs_error *err) RS_MUST_CHECK;

/* contrast += factor other */
void rs_contrast_add(struct rs_contrast *contrast,
                     const struct rs_contrast *other, struct rs_dd factor);
void rs_contrast_clear(struct rs_contrast *contrast);

/* Of one level; the contrast is there when it is fitted. */
enum rs_level_state rs_absorb_level(const struct rs_absorb *a, size_t factor,
                                    size_t level, struct rs_contrast *out);

/* Of the intercept, whether the model has one or not: the fitted value of the
 * reference levels, at 0 of all else. n >= 1. */
void rs_absorb_intercept(const struct rs_absorb *a, struct rs_contrast *out);

/* Its value, of a column's effects. */
struct rs_dd rs_contrast_value(const struct rs_contrast *contrast,
                               const struct rs_dd *effects);

/*
 * A contrast of effects as a sum over the rows: what each row's value times
 * its weight counts for in rs_contrast_value.
 * hi, lo  out  [n] hi + lo
 * Returns false when the refinement does not settle.
 */
bool rs_absorb_influence(const struct rs_absorb *a, struct rs_absorb_work *work,
                         double *hi, double *lo,
                         const struct rs_contrast *contrast);

/* Its variance by the levels alone, in units of the residuals': c'A^-c. */
double rs_absorb_spread(const struct rs_absorb *a, struct rs_absorb_work *work,
                        const struct rs_contrast *contrast);

#endif
