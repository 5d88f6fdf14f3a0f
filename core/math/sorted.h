/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SORTED_H
#define RS_SORTED_H

#include "error.h"

#include <stddef.h>

/*
 * Sorting many doubles, rising. The result is the same for any number of
 * threads. Time is in proportion to n for any distribution of the values: no
 * comparison sort, no quadratic worst case. -0 comes out as 0.
 */

/*
 * Sorts a few values on this thread.
 * values  inout  [n], no NaN
 * spare   inout  [n] room to work in
 */
void rs_sort(double *values, double *spare, size_t n);

/* The order of two doubles, no NaN, for qsort where values are few and room is
 * not at hand. */
int rs_by_value(const void *left, const void *right);

/*
 * A sorted copy without the NaN.
 * out    out  [n], the first *n_out are filled; not overlapping in
 * n_out  out
 * in     in   [n]
 * Errors: RS_ERR_NOMEM; *n_out is 0 then.
 * Notes: samples splitters, deals the values out to up to 4096 ranges (and
 * one for each splitter's own value, so that ties cost nothing), then sorts
 * each range in cache. Beside `out` that needs room for the largest range on
 * each thread and about 4 MiB of counts. Below 65536 values it needs n doubles
 * more, and runs on this thread.
 */
enum rs_status rs_sorted_copy(double *out, size_t *n_out, const double *in,
                              size_t n, unsigned n_threads,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
