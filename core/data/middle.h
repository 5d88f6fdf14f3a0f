/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MIDDLE_H
#define RS_MIDDLE_H

#include "dd.h"

#include <math.h>
#include <stddef.h>

/*
 * The mean of a column's finite cells, for transforms that are about it: in
 * double-double, so that only the result is rounded, and of cells times a
 * power of two that brings the largest near 1, so that no sum overflows.
 */
struct rs_middle {
    double unit;       /* the power of two */
    struct rs_dd mean; /* of the cells times unit; 0 where there are none */
    size_t n;          /* finite cells */
};

/* A power of two that brings a magnitude near 1, as far as one can. */
double rs_unit_of(double magnitude);

/* values  in  [n_rows], NaN = missing */
struct rs_middle rs_middle_of(const double *values, size_t n_rows);

/* A cell times unit less the mean; one that is not finite stays as it is. */
static inline struct rs_dd rs_middle_less(const struct rs_middle *middle,
                                          double value)
{
    if (!isfinite(value))
        return rs_dd_of(value);
    return rs_dd_sub(rs_dd_of(value * middle->unit), middle->mean);
}

#endif
