/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include <math.h>

/*
 * HC4m of Cribari-Neto and da Silva (2011), as vcovHC(lm(...), "HC4m") of R's
 * sandwich: of k coefficients and n rows
 *     meat = sum_i u_i^2 e_i^2 / (1 - h_i)^d,
 *     d = min(1, n h_i / k) + min(1.5, n h_i / k).
 */
static enum rs_outcome meat(double *out, double *df, void *state,
                            const struct rs_errors_rows *rows)
{
    (void)df;
    (void)state;
    *out = 0.0;
    for (size_t i = 0; i < rows->n; i++) {
        double h = rows->n_all * (1.0 - rows->left[i]) / rows->k;
        double part = rows->u[0][i] * rows->e[i];
        if (!(rows->left[i] > rs_errors_least_left))
            return RS_FIT_LEVERAGE_ONE;
        *out += part * part / pow(rows->left[i], fmin(1.0, h) + fmin(1.5, h));
    }
    return RS_FIT_OK;
}

extern const struct rs_errors_kind rs_errors_hc4m;
const struct rs_errors_kind rs_errors_hc4m = {
    .name = "hc4m",
    .meat = meat,
};
