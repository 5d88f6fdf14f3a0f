/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CHOLESKY_H
#define RS_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Cholesky factorisation of a c x c matrix, in place, lower triangle.
 * Returns false when a pivot is below `least` (of a matrix that would be the
 * identity were nothing missing).
 */
bool rs_cholesky(double *a, size_t c, double least);

/* out = L^-1 b. out and b may be the same. */
void rs_cholesky_forward(double *out, const double *factor, const double *b,
                         size_t c);

/* out = L^-T b. out and b may be the same. */
void rs_cholesky_backward(double *out, const double *factor, const double *b,
                          size_t c);

#endif
