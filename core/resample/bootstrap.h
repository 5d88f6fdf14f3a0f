/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BOOTSTRAP_H
#define RS_BOOTSTRAP_H

#include "bootstrap_limits.h"
#include "fit.h"
#include "spec.h"

/*
 * Bootstrap confidence intervals of a slope: rows are drawn anew, with
 * replacement, from the rows of the pair itself, and the slope is fitted
 * again on each of B such resamples, covariates and weights included. Where
 * the run has clusters (spec->errors_ask), whole clusters are drawn, as many
 * as the pair's rows are of, numbered as their first rows come (the pairs
 * cluster bootstrap); what is said of rows below is then said of them. An x
 * that is a block (block.h) has those of the one coefficient tested.
 *
 * Resample b of n rows is a function of the seed, b and n alone: pairs with
 * as many rows are drawn alike (their resamples are shared, which saves most
 * of the work, and makes differences between pairs less noisy), and no
 * interval depends on what else is in the run or on the number of workers.
 *
 * Method: with c_i the times that a resample holds row i, q_i the row of an
 * orthonormal basis of intercept and covariates, x~ and y~ what these leave of
 * x and y (each times the root of the row's weight),
 *     G = sum c q q' = L L',  u = L^-1 sum c q x~,  v = L^-1 sum c q y~
 *     beta = (sum c x~ y~ - u'v) / (sum c x~^2 - u'u)
 * which is the refitted slope; of a block, what stands beside the test
 * belongs to q. Covariates that the others explain in a
 * resample (to 1e-10 of the square) are dropped there, as R's lm() does. A
 * slope whose denominator cancels is computed again from residuals, row by
 * row. A resample in which x is constant, or explained by the covariates,
 * has no slope: it is dropped.
 *
 * Limits: percentile, and BCa (Efron 1987), with the quantiles of R's
 * boot::boot.ci: the (B + 1) alpha-th of the sorted slopes, interpolated on
 * the scale of normal quantiles (Davison and Hinkley 1997, 5.8); beyond the
 * first or last slope that one. For BCa
 *     z0 = the normal quantile of the share of slopes below the estimate,
 *          those that equal it counting half,
 *     a = sum l^3 / (6 (sum l^2)^1.5),  l_i = beta - beta without row i
 * with l by the leverage of the rows, and from the other rows where that is
 * nearly 1: boot::empinf(type = "jack").
 *
 * NaN: all limits where fewer than half of the resamples have a slope, or the
 * fit is not ok; those of BCa also where all slopes lie on one side of the
 * estimate, where x has no slope without some row, or where the correction
 * diverges.
 */
struct rs_bootstrap_ask {
    uint64_t n_resamples; /* B, at least 1 */
    uint64_t seed;
    double conf_level; /* in (0, 1) */
};

struct rs_bootstrap;

/* Whether the run has such intervals. Errors: RS_ERR_USAGE where clusters are
 * by two columns, or an x is tested by F. */
enum rs_status rs_bootstrap_check(const struct rs_spec *spec, const size_t *x,
                                  size_t n_x,
                                  struct rs_error *err) RS_MUST_CHECK;

/*
 * Workspace of one worker.
 * spec  in  of the run, as of the least squares model; borrowed. cache_bytes
 *           limits what is kept of columns for later pairs.
 * Owns: rs_bootstrap_close. Errors: RS_ERR_USAGE for no resamples or too many
 * for any memory, RS_ERR_INCONSISTENT for more rows than random numbers of 32
 * bits, RS_ERR_NOMEM.
 */
enum rs_status rs_bootstrap_open(struct rs_bootstrap **out,
                                 const struct rs_spec *spec,
                                 const struct rs_bootstrap_ask *ask,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_bootstrap_close(struct rs_bootstrap *bootstrap); /* NULL allowed */

/*
 * The limits of a fitted pair.
 * y, x  in  columns of the dataset
 * fit   in  by least squares; only its outcome is used
 * Notes: with n rows, B resamples and k covariates about B n operations,
 * and (k + 2) B n for each column not met before on these rows, and k^2 B n
 * / 2 when the rows are other ones than before. Other numbers of rows than
 * before have their resamples drawn first. An x with b columns beside the test
 * costs as much as b + 1, and b more a pair.
 */
void rs_bootstrap_interval(struct rs_bootstrap *bootstrap,
                           struct rs_bootstrap_limits *out, size_t y, size_t x,
                           const struct rs_fit *fit);

#endif
