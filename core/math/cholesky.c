/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cholesky.h"

#include <math.h>

bool rs_cholesky(double *a, size_t c, double least)
{
    for (size_t j = 0; j < c; j++) {
        double pivot = a[j * c + j];
        for (size_t k = 0; k < j; k++)
            pivot -= a[j * c + k] * a[j * c + k];
        if (!(pivot > least))
            return false;
        a[j * c + j] = sqrt(pivot);
        for (size_t i = j + 1; i < c; i++) {
            double sum = a[i * c + j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i * c + k] * a[j * c + k];
            a[i * c + j] = sum / a[j * c + j];
        }
    }
    return true;
}

void rs_cholesky_forward(double *out, const double *factor, const double *b,
                         size_t c)
{
    for (size_t i = 0; i < c; i++) {
        double sum = b[i];
        for (size_t k = 0; k < i; k++)
            sum -= factor[i * c + k] * out[k];
        out[i] = sum / factor[i * c + i];
    }
}

void rs_cholesky_backward(double *out, const double *factor, const double *b,
                          size_t c)
{
    for (size_t i = c; i-- > 0;) {
        double sum = b[i];
        for (size_t k = i + 1; k < c; k++)
            sum -= factor[k * c + i] * out[k];
        out[i] = sum / factor[i * c + i];
    }
}
