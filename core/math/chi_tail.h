/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CHI_TAIL_H
#define RS_CHI_TAIL_H

/*
 * Natural logarithm of the upper tail of chi-square.
 * q   in  >= 0
 * df  in  a whole number, at least 1
 * Returns: a number <= 0, right to 1e-12 of p; NaN for NaN and below 0.
 * Notes: with half-whole parameters the tail is a finite sum of positive terms
 * (Abramowitz and Stegun 26.4.4 and 26.4.5), taken from the largest on.
 */
double rs_chi_log_p(double q, double df);

#endif
