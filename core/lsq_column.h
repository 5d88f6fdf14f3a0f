/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_COLUMN_H
#define RS_LSQ_COLUMN_H

#include "dd.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Weights of the rows of a fit; weighted least squares is least squares of
 * rows that are each multiplied with the root of their weight. */
struct rs_row_weights {
    const double *root; /* [n] square roots, the largest in [0.5, 2) */
    struct rs_dd total; /* sum of root squared */
};

/*
 * A column prepared for least squares: scaled by a power of two, so that
 * nothing over- or underflows, and shifted where its values lie far from 0:
 *     value[i] = 2^exponent * (shift + shifted[i])
 * Both steps are exact. The shift is the middle of the range, and there is
 * one only where the range is less than half of the middle: then all values
 * lie within a factor of 2 of the shift, and the difference of two such
 * doubles is a double (Sterbenz 1974). Elsewhere the mean costs sums in
 * double-double arithmetic none of the digits that count.
 */
struct rs_lsq_column {
    double *shifted; /* [n], each times its row's root of the weight */
    size_t n;
    const double *root; /* [n] roots of the weights, borrowed; NULL: ones */
    struct rs_dd total; /* sum of the weights; n without */
    int exponent;       /* largest |value| is in [2^(exponent-1), 2^exponent) */
    double shift;       /* 0 when not centred */
    struct rs_dd rest;  /* (weighted) mean of shifted; 0 when not centred */
    struct rs_dd ss;    /* (weighted) sum of squares of shifted - rest */
    double max_abs;     /* largest |value|, as given */
    bool constant;      /* one value only; not centred: only 0 */
    bool finite;        /* neither infinity nor NaN */
};

/* Storage for up to n_max rows. Owns: rs_lsq_column_clear. */
enum rs_status rs_lsq_column_init(struct rs_lsq_column *column, size_t n_max,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_lsq_column_clear(struct rs_lsq_column *column);

/*
 * Prepares n values.
 * weights  in  of these rows, borrowed with the column; NULL: all one. The
 *              products shifted x root are rounded once.
 * centre   in  the model has an intercept
 */
void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, const struct rs_row_weights *weights,
                       bool centre);

/* sum a_i b_i, to about 30 digits of sum |a_i b_i|; see rs_lsq_cross. */
struct rs_dd rs_lsq_dot(const double *a, const double *b, size_t n);

/*
 * Cross-product of two prepared columns about their means, in scaled units:
 * sum (a_i - mean a)(b_i - mean b), to about 30 digits of sum |a_i b_i|.
 * Notes: compensated dot product (Ogita, Rump and Oishi 2005) in eight
 * interleaved partial sums, so that its bits do not depend on the width of
 * the machine's vectors.
 */
struct rs_dd rs_lsq_cross(const struct rs_lsq_column *a,
                          const struct rs_lsq_column *b);

/* Value i less the mean, times the root of the weight, in scaled units. */
static inline struct rs_dd rs_lsq_value(const struct rs_lsq_column *column,
                                        size_t i)
{
    struct rs_dd mean = column->rest;

    if (column->root != NULL)
        mean = rs_dd_scale(mean, column->root[i]);
    return rs_dd_sub(rs_dd_of(column->shifted[i]), mean);
}

/* Mean of the column in scaled units, shift and rest together. */
struct rs_dd rs_lsq_column_mean(const struct rs_lsq_column *column);

#endif
