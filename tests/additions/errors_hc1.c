/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

/*
 * HC1 of MacKinnon and White (1985), as vcovHC(lm(...), "HC1") of R's sandwich:
 *     var = n / df sum_i x~_i^2 e_i^2 / (x~'x~)^2
 * df is the sum of what the leverages leave of 1.
 */
static double variance(const struct rs_errors_rows *rows)
{
    double n = (double)rows->n;
    double df = 0.0;
    double meat = 0.0;

    for (size_t i = 0; i < rows->n; i++) {
        double part = rows->x[i] * rows->e[i];
        meat += part * part;
        df += rows->left[i];
    }
    return n / df * meat / rows->xx / rows->xx;
}

extern const struct rs_errors_kind rs_errors_hc1;
const struct rs_errors_kind rs_errors_hc1 = {
    .name = "hc1",
    .variance = variance,
};
