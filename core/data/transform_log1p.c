/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>

/* The logarithm of 1 + value, right near 0; what is not above -1 has none. */
static void take_log1p(double *values, size_t n_rows, double number,
                       double *spare)
{
    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = values[i] > -1.0 ? log1p(values[i]) : NAN;
}

const struct rs_transform rs_transform_log1p = {
    .name = "log1p",
    .help = "the natural logarithm of 1 and the value together, right for the "
            "smallest ones",
    .apply = take_log1p,
};
