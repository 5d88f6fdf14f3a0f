/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "normal.h"

#include <math.h>

/* A first guess to 4.5e-4: Abramowitz and Stegun 26.2.23 (Hastings 1955). */
static double guess(double tail)
{
    double t = sqrt(-2.0 * log(tail));

    return t - ((0.010328 * t + 0.802853) * t + 2.515517) /
                   (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
}

double rs_normal_quantile(double tail, double middle)
{
    const long double root_half = 0.707106781186547524400844362104849L;
    const long double half_root_2pi = 1.25331413731550025120788264240552L;
    long double z = fmax(guess(tail), 0.0);

    /* Halley's step on the tail: the error is cubed, so two are enough. */
    for (int i = 0; i < 2; i++) {
        long double off = middle < 0.5
                              ? (long double)middle - erfl(z * root_half)
                              : erfcl(z * root_half) - 2.0L * (long double)tail;
        long double step = off * half_root_2pi * expl(0.5L * z * z);
        z += step / (1.0L - 0.5L * z * step);
    }
    return (double)z;
}
