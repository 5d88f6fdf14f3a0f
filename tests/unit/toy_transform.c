/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toy_transform.h"

static void negate(double *values, size_t n_rows, double number, double *spare)
{
    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = -values[i];
}

const struct rs_transform toy_transform = {
    .name = "negate", .help = "times -1", .apply = negate};
