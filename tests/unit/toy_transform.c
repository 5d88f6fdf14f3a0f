/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toy_transform.h"

static void negate(double *values, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++)
        values[i] = -values[i];
}

const struct rs_transform toy_transform = {"negate", "times -1", negate};
