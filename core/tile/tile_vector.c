/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_vector.h"

#include "vector_code.h"

RS_WIDE double rs_tile_dot(const double *a, const double *b, size_t n)
{
    double sum[8] = {0.0};
    double total = 0.0;
    size_t i = 0;

    for (; i + 8 <= n; i += 8)
        for (size_t l = 0; l < 8; l++)
            sum[l] += a[i + l] * b[i + l];
    for (size_t l = 0; i + l < n; l++)
        sum[l] += a[i + l] * b[i + l];
    for (size_t l = 0; l < 8; l++)
        total += sum[l];
    return total;
}

RS_WIDE void rs_tile_subtract(double *restrict v, const double *restrict w,
                              double factor, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] -= factor * w[i];
}

RS_WIDE void rs_tile_scale(double *v, double factor, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] *= factor;
}
