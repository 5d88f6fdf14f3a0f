/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_COLUMN_H
#define RS_LSQ_COLUMN_H

#include "dd.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A column prepared for least squares: scaled by a power of two, so that
 * nothing over- or underflows, and shifted by a double near its mean,
 * without losing a bit: the shifted value is kept as hi + lo, exactly.
 *     value[i] = 2^exponent * (shift + hi[i] + lo[i])
 */
struct rs_lsq_column {
    double *hi; /* [n] */
    double *lo; /* [n]; all 0 unless has_lo */
    size_t n;
    int exponent;      /* largest |value| is in [2^(exponent-1), 2^exponent) */
    double shift;      /* 0 when not centred */
    struct rs_dd rest; /* mean of hi + lo: what the shift left; 0 when not
                          centred */
    struct rs_dd ss;   /* sum of squares of hi + lo - rest */
    double max_abs;    /* largest |value|, as given */
    bool has_lo;
    bool constant; /* one value only; not centred: only 0 */
    bool finite;   /* neither infinity nor NaN */
};

/* Storage for up to n_max rows. Owns: rs_lsq_column_clear. */
enum rs_status rs_lsq_column_init(struct rs_lsq_column *column, size_t n_max,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_lsq_column_clear(struct rs_lsq_column *column);

/* Prepares n values; centre: the model has an intercept. */
void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, bool centre);

/*
 * Cross-product of two prepared columns about their means, in scaled units:
 * sum (a_i - mean a)(b_i - mean b), to about 30 digits of sum |a_i b_i|.
 * Notes: compensated dot product (Ogita, Rump and Oishi 2005) in eight
 * interleaved partial sums, so that its bits do not depend on the width of
 * the machine's vectors.
 */
struct rs_dd rs_lsq_cross(const struct rs_lsq_column *a,
                          const struct rs_lsq_column *b);

/* Mean of the column in scaled units, shift and rest together. */
struct rs_dd rs_lsq_column_mean(const struct rs_lsq_column *column);

#endif
