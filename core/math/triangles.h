/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRIANGLES_H
#define RS_TRIANGLES_H

#include <stddef.h>

/*
 * Many small symmetric systems G a = g at once: entry (i, j) of all of them
 * lies together, [corner(i, j)][n_sets], so that loops over the systems are
 * the inner ones.
 */

/* Place of (i, j), j <= i, in a triangle stored by rows. */
static inline size_t rs_triangle_corner(size_t i, size_t j)
{
    return i * (i + 1) / 2 + j;
}

/*
 * G = L L', Cholesky, in place; on the diagonal is the inverse of L's.
 * g  inout  [k (k + 1) / 2][n_sets]
 * Notes: a pivot of at most 1e-10 of its diagonal entry means that the row
 * depends on those before: it is dropped, its diagonal being set to 0, and
 * its part of every solution is 0.
 */
void rs_triangles_factorise(double *g, size_t k, size_t n_sets);

/* The same of rows [first, k), those before being factorised already. */
void rs_triangles_extend(double *g, size_t first, size_t k, size_t n_sets);

/* u = L^-1 u; u  inout  [k][n_sets] */
void rs_triangles_forward(double *u, const double *factor, size_t k,
                          size_t n_sets);

/* The same of rows [first, k), those before being solved already. */
void rs_triangles_go_on(double *u, const double *factor, size_t first, size_t k,
                        size_t n_sets);

/* a = L'^-1 u for system s. a  out  [k]; u  in  [k][n_sets] */
void rs_triangles_backward(double *a, const double *u, const double *factor,
                           size_t k, size_t n_sets, size_t s);

#endif
