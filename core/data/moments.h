/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MOMENTS_H
#define RS_MOMENTS_H

#include "dataset.h"

/* Simple moments of a column's present, finite values. */
struct rs_moments {
    size_t n;    /* values used */
    double mean; /* NaN when n is 0 */
    double sd;   /* with n - 1; NaN when n < 2 */
    double min, max;
};

/*
 * Moments of a numeric column (GSL's statistics, long double sums).
 * buffer  out  [n_rows] scratch
 */
void rs_moments_of(struct rs_moments *out, const struct rs_column *column,
                   size_t n_rows, double *buffer);

#endif
