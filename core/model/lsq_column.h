/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_COLUMN_H
#define RS_LSQ_COLUMN_H

#include "absorb.h"
#include "block.h"
#include "dd.h"
#include "error.h"
#include "lsq_sums.h"

#include <stdbool.h>
#include <stddef.h>

/* Weights of the rows of a fit. Sums take the weights as they are: the root
 * of a weight would be rounded, and badly conditioned columns with it. */
struct rs_row_weights {
    const double *weight; /* [n] scaled by a power of 4, the largest in
                             [0.25, 4) */
    const double *root;   /* [n] square roots of them */
    struct rs_dd total;   /* their sum */
    double range;         /* root of the largest over the least */
};

/* weight, root: borrowed. */
void rs_row_weights_set(struct rs_row_weights *weights, const double *weight,
                        const double *root, size_t n);

/*
 * A column prepared for least squares: scaled by a power of two, so that
 * nothing over- or underflows, and shifted where its values lie far from 0:
 *     value[i] = 2^exponent * (shift + shifted[i] + low[i])
 * Both steps are exact. The shift is the middle of the range, and there is
 * one only where the range is less than half of the middle: then all values
 * lie within a factor of 2 of the shift, and the difference of two such
 * doubles is a double (Sterbenz 1974). Elsewhere the mean costs sums in
 * double-double arithmetic none of the digits that count.
 */
struct rs_lsq_column {
    double *shifted;  /* [n] */
    double *low;      /* [n] low parts of them; NULL: zeros */
    double *low_room; /* [n] storage of them; NULL: there will be none */
    size_t n;
    const double *weight; /* [n] of the rows, borrowed; NULL: ones */
    const double *root;   /* [n] their roots, likewise */
    struct rs_dd total;   /* sum of the weights; n without */
    int exponent;       /* largest |value| is in [2^(exponent-1), 2^exponent) */
    double shift;       /* 0 when not centred */
    struct rs_dd sum;   /* (weighted) of shifted; 0 when not centred */
    struct rs_dd rest;  /* (weighted) mean of shifted; likewise */
    struct rs_dd ss;    /* (weighted) sum of squares of shifted - rest */
    struct rs_dd mean;  /* of the column, shift and rest together; absorbed: the
                           fitted value of the factors' reference levels */
    struct rs_dd all;   /* ss; absorbed: as it was before */
    struct rs_dd plain; /* rest; likewise */
    struct rs_dd *effects; /* [nodes] absorbed: of the factors' levels */
    double max_abs;        /* largest |value|, as given */
    double spread; /* half the range; not centred: the largest |value| */
    double unit;   /* what rounding a value may have taken: half an ulp of
                      the largest; 0 when whole */
    double grain;  /* what double-doubles may leave of nothing: heavy rows
                      settle coefficients that light ones then need */
    bool whole;    /* all are integers below 2^53 */
    bool constant; /* one value only, or values that differ in their last
                      bit alone without being whole; not centred: only 0 */
    bool far;      /* sums must be made row by row, about the mean */
    bool finite;   /* neither infinity nor NaN */
    bool absorbed; /* shifted + low is what factors leave; sum, rest 0 */
    bool settled;  /* the factors' fit has been found */
};

/* Storage for up to n_max rows. Owns: rs_lsq_column_clear. */
enum rs_status rs_lsq_column_init(struct rs_lsq_column *column, size_t n_max,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_lsq_column_clear(struct rs_lsq_column *column);

/*
 * Prepares n values.
 * weights  in  of these rows, borrowed with the column; NULL: all one
 * centre   in  the model has an intercept
 */
void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, const struct rs_row_weights *weights,
                       bool centre);

/*
 * Prepares a column of a block, with storage as for rs_lsq_column_absorb.
 * Scaled and shifted without rounding as well, its low parts with it.
 */
void rs_lsq_column_set_block(struct rs_lsq_column *column,
                             const struct rs_block_values *values, size_t n,
                             const struct rs_row_weights *weights, bool centre);

/* Storage for rs_lsq_column_absorb: up to n_max rows, n_nodes levels. */
enum rs_status rs_lsq_column_room(struct rs_lsq_column *column, size_t n_max,
                                  size_t n_nodes,
                                  struct rs_error *err) RS_MUST_CHECK;

/*
 * Takes what factors explain out of a prepared column with such storage.
 * intercept  in  the factors' contrast for the intercept
 */
void rs_lsq_column_absorb(struct rs_lsq_column *column,
                          const struct rs_absorb *absorb,
                          struct rs_absorb_work *work,
                          const struct rs_contrast *intercept);

/* The mean of an absorbed column for another contrast. */
void rs_lsq_column_find_mean(struct rs_lsq_column *column,
                             const struct rs_contrast *intercept);

/* What is shifted, and its low parts. */
static inline struct rs_lsq_rows
rs_lsq_column_rows(const struct rs_lsq_column *column)
{
    return (struct rs_lsq_rows){column->shifted, column->low};
}

/*
 * (Weighted) cross-product of two prepared columns about their means, in
 * scaled units: sum w_i (a_i - mean a)(b_i - mean b), to about 30 digits of
 * sum w_i |a_i b_i|; exact for small integers.
 */
struct rs_dd rs_lsq_cross(const struct rs_lsq_column *a,
                          const struct rs_lsq_column *b);

/* Value i less the mean, in scaled units. */
static inline struct rs_dd rs_lsq_value(const struct rs_lsq_column *column,
                                        size_t i)
{
    double low = column->low == NULL ? 0.0 : column->low[i];

    return rs_dd_sub((struct rs_dd){column->shifted[i], low}, column->rest);
}

#endif
