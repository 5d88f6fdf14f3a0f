/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chi_tail.h"

#include "tails.h"

#include <math.h>

/* Terms are e^-x x^(s + j) / Gamma(s + j + 1) for j = 0 .. m - 1, where s is 0
 * for even df and 1/2 for odd, and x half of q. */
static double log_terms(double x, double s, double m)
{
    double peak = fmin(fmax(floor(x - s), 0.0), m - 1.0);
    double sum = 1.0; /* in units of the largest */
    double term = 1.0;

    for (double j = peak; j >= 1.0 && term > sum * 1e-18; j -= 1.0) {
        term *= (s + j) / x;
        sum += term;
    }
    term = 1.0;
    for (double j = peak + 1.0; j < m && term > sum * 1e-18; j += 1.0) {
        term *= x / (s + j);
        sum += term;
    }
    return (s + peak) * log(x) - x - lgamma(s + peak + 1.0) + log(sum);
}

double rs_chi_log_p(double q, double df)
{
    double x = 0.5 * q;
    double m = floor(0.5 * df);
    double terms = 0.0;
    double tail = 0.0;

    if (isnan(q) || isnan(df) || q < 0.0)
        return NAN;
    if (!(q > 0.0))
        return 0.0;
    if (isinf(q))
        return -INFINITY;
    if (2.0 * m == df)
        return fmin(log_terms(x, 0.0, m), 0.0);
    tail = rs_t_log_p(sqrt(q), INFINITY); /* one degree of freedom */
    if (m == 0.0)
        return tail;
    terms = log_terms(x, 0.5, m);
    return fmin(fmax(tail, terms) + log1p(exp(-fabs(tail - terms))), 0.0);
}
