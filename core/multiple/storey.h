/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_STOREY_H
#define RS_STOREY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * pi0, the share of tests whose null hypothesis is true, by the smoother of
 * Storey and Tibshirani (2003), as qvalue::pi0est in R has it.
 *
 * For lambda = 0.05, 0.10, ... 0.95, pi0(lambda) = #{p >= lambda} /
 * (m (1 - lambda)); a cubic smoothing spline with 3 degrees of freedom is laid
 * through these, and its value at 0.95, at most 1, is pi0. A smoothing spline
 * with a fixed penalty is linear in the values and the lambdas are always the
 * same, so that this value is one weighted sum: rs_storey_weights.
 */
enum { RS_LAMBDAS = 19 };

/*
 * The row of the smoother matrix (I + a Q R^-1 Q')^-1 (Reinsch 1967) of its
 * last point, with a = 125.76... such that the trace, the degrees of freedom,
 * is 3 exactly. R's smooth.spline searches to its tolerance only and stops at
 * 3.00033 here; its pi0 differs by 1e-7 (relative) with a million tests, by
 * 1e-4 with a hundred. Exported for tests.
 */
extern const double rs_storey_weights[RS_LAMBDAS];

/* Lambda k, the very double that R's seq gives. k below RS_LAMBDAS.
 * Exported for tests. */
double rs_storey_lambda(unsigned k);

/* Their logarithms. */
extern const double rs_storey_log_lambdas[RS_LAMBDAS];

/*
 * ln(pi0).
 * log_pi0   out  <= 0
 * at_least  in   [RS_LAMBDAS] tests with p >= lambda k
 * m         in   tests
 * Returns false, *log_pi0 being 0, where there is no sound estimate: with fewer
 * than 100 tests, when no p reaches 0.95 (their distribution does not go to 1,
 * and qvalue refuses too), or when the spline gives nothing positive.
 */
bool rs_storey_log_pi0(double *log_pi0, const uint64_t *at_least, uint64_t m);

#endif
