/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RANKS_H
#define RS_RANKS_H

#include <stddef.h>
#include <stdint.h>

enum { RS_RANKS_ROOM = 2 };

/*
 * Average ranks: 1 for the least value, and the mean of their places for equal
 * ones. They are multiples of a half, and exact. -0 is 0; infinities are the
 * least and the largest.
 * ranks  out    [n]; may be `values`. NaN has the rank NaN
 * values in     [n]
 * room   inout  [RS_RANKS_ROOM * n] to work in; the first n hold the sorted
 *               values that are not NaN afterwards
 * Returns how many were ranked.
 */
size_t rs_ranks(double *ranks, const double *values, size_t n, double *room);

/*
 * Dense ranks: 0 for the least value, 1 for the next that differs, and so on;
 * RS_NO_CODE for NaN. Average ranks of any of the rows follow by counting.
 * codes  out    [n], n at most RS_NO_CODE
 * room   inout  [RS_RANKS_ROOM * n] to work in
 * Returns how many different values there are.
 */
#define RS_NO_CODE UINT32_MAX
size_t rs_rank_codes(uint32_t *codes, const double *values, size_t n,
                     double *room);

#endif
