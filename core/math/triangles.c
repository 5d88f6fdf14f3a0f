/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "triangles.h"

#include "vector_code.h"

#include <math.h>

/* See rs_triangles_factorise. */
static const double least_pivot = 1e-10;

/* to -= a b */
RS_WIDE static void subtract(double *restrict to, const double *restrict a,
                             const double *restrict b, size_t n)
{
    for (size_t s = 0; s < n; s++)
        to[s] -= a[s] * b[s];
}

RS_WIDE static void multiply(double *restrict to, const double *restrict a,
                             size_t n)
{
    for (size_t s = 0; s < n; s++)
        to[s] *= a[s];
}

/* The diagonal of row i, whose other entries are those of L. */
static void invert_pivot(double *g, size_t i, size_t n_sets)
{
    double *pivot = &g[rs_triangle_corner(i, i) * n_sets];

    for (size_t s = 0; s < n_sets; s++) {
        double square = pivot[s];
        double left = square;
        for (size_t m = 0; m < i; m++) {
            double l = g[rs_triangle_corner(i, m) * n_sets + s];
            left -= l * l;
        }
        pivot[s] = left > least_pivot * square ? 1.0 / sqrt(left) : 0.0;
    }
}

void rs_triangles_extend(double *g, size_t first, size_t k, size_t n_sets)
{
    for (size_t i = first; i < k; i++) {
        rs_triangles_forward(&g[rs_triangle_corner(i, 0) * n_sets], g, i,
                             n_sets);
        invert_pivot(g, i, n_sets);
    }
}

void rs_triangles_factorise(double *g, size_t k, size_t n_sets)
{
    rs_triangles_extend(g, 0, k, n_sets);
}

void rs_triangles_go_on(double *u, const double *factor, size_t first, size_t k,
                        size_t n_sets)
{
    for (size_t i = first; i < k; i++) {
        double *to = &u[i * n_sets];
        for (size_t m = 0; m < i; m++)
            subtract(to, &factor[rs_triangle_corner(i, m) * n_sets],
                     &u[m * n_sets], n_sets);
        multiply(to, &factor[rs_triangle_corner(i, i) * n_sets], n_sets);
    }
}

void rs_triangles_forward(double *u, const double *factor, size_t k,
                          size_t n_sets)
{
    rs_triangles_go_on(u, factor, 0, k, n_sets);
}

void rs_triangles_backward(double *a, const double *u, const double *factor,
                           size_t k, size_t n_sets, size_t s)
{
    for (size_t i = k; i-- > 0;) {
        double left = u[i * n_sets + s];
        for (size_t m = i + 1; m < k; m++)
            left -= factor[rs_triangle_corner(m, i) * n_sets + s] * a[m];
        a[i] = left * factor[rs_triangle_corner(i, i) * n_sets + s];
    }
}
