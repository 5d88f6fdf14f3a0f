/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "middle.h"

/* Standard deviation with n - 1 of the finite cells, times the unit; NaN where
 * there is none: of less than two, or where it is no more than rounding, half
 * an ulp of the mean. */
static double deviation(const struct rs_middle *middle, const double *values,
                        size_t n_rows)
{
    struct rs_dd squares = {0.0, 0.0};
    double sd = 0.0;

    for (size_t i = 0; i < n_rows; i++)
        if (isfinite(values[i])) {
            struct rs_dd left = rs_middle_less(middle, values[i]);
            squares = rs_dd_add(squares, rs_dd_mul(left, left));
        }
    if (middle->n < 2)
        return NAN;
    sd = sqrt(rs_dd_double(squares) / ((double)middle->n - 1.0));
    return sd > 0x1p-53 * fabs(middle->mean.hi) ? sd : NAN;
}

/* R's scale(x). */
static void zscore(double *values, size_t n_rows, double number, double *spare)
{
    const struct rs_middle middle = rs_middle_of(values, n_rows);
    double sd = deviation(&middle, values, n_rows);

    (void)number;
    (void)spare;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = rs_dd_double(rs_middle_less(&middle, values[i])) / sd;
}

const struct rs_transform rs_transform_zscore = {
    .name = "zscore",
    .help = "less the mean of the column, by its standard deviation; a "
            "constant column has none",
    .apply = zscore,
};
