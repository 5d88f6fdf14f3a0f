/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "moments.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

void rs_moments_of(struct rs_moments *out, const struct rs_column *column,
                   size_t n_rows, double *buffer)
{
    size_t n = 0;

    for (size_t i = 0; i < n_rows; i++)
        if (isfinite(column->values[i]))
            buffer[n++] = column->values[i];
    out->n = n;
    out->mean = NAN;
    out->sd = NAN;
    out->min = NAN;
    out->max = NAN;
    if (n == 0)
        return;
    out->mean = gsl_stats_mean(buffer, 1, n);
    gsl_stats_minmax(&out->min, &out->max, buffer, 1, n);
    if (n > 1)
        out->sd = gsl_stats_sd_m(buffer, 1, n, out->mean);
}
