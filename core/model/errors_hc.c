/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include <math.h>

/*
 * Errors of MacKinnon and White (1985), HC4 of Cribari-Neto (2004), as
 * vcovHC() of R's sandwich:
 *     meat_kl = sum_i u_ki u_li (e_i / d_i)^2
 * with h the leverage of a row, of k coefficients and n rows,
 *     HC0  d = 1
 *     HC1  d = root of (n - k) / n
 *     HC2  d = root of 1 - h
 *     HC3  d = 1 - h
 *     HC4  d = (1 - h)^(g/2), g the lesser of 4 and n h / k
 * A row of leverage 1 is met exactly by any fit: 0/0.
 */

/* Divisors of a residual; mean: of all leverages. */

static double by_none(double left, double mean)
{
    (void)left;
    (void)mean;
    return 1.0;
}

static double by_root(double left, double mean)
{
    (void)mean;
    return sqrt(left);
}

static double by_left(double left, double mean)
{
    (void)mean;
    return left;
}

static double by_power(double left, double mean)
{
    return pow(left, 0.5 * fmin(4.0, (1.0 - left) / mean));
}

static inline enum rs_outcome sum(double *meat,
                                  const struct rs_errors_rows *rows,
                                  double divisor(double, double), bool divides)
{
    size_t n_estimates = rows->n_estimates;
    double mean = rows->k / rows->n_all;

    for (size_t kl = 0; kl < n_estimates * n_estimates; kl++)
        meat[kl] = 0.0;
    for (size_t i = 0; i < rows->n; i++) {
        double times = rows->times == NULL ? 1.0 : rows->times[i];
        double e = 0.0;
        if (divides && !(rows->left[i] > rs_errors_least_left))
            return RS_FIT_LEVERAGE_ONE;
        e = rows->e[i] / divisor(rows->left[i], mean);
        for (size_t k = 0; k < n_estimates; k++) {
            double part = rows->u[k][i] * e;
            for (size_t l = 0; l <= k; l++)
                meat[k * n_estimates + l] += times * part * (rows->u[l][i] * e);
        }
    }
    return RS_FIT_OK;
}

static enum rs_outcome hc0(double *meat, double *df, void *state,
                           const struct rs_errors_rows *rows)
{
    (void)df;
    (void)state;
    return sum(meat, rows, by_none, false);
}

static enum rs_outcome hc1(double *meat, double *df, void *state,
                           const struct rs_errors_rows *rows)
{
    enum rs_outcome outcome = hc0(meat, df, state, rows);

    for (size_t kl = 0; kl < rows->n_estimates * rows->n_estimates; kl++)
        meat[kl] *= rows->n_all / (rows->n_all - rows->k);
    return outcome;
}

static enum rs_outcome hc2(double *meat, double *df, void *state,
                           const struct rs_errors_rows *rows)
{
    (void)df;
    (void)state;
    return sum(meat, rows, by_root, true);
}

static enum rs_outcome hc3(double *meat, double *df, void *state,
                           const struct rs_errors_rows *rows)
{
    (void)df;
    (void)state;
    return sum(meat, rows, by_left, true);
}

static enum rs_outcome hc4(double *meat, double *df, void *state,
                           const struct rs_errors_rows *rows)
{
    (void)df;
    (void)state;
    return sum(meat, rows, by_power, true);
}

const struct rs_errors_kind rs_errors_hc0 = {.name = "hc0", .meat = hc0};
const struct rs_errors_kind rs_errors_hc1 = {.name = "hc1", .meat = hc1};
const struct rs_errors_kind rs_errors_hc2 = {.name = "hc2", .meat = hc2};
const struct rs_errors_kind rs_errors_hc3 = {.name = "hc3", .meat = hc3};
const struct rs_errors_kind rs_errors_hc4 = {.name = "hc4", .meat = hc4};
