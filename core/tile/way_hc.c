/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_way.h"

#include <math.h>

/* HC0 to HC4: see errors_hc.c. */

static void by_leverage(double *restrict weight, const double *restrict left,
                        size_t n, double mean)
{
    for (size_t i = 0; i < n; i++)
        weight[i] = pow(left[i], -fmin(4.0, (1.0 - left[i]) / mean));
}

const struct rs_tile_way rs_tile_way_hc0 = {.name = "hc0"};
const struct rs_tile_way rs_tile_way_hc1 = {.name = "hc1", .small = true};
const struct rs_tile_way rs_tile_way_hc2 = {.name = "hc2", .power = 1};
const struct rs_tile_way rs_tile_way_hc3 = {.name = "hc3", .power = 2};
const struct rs_tile_way rs_tile_way_hc4 = {.name = "hc4",
                                            .weigh = by_leverage};
