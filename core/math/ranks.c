/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranks.h"

#include "sorted.h"

#include <math.h>
#include <stdbool.h>

/* How many of n sorted values are below a value; or_equal: or like it. Without
 * a branch that depends on values, which could not be predicted. */
static inline size_t count_below(const double *sorted, size_t n, double value,
                                 bool or_equal)
{
    const double *from = sorted;

    if (n == 0)
        return 0;
    while (n > 1) {
        size_t half = n / 2;
        double last = from[half - 1];
        from += (or_equal ? last <= value : last < value) ? half : 0;
        n -= half;
    }
    return (size_t)(from - sorted) +
           ((or_equal ? *from <= value : *from < value) ? 1 : 0);
}

/* The average place of a value among sorted ones, of which it is one. */
static double rank_of(const double *sorted, size_t n, double value)
{
    size_t first = count_below(sorted, n, value, false);
    size_t end = first + 1;

    if (end < n && sorted[end] == value)
        end += count_below(sorted + end, n - end, value, true);
    return 0.5 * (double)(first + end + 1);
}

/* The values that are no NaN, sorted; returns how many. */
static size_t sort_values(double *sorted, double *spare, const double *values,
                          size_t n)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            sorted[used++] = values[i];
    rs_sort(sorted, spare, used);
    return used;
}

size_t rs_ranks(double *ranks, const double *values, size_t n, double *room)
{
    size_t used = sort_values(room, room + n, values, n);

    for (size_t i = 0; i < n; i++)
        ranks[i] =
            isnan(values[i]) ? values[i] : rank_of(room, used, values[i]);
    return used;
}

size_t rs_rank_codes(uint32_t *codes, const double *values, size_t n,
                     double *room)
{
    size_t used = sort_values(room, room + n, values, n);
    size_t levels = 0;

    for (size_t i = 0; i < used; i++)
        if (levels == 0 || room[levels - 1] != room[i])
            room[levels++] = room[i];
    for (size_t i = 0; i < n; i++)
        codes[i] = isnan(values[i])
                       ? RS_NO_CODE
                       : (uint32_t)count_below(room, levels, values[i], false);
    return levels;
}
