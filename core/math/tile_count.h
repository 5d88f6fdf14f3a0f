/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_COUNT_H
#define RS_TILE_COUNT_H

#include <stddef.h>
#include <stdint.h>

/*
 * Counting and finding values of a block against edges, in vectors.
 */

/* counts[k] += how many r[i] >= edges[k]; NaN counts nowhere. */
void rs_count_edges(uint64_t *counts, const double *r, size_t n,
                    const double *edges, size_t n_edges);

/* How many a[i] >= low, and how many a[i] >= high. */
void rs_count_between(uint32_t *from_low, uint32_t *from_high, const float *a,
                      size_t n, float low, float high);

/* The first i >= from with low <= a[i] < high, or n. n is a multiple of 8. */
size_t rs_find_between(const float *a, size_t from, size_t n, float low,
                       float high);

#endif
