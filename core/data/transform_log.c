/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include <math.h>

/* The natural logarithm; what is not positive has none. */
static void take_log(double *values, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++)
        values[i] = values[i] > 0.0 ? log(values[i]) : NAN;
}

const struct rs_transform rs_transform_log = {"log", "the natural logarithm",
                                              take_log};
