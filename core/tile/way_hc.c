/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_way.h"
#include "vector_code.h"

#include <math.h>

/* HC0 to HC4 (errors_hc.c): squares of scores weigh by powers of what leverage
 * leaves. */

static void by_none(double *restrict weight, const double *restrict left,
                    size_t n, double mean)
{
    (void)left;
    (void)mean;
    for (size_t i = 0; i < n; i++)
        weight[i] = 1.0;
}

RS_WIDE static void by_left(double *restrict weight,
                            const double *restrict left, size_t n, double mean)
{
    (void)mean;
    for (size_t i = 0; i < n; i++)
        weight[i] = 1.0 / left[i];
}

RS_WIDE static void by_square(double *restrict weight,
                              const double *restrict left, size_t n,
                              double mean)
{
    (void)mean;
    for (size_t i = 0; i < n; i++) {
        double inverse = 1.0 / left[i];
        weight[i] = inverse * inverse;
    }
}

static void by_power(double *restrict weight, const double *restrict left,
                     size_t n, double mean)
{
    for (size_t i = 0; i < n; i++)
        weight[i] = pow(left[i], -fmin(4.0, (1.0 - left[i]) / mean));
}

const struct rs_tile_way rs_tile_way_hc0 = {.name = "hc0", .weigh = by_none};
const struct rs_tile_way rs_tile_way_hc1 = {
    .name = "hc1", .weigh = by_none, .small = true};
const struct rs_tile_way rs_tile_way_hc2 = {
    .name = "hc2", .weigh = by_left, .by_leverage = true};
const struct rs_tile_way rs_tile_way_hc3 = {
    .name = "hc3", .weigh = by_square, .by_leverage = true};
const struct rs_tile_way rs_tile_way_hc4 = {
    .name = "hc4", .weigh = by_power, .by_leverage = true};
