/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "middle.h"

/* Less the mean: R's scale(x, scale = FALSE). */
static void center(double *values, size_t n_rows, double number, double *spare)
{
    const struct rs_middle middle = rs_middle_of(values, n_rows);

    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] =
            rs_dd_double(rs_middle_less(&middle, values[i])) / middle.unit;
}

const struct rs_transform rs_transform_center = {
    .name = "center", .help = "less the mean of the column", .apply = center};
