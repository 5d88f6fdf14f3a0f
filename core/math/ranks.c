/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranks.h"

#include "sorted.h"

#include <math.h>

/* How many of n sorted values are below a value; or_equal: or like it. */
static size_t count_below(const double *sorted, size_t n, double value,
                          int or_equal)
{
    const double *from = sorted;

    while (n > 0) {
        size_t half = n / 2;
        int below = or_equal ? from[half] <= value : from[half] < value;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    return (size_t)(from - sorted);
}

/* The average place of a value among sorted ones, of which it is one. */
static double rank_of(const double *sorted, size_t n, double value)
{
    size_t first = count_below(sorted, n, value, 0);
    size_t end = first + 1;

    if (end < n && sorted[end] == value)
        end += count_below(sorted + end, n - end, value, 1);
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
                       : (uint32_t)count_below(room, levels, values[i], 0);
    return levels;
}
