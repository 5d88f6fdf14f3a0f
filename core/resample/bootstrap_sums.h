/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BOOTSTRAP_SUMS_H
#define RS_BOOTSTRAP_SUMS_H

#include "error.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Sums over resamples: how often each of B resamples of n rows (or of n
 * clusters of rows) holds each, and sums of products of columns weighted by
 * that.
 *
 * The counts of all resamples are kept for the number of rows that was asked
 * for last, as bytes, as long as they take no more than 32 MiB; else they are
 * made again, a part of the resamples at a time, for all sums that are wanted
 * together. (A row that is drawn more than 255 times, which has a probability
 * below 1e-500, counts 255 times.)
 */
struct rs_bootstrap_sums;

/*
 * most_rows   in  any later n
 * most_wants  in  sums at a time
 * Owns: rs_bootstrap_sums_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_bootstrap_sums_new(struct rs_bootstrap_sums **out,
                                     size_t most_rows, size_t n_resamples,
                                     uint64_t seed, size_t most_wants,
                                     struct rs_error *err) RS_MUST_CHECK;
void rs_bootstrap_sums_free(struct rs_bootstrap_sums *sums); /* NULL allowed */

/* Columns are filled up with zeros to this length. */
static inline size_t rs_bootstrap_padded(size_t n)
{
    return (n + 31) / 32 * 32;
}

/* The rows of a resample in the order in which they are drawn.
 * rows  out  [n] numbers below n, n > 0 */
void rs_bootstrap_rows(uint32_t *rows, uint32_t n, uint64_t seed,
                       uint64_t number);

/*
 * Whole clusters are drawn from now on: what is found are sums of them.
 * of  in  [n_rows] the cluster of each row, borrowed; NULL: rows are drawn
 */
void rs_bootstrap_sums_of(struct rs_bootstrap_sums *sums, const uint32_t *of,
                          size_t n_rows);

/*
 * Asks for sum c_i a_i b_i over the rows, for every resample.
 * out   out  [n_resamples] once rs_bootstrap_find_sums has been called
 * a, b  in   [padded n], borrowed until then
 */
void rs_bootstrap_want(struct rs_bootstrap_sums *sums, double *out,
                       const double *a, const double *b);

/* Makes all sums that are wanted, for n rows, or clusters. */
void rs_bootstrap_find_sums(struct rs_bootstrap_sums *sums, size_t n);

/* From now on by the code for machines without wide vectors: the same bits.
 * For tests. */
void rs_bootstrap_sums_plainly(struct rs_bootstrap_sums *sums);

#endif
