/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ADJUSTED_CELLS_H
#define RS_ADJUSTED_CELLS_H

#include "corrections.h"

/*
 * Turns a part's matrix of ln p into one of adjusted p.
 * values       inout  all cells, of RS_VALUE_LOG_P; NaN stays, and a perfect
 *                     fit, which shows no p, becomes NaN
 * part         in     of corrections that are found, of the same pairs
 * field        in     of RS_FIELD_P_BONFERRONI and what follows: the column
 *                     whose numbers the cells get, those of rows bit by bit
 * stop         in     non-zero: the rest stays as it is. NULL allowed
 */
void rs_adjusted_cells(struct rs_values *values, size_t n_y,
                       const struct rs_corrected_part *part, int field,
                       unsigned n_threads, const atomic_int *stop);

#endif
