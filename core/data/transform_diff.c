/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>

/* R's diff(x), in the place of the later one. */
static void diff(double *values, size_t n_rows, double number, double *spare)
{
    (void)number;
    (void)spare;
    for (size_t i = n_rows; i-- > 1;)
        values[i] -= values[i - 1];
    if (n_rows > 0)
        values[0] = NAN;
}

const struct rs_transform rs_transform_diff = {
    .name = "diff",
    .help = "less the value of the row before, in the order of the file",
    .apply = diff,
};
