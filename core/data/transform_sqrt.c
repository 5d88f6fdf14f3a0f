/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>

/* The square root; what is negative has none. */
static void take_sqrt(double *values, size_t n_rows, double number,
                      double *spare)
{
    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = values[i] >= 0.0 ? sqrt(values[i]) : NAN;
}

const struct rs_transform rs_transform_sqrt = {
    .name = "sqrt",
    .help = "the square root",
    .apply = take_sqrt,
};
