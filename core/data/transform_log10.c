/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>

/* The logarithm to base 10; what is not positive has none. */
static void take_log10(double *values, size_t n_rows, double number,
                       double *spare)
{
    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = values[i] > 0.0 ? log10(values[i]) : NAN;
}

const struct rs_transform rs_transform_log10 = {
    .name = "log10",
    .help = "the logarithm to base 10",
    .apply = take_log10,
};
