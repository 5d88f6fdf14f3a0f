/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>
#include <string.h>

static bool is_lag(double number)
{
    return number != 0.0 && fabs(number) <= 0x1p53 && floor(number) == number;
}

/* The value that stood `number` rows before, or after where that is negative:
 * rows as the file has them, missing ones among them. */
static void lag(double *values, size_t n_rows, double number, double *spare)
{
    size_t by = (size_t)fmin(fabs(number), (double)n_rows);
    size_t left = n_rows - by;

    (void)spare;
    if (number > 0.0)
        memmove(values + by, values, left * sizeof *values);
    else
        memmove(values, values + by, left * sizeof *values);
    for (size_t i = 0; i < by; i++)
        values[number > 0.0 ? i : left + i] = NAN;
}

static const struct rs_transform_number number_of = {
    .letter = "K",
    .allowed = "a whole number of rows other than 0",
    .example = "1",
    .is_allowed = is_lag,
};

const struct rs_transform rs_transform_lag = {
    .name = "lag",
    .help = "the value K rows before, in the order of the file; K below 0: "
            "after",
    .apply = lag,
    .number = &number_of,
};
