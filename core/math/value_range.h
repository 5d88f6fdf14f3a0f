/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VALUE_RANGE_H
#define RS_VALUE_RANGE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* How large values are, and how to bring them to below 1 without rounding. */

/* Least and largest of n > 0 values; NaN or infinity anywhere makes *finite
 * false. */
void rs_value_range(double *least, double *most, bool *finite,
                    const double *values, size_t n);

/* True when all are integers below 2^53: nothing has rounded them.
 * max_abs: the largest size of n finite values */
bool rs_are_whole(const double *values, size_t n, double max_abs);

/* The factor 2^-exponent in two steps, because it may itself be beyond a
 * double. */
struct rs_scale {
    double first, second;
};

static inline struct rs_scale rs_scale_of(int exponent)
{
    return (struct rs_scale){ldexp(1.0, -(exponent / 2)),
                             ldexp(1.0, -(exponent - exponent / 2))};
}

#endif
