/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include <math.h>

/*
 * HC3 of MacKinnon and White (1985), as vcovHC(lm(...), "HC3") of R's sandwich:
 *     var = sum_i x~_i^2 e_i^2 / (1 - h_i)^2 / (x~'x~)^2
 * x~ what the covariates leave of x, e the residuals, h the leverage; with
 * weights each times the root of the row's. A row of leverage 1 is met
 * exactly by any fit: 0/0.
 */

static double variance(const struct rs_errors_rows *rows)
{
    double meat = 0.0;

    for (size_t i = 0; i < rows->n; i++) {
        double left = rows->left[i];
        double part = left > rs_errors_least_left
                          ? rows->x[i] * (rows->e[i] / left)
                          : NAN;
        meat += part * part;
    }
    return meat / rows->xx / rows->xx;
}

const struct rs_errors_kind rs_errors_hc3 = {
    .name = "hc3",
    .variance = variance,
};
