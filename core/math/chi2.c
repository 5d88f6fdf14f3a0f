/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chi2.h"

#include <math.h>

double rs_chi2_p(double x, size_t k)
{
    const double root_pi = 1.77245385090551602730;
    double half = 0.5 * x;
    double power = k % 2 == 0 ? 0.0 : 0.5; /* of x / 2 in the term */
    double sum = k % 2 == 0 ? 0.0 : erfc(sqrt(half));
    double term =
        k % 2 == 0 ? exp(-half) : 2.0 * sqrt(half) / root_pi * exp(-half);

    if (!(x >= 0.0))
        return NAN;
    for (size_t i = 0; i < k / 2; i++) {
        sum += term;
        power += 1.0;
        term *= half / power;
    }
    return fmin(sum, 1.0);
}
