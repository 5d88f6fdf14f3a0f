/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "middle.h"

double rs_unit_of(double magnitude)
{
    int exponent = 0;

    (void)frexp(magnitude, &exponent);
    exponent = exponent > 1000 ? 1000 : exponent;
    return ldexp(1.0, exponent < -1000 ? 1000 : -exponent);
}

struct rs_middle rs_middle_of(const double *values, size_t n_rows)
{
    struct rs_middle out = {1.0, {0.0, 0.0}, 0};
    double most = 0.0;

    for (size_t i = 0; i < n_rows; i++)
        if (isfinite(values[i])) {
            most = fmax(most, fabs(values[i]));
            out.n++;
        }
    out.unit = rs_unit_of(most);
    for (size_t i = 0; i < n_rows; i++)
        if (isfinite(values[i]))
            out.mean = rs_dd_add(out.mean, rs_dd_of(values[i] * out.unit));
    if (out.n > 0)
        out.mean = rs_dd_div(out.mean, rs_dd_of((double)out.n));
    return out;
}
