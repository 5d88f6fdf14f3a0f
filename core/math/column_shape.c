/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_shape.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static double product(const double *a, const double *b, size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void scale(double *a, size_t n, double by)
{
    for (size_t i = 0; i < n; i++)
        a[i] *= by;
}

/* Makes two columns orthogonal; false: they were. */
static bool rotate(double *a, double *b, size_t n)
{
    double aa = product(a, a, n);
    double bb = product(b, b, n);
    double ab = product(a, b, n);
    double zeta = 0.0;
    double tangent = 0.0;
    double cosine = 0.0;

    if (!(fabs(ab) > 4.0 * DBL_EPSILON * sqrt(aa * bb)))
        return false;
    zeta = (bb - aa) / (2.0 * ab);
    tangent = copysign(1.0, zeta) / (fabs(zeta) + hypot(1.0, zeta));
    cosine = 1.0 / hypot(1.0, tangent);
    for (size_t i = 0; i < n; i++) {
        double old = a[i];
        a[i] = cosine * (old - tangent * b[i]);
        b[i] = cosine * (tangent * old + b[i]);
    }
    return true;
}

double rs_columns_condition(double *columns, size_t n, size_t k)
{
    enum { MOST_SWEEPS = 40 };
    double least = INFINITY;
    double most = 0.0;
    bool any = true;

    for (size_t j = 0; j < k; j++) {
        double *a = columns + j * n;
        double norm = sqrt(product(a, a, n));
        if (!(norm > 0.0))
            return INFINITY;
        scale(a, n, 1.0 / norm);
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && any; sweep++) {
        any = false;
        for (size_t j = 1; j < k; j++)
            for (size_t l = 0; l < j; l++)
                any = rotate(columns + l * n, columns + j * n, n) || any;
    }
    for (size_t j = 0; j < k; j++) {
        double norm = sqrt(product(columns + j * n, columns + j * n, n));
        least = fmin(least, norm);
        most = fmax(most, norm);
    }
    return most / least;
}

double rs_columns_log_volume(double *columns, size_t n, size_t k)
{
    double sum = 0.0;

    for (size_t j = 0; j < k; j++) {
        double *a = columns + j * n;
        double norm = 0.0;
        for (size_t twice = 0; twice < 2; twice++)
            for (size_t l = 0; l < j; l++) {
                const double *b = columns + l * n;
                double part = product(a, b, n);
                for (size_t i = 0; i < n; i++)
                    a[i] -= part * b[i];
            }
        norm = sqrt(product(a, a, n));
        sum += log(norm);
        scale(a, n, 1.0 / norm);
    }
    return sum;
}
