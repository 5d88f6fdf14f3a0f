/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_VECTOR_H
#define RS_TILE_VECTOR_H

#include <stddef.h>

/* Plain arithmetic of columns while they are made. */

double rs_tile_dot(const double *a, const double *b, size_t n);

/* v -= factor * w */
void rs_tile_subtract(double *restrict v, const double *restrict w,
                      double factor, size_t n);

void rs_tile_scale(double *v, double factor, size_t n);

#endif
