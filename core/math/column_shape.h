/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLUMN_SHAPE_H
#define RS_COLUMN_SHAPE_H

#include <stddef.h>

/* How a few columns of n numbers lie to each other; both change them. */

/*
 * Largest singular value over the least, the columns scaled to length 1, by
 * rotations of pairs of them (Hestenes 1958): right to some ulp however large
 * it is. Infinity where one is 0.
 * columns  inout  [k][n]
 */
double rs_columns_condition(double *columns, size_t n, size_t k);

/* ln of the volume that the columns span: half that of the determinant of
 * their products. columns: inout, [k][n] */
double rs_columns_log_volume(double *columns, size_t n, size_t k);

#endif
