/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "sorted.h"

#include <math.h>
#include <stddef.h>

static bool is_tail(double number)
{
    return number > 0.0 && number < 0.5;
}

/* R's quantile(x, p), type 7: cell 1 + (n - 1) p of the sorted ones, counted
 * from 1, and between two of them in proportion. */
static double quantile(const double *sorted, size_t n, double p)
{
    double place = 1.0 + (double)(n - 1) * p;
    double part = place - floor(place);
    const double *cell = &sorted[(size_t)place - 1];

    if (!(part > 0.0) || cell[0] == cell[1])
        return cell[0];
    return (1.0 - part) * cell[0] + part * cell[1];
}

/* What lies outside the quantiles P and 1 - P of the cells becomes them. */
static void winsor(double *values, size_t n_rows, double number, double *spare)
{
    double low = NAN;
    double high = NAN;
    size_t n = 0;

    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(values[i]))
            spare[n++] = values[i];
    if (n == 0)
        return;
    rs_sort(spare, spare + n_rows, n);
    low = quantile(spare, n, number);
    high = quantile(spare, n, 1.0 - number);
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(values[i]))
            values[i] = fmin(fmax(values[i], low), high);
}

static const struct rs_transform_number number_of = {
    .letter = "P",
    .allowed = "a number above 0 and below 0.5",
    .example = "0.05",
    .is_allowed = is_tail,
};

const struct rs_transform rs_transform_winsor = {
    .name = "winsor",
    .help = "below the quantile P of the column's cells, or above that of 1 - "
            "P, the quantile itself (type 7, R's own)",
    .apply = winsor,
    .room = 2,
    .number = &number_of,
};
