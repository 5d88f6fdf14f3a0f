/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>

/* The natural logarithm; what is not positive has none. */
static void take_log(double *values, size_t n_rows, double number,
                     double *spare)
{
    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = values[i] > 0.0 ? log(values[i]) : NAN;
}

const struct rs_transform rs_transform_log = {
    .name = "log",
    .help = "the natural logarithm",
    .apply = take_log,
};
