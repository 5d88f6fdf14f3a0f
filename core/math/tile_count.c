/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_count.h"

#include "vector_code.h"

RS_WIDE_INTEGER void rs_count_edges(uint64_t *counts, const double *r, size_t n,
                                    const double *edges, size_t n_edges)
{
    for (size_t k = 0; k < n_edges; k++) {
        double edge = edges[k];
        uint64_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += r[i] >= edge ? 1 : 0;
        counts[k] += count;
    }
}

RS_WIDE_INTEGER void rs_count_between(uint32_t *from_low, uint32_t *from_high,
                                      const float *a, size_t n, float low,
                                      float high)
{
    uint32_t below = 0;
    uint32_t above = 0;

    for (size_t i = 0; i < n; i++) {
        below += a[i] >= low ? 1 : 0;
        above += a[i] >= high ? 1 : 0;
    }
    *from_low = below;
    *from_high = above;
}

/* The first group of 8 at or behind `from`, a multiple of 8, that has such a
 * value; n when none has. */
RS_WIDE_INTEGER static size_t find_group(const float *a, size_t from, size_t n,
                                         float low, float high)
{
    for (; from < n; from += 8) {
        uint32_t any = 0;
        for (size_t l = 0; l < 8; l++)
            any |=
                (uint32_t)(a[from + l] >= low) & (uint32_t)(a[from + l] < high);
        if (any != 0)
            return from;
    }
    return n;
}

size_t rs_find_between(const float *a, size_t from, size_t n, float low,
                       float high)
{
    for (size_t i = from; i < n; i++) {
        if (i % 8 == 0)
            i = find_group(a, i, n, low, high);
        if (i < n && a[i] >= low && a[i] < high)
            return i;
    }
    return n;
}
