/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CHI2_H
#define RS_CHI2_H

#include <stddef.h>

/* The upper tail of chi-square with k degrees of freedom, at least 1: a finite
 * sum of positive terms (Abramowitz and Stegun 26.4.4 and 26.4.5). NaN for
 * x below 0. */
double rs_chi2_p(double x, size_t k);

#endif
