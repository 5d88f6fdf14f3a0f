/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_SUMS_H
#define RS_LSQ_SUMS_H

#include "dd.h"

#include <stddef.h>

/*
 * Sums over rows in double-double arithmetic, for least squares.
 *
 * All are made of eight interleaved partial sums with their errors
 * (compensated dot products after Ogita, Rump and Oishi 2005), so that their
 * bits do not depend on the width of the machine's vectors, and are right to
 * about 30 digits of the sum of the sizes of their terms.
 */

/* Numbers with about 32 digits. */
struct rs_lsq_rows {
    const double *hi; /* [n] */
    const double *lo; /* [n] low parts; NULL: zeros */
};

/* sum a_i b_i */
struct rs_dd rs_lsq_dot(const double *a, const double *b, size_t n);

/*
 * sum w_i a_i b_i
 * weight  in  [n], used as it is, without a root; NULL: ones
 */
struct rs_dd rs_lsq_dot_rows(const double *weight, struct rs_lsq_rows a,
                             struct rs_lsq_rows b, size_t n);

/* sum w_i a_i; weight as above. */
struct rs_dd rs_lsq_sum_rows(const double *weight, struct rs_lsq_rows a,
                             size_t n);

/* v -= factor a. hi, lo  inout  [n] of v. */
void rs_lsq_subtract(double *hi, double *lo, struct rs_dd factor,
                     struct rs_lsq_rows a, size_t n);

#endif
