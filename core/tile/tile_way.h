/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_WAY_H
#define RS_TILE_WAY_H

#include "spec.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A way: how fits follow from products of columns. Least squares needs r
 * alone; other standard errors need a meat, a sum of squares over rows or
 * clusters, which is a product of other faces of the columns: see
 * tile_meat.h. One file a way, or a family of ways, one
 * `const struct rs_tile_way` each, one row in the table of tile_ways.c.
 */
struct rs_tile_way {
    const char *name; /* of the kind of standard errors: see errors.h */

    /* p falls with |r| alone, and nothing below is needed. */
    bool by_r;

    /* The meat is of sums by clusters: see tile_clusters.h. */
    bool by_cluster;

    /* Else of rows, squares of their scores over powers of what their leverage
     * leaves of 1: */
    unsigned power; /* 0, 1 or 2 */
    bool small;     /* times n / (n - k), k the coefficients */

    /*
     * Not a power: what the square of a row's score weighs. NULL: a power
     * weight  out  [n]
     * left    in   [n] what the row's leverage leaves of 1, above 0
     * mean    in   mean of all leverages, k / n
     */
    void (*weigh)(double *restrict weight, const double *restrict left,
                  size_t n, double mean);
};

static inline bool rs_tile_by_leverage(const struct rs_tile_way *way)
{
    return way->power > 0 || way->weigh != NULL;
}

/* The way of what is asked of the fits; NULL: there is none. */
const struct rs_tile_way *rs_tile_way_of(const struct rs_spec *spec);

#endif
