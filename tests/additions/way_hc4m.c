/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_way.h"

#include <math.h>

/* HC4m by products, as HC3 (way_hc.c) with scores over
 *     (1 - h)^(d / 2),  d = min(1, n h / k) + min(1.5, n h / k). */
static void weigh(double *restrict weight, const double *restrict left,
                  size_t n, double mean)
{
    for (size_t i = 0; i < n; i++) {
        double h = (1.0 - left[i]) / mean;
        weight[i] = pow(left[i], -fmin(1.0, h) - fmin(1.5, h));
    }
}

extern const struct rs_tile_way rs_tile_way_hc4m;
const struct rs_tile_way rs_tile_way_hc4m = {.name = "hc4m", .weigh = weigh};
