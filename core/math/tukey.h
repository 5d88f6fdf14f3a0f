/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TUKEY_H
#define RS_TUKEY_H

/*
 * Natural logarithm of the upper tail of Tukey's studentised range: of the
 * largest less the least of k standard normals, over an independent
 * chi / sqrt(df). R: ptukey(q, k, df, lower = FALSE, log = TRUE), which is off
 * by about 1e-9, of few df by 1e-6; this has 10 digits of p and more.
 *   P(Q > q) = int f(s) U(q s) ds,
 *   U(w) = k int phi(z) (Phi(z)^(k-1) - (Phi(z) - Phi(z - w))^(k-1)) dz
 * (Copenhaver and Holland 1988, for the upper tail, where nothing cancels).
 * Both are sums over equal steps of z and ln s, which for such integrands
 * converge faster than any power of the step.
 *
 * q   in  >= 0
 * k   in  >= 2
 * df  in  > 0; infinity: the range itself
 * Returns: a number <= 0; NaN of NaN.
 */
double rs_tukey_log_p(double q, double k, double df);

#endif
