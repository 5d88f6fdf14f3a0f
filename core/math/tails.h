/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TAILS_H
#define RS_TAILS_H

/*
 * Tails of Student's t and of F, accurate where GSL's are not.
 *
 * gsl_cdf_tdist_Q (GSL 2.7.1) is off by up to 1e-6 for df > 30 and
 * underflows to 0; these are right to 1e-12 relative for p down to the
 * smallest double and, as logarithms, for p as small as 1e-5000 and beyond.
 * No tables, no state: safe in any thread.
 */

/*
 * Natural logarithm of the two-sided tail P(|T| >= |t|).
 * t   in  any number; +-infinity gives -infinity, NaN gives NaN
 * df  in  > 0, not necessarily whole; infinity = normal distribution
 * Returns: a number <= 0. For p near 1 the result keeps relative accuracy
 * of p, not of its logarithm.
 */
double rs_t_log_p(double t, double df);

/*
 * The condition of ln p in t, |d ln p / d ln t|: by how much a relative error
 * of t grows on its way to p. About t^2 + 1 far out for large df, at most df.
 * t, df  in  as above; finite
 */
double rs_t_condition(double t, double df);

/* P(|T| >= |t|); 0 only where the true value is below the least double. */
double rs_t_p(double t, double df);

/*
 * Natural logarithm of the upper tail P(F >= f).
 * f         in  >= 0
 * df1, df2  in  > 0
 */
double rs_f_log_p(double f, double df1, double df2);

/*
 * The t that leaves p in both tails together: P(|T| >= t) = p.
 * p   in  in (0, 1]
 * df  in  > 0
 * Returns: t >= 0, to 1e-12 relative; R: qt(p / 2, df, lower = FALSE).
 */
double rs_t_quantile(double p, double df);

/* The same from ln p, for p below the least double; log_p in (-inf, 0]. */
double rs_t_quantile_log(double log_p, double df);

/*
 * ln of the p whose chi-square with one degree of freedom is the mean of those
 * of exp(a) and exp(b), a <= b: lambda is a median of chi-squares, and with
 * an even number of tests that is not one of p.
 */
double rs_log_p_middle(double a, double b);

#endif
