/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ADJUSTED_CELLS_H
#define RS_ADJUSTED_CELLS_H

#include "corrections.h"

/*
 * Turns a matrix of ln p into one of adjusted p.
 * values       inout  all cells, of RS_VALUE_LOG_P; NaN stays, and a perfect
 *                     fit, which shows no p, becomes NaN
 * corrections  in     of the same plan, found
 * field        in     of RS_FIELD_P_BONFERRONI and what follows: the column
 *                     whose numbers the cells get, those of rows bit by bit
 * stop         in     non-zero: the rest stays as it is. NULL allowed
 */
void rs_adjusted_cells(struct rs_values *values, size_t n_y,
                       const struct rs_corrections *corrections, int field,
                       unsigned n_threads, const atomic_int *stop);

#endif
