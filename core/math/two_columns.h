/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TWO_COLUMNS_H
#define RS_TWO_COLUMNS_H

#include "kernel.h"

#include <stdint.h>

/*
 * Two columns freed of others on the rows that both have, and the sum of
 * squares that a robust variance is. With B the others on those rows,
 * B'B = L L', and z_i = L^-1 B_i,
 *     x~ = scale_x (x - z'u_x),   y~ = scale_y (y - z'u_y),
 *     score = x~ (y~ - r x~),     left = 1 - z'z - x~^2,
 * and 0, 0 and 1 in rows that one of them misses.
 */
enum { RS_ROWS_UNIT = 32 }; /* columns are filled up with zeros to this */

struct rs_two_columns {
    const double *x, *y;           /* [n] 0 where missing */
    const uint64_t *has_x, *has_y; /* bits of rows */
    const double *vectors;         /* c of [n] each, `stride` apart: B */
    size_t stride, c;
    const double *inverse;   /* rows of the lower triangle of L^-1 */
    const double *u_x, *u_y; /* [c] L^-1 B'x, L^-1 B'y */
    double scale_x, scale_y;
    double r;
    size_t n; /* a multiple of RS_ROWS_UNIT */
};

/*
 * Rows [first, first + RS_ROWS_UNIT).
 * score, left  out  [RS_ROWS_UNIT]
 */
void rs_two_columns_rows(double *restrict score, double *restrict left,
                         const struct rs_two_columns *two, size_t first);

/*
 * The scores of all rows, without what leverage leaves.
 * score  out  [n]
 * slope  out  [2][c] scratch
 */
void rs_two_columns_scores(double *score, double *slope,
                           const struct rs_two_columns *two);

/* Rows [first, end), whole units. */
struct rs_two_rows {
    size_t first, end;
};

/*
 * Sum over some rows of score^2 / left^power, power being 0, 1 or 2.
 * least   out  the least left
 * kernel  in   what the machine can run
 */
double rs_two_columns_meat(double *least, const struct rs_two_columns *two,
                           struct rs_two_rows rows, unsigned power,
                           const struct rs_kernel *kernel);

#endif
