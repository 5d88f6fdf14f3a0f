/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_WAY_H
#define RS_TILE_WAY_H

#include "fit.h"
#include "spec.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A way: which products of two columns a fit follows from, and how. One file
 * a way, one `const struct rs_tile_way` in it, one row in the table of
 * tile_ways.c.
 *
 * A column has faces: itself, face 0, and others that a way makes of it, such
 * as its squares; each is packed as it is. A product is a sum over the rows of
 * a face of y times one of x, and comes from the kernel.
 *
 * A way takes pairs of complete columns. What it cannot do, a pair with
 * missing values among that, goes to the exact engine.
 */
struct rs_tile_column;
struct rs_tile_data;
struct rs_tile_level;
struct rs_tile_terms;
struct rs_tile_worker;

enum { RS_TILE_FACES = 4, RS_TILE_PRODUCTS = 4 };

/* Two columns, and the products that the way asked for. */
struct rs_tile_meeting {
    const struct rs_tile_column *y, *x;
    double y_own, x_own; /* what the way wants of a column beside its faces */
    double products[RS_TILE_PRODUCTS];
};

struct rs_tile_way {
    const char *name; /* of the kind of standard errors: see errors.h */
    /* p falls with |r| alone: floats may screen, |r| is counted, values may be
     * missing, and nothing below is needed. */
    bool by_r;

    unsigned n_y_faces, n_x_faces; /* face 0 among them */
    unsigned n_products;           /* product 0 is that of faces 0: r */
    struct {
        unsigned y, x; /* which faces */
    } products[RS_TILE_PRODUCTS];

    /*
     * The other faces of a plain column without missing values.
     * out  out  [faces - 1] of [n] each
     * own  out  a number of the column that the way wants with them; 0 before
     * v    in   [n] face 0
     * Returns false when pairs of the column are for the exact engine.
     */
    bool (*faces)(double *const *out, double *own, const double *v,
                  const struct rs_tile_data *data, bool of_x);

    /*
     * The fit, its ln p as well.
     * terms  in  as of the plain way: r and what follows from it
     * Returns false when the pair is delicate.
     */
    bool (*assemble)(struct rs_fit *out, const struct rs_tile_worker *self,
                     const struct rs_tile_terms *terms,
                     struct rs_tile_level *level,
                     const struct rs_tile_meeting *meeting);
};

/* The way of what is asked of the fits; NULL: there is none. */
const struct rs_tile_way *rs_tile_way_of(const struct rs_spec *spec);

#endif
