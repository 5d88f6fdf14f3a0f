/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_MEAT_H
#define RS_TILE_MEAT_H

#include "fit.h"
#include "tile_level.h"
#include "tile_terms.h"

/*
 * Standard errors that are no function of r. With x~ and y~ the columns freed
 * of the covariates and of length 1, and r = x~'y~,
 *     se = |y| / |x| root of meat,   t = r / root of meat,
 *     meat = squares - 2 r across + r^2 own
 * up to a factor of the way. Row by row (HC0 to HC4), where
 *     w_i = x~_i^2 weight(1 - h_i),   h_i = the covariates' leverage + x~_i^2
 * depends on x alone, it is the sum over the rows of w (y~ - r x~)^2:
 *     squares = w'y~^2,   across = (w x~)'y~,   own = w'x~^2,
 * products of other columns made of x~ and of y~, their faces. By clusters,
 * where A_g is the sum of x~ y~ over the rows of cluster g, and B_g that of
 * x~^2, it is the sum of (A_g - r B_g)^2:
 *     squares = sum A_g^2,   across = sum A_g B_g,   own = sum B_g^2,
 * times the split's factor; of several splits the sum. Faces are columns packed
 * by each split then.
 */
enum {
    RS_FACE_WEIGHTED = 1, /* of x: w x~ */
    RS_FACE_WEIGHT = 2,   /* of x: w */
    RS_FACE_SQUARED = 1   /* of y: y~^2 */
};

/* Products of the pairs of a tile. */
enum {
    RS_PRODUCT_R,
    RS_PRODUCT_ACROSS,
    RS_PRODUCT_SQUARES,
    RS_PRODUCT_SIZE, /* of several splits: what squares were before others were
                        taken from them, is this more */
    RS_TILE_PRODUCTS
};

/* The faces that they are of, row by row; by clusters see above. */
static const struct {
    unsigned y, x;
} rs_tile_faces_of[RS_TILE_PRODUCTS] = {
    [RS_PRODUCT_R] = {0, 0},
    [RS_PRODUCT_ACROSS] = {0, RS_FACE_WEIGHTED},
    [RS_PRODUCT_SQUARES] = {RS_FACE_SQUARED, RS_FACE_WEIGHT},
};

struct rs_tile_meat {
    double sum;
    double size;  /* of the terms that it is the sum of */
    double own;   /* as above */
    size_t df;    /* of tests by clusters */
    bool lost;    /* it has too few digits */
    bool by_rows; /* a sum of squares: it is off as the root of size */
};

/* A row nearer to leverage 1: rounding of h spoils its weight. */
static const double rs_tile_least_left = 1e-4;

static inline unsigned rs_tile_n_faces(const struct rs_tile_data *data,
                                       bool of_x)
{
    if (data->way->by_r)
        return 1;
    if (data->way->by_cluster)
        return rs_tile_split_face(data, (unsigned)data->clusters.n_splits);
    return of_x ? RS_FACE_WEIGHT + 1 : RS_FACE_SQUARED + 1;
}

static inline unsigned rs_tile_n_products(const struct rs_tile_data *data)
{
    if (data->way->by_r)
        return 1;
    return data->clusters.n_splits > 1 ? RS_TILE_PRODUCTS
                                       : RS_TILE_PRODUCTS - 1;
}

/*
 * The other faces of a plain column without missing values, but those by
 * splits. out   out  [faces - 1] of [n] each sums  out  [splits] of [clusters]
 * each: of x, B_g times the factor own   out  of x; of y: 0 v     in   [n] face
 * 0 Returns false when pairs of the column are for the exact engine.
 */
bool rs_tile_meat_faces(double *const *out, double *const *sums, double *own,
                        const double *v, const struct rs_tile_data *data,
                        bool of_x);

/* The meat of a pair of complete columns; own: of its x. products  in  its
 * products, `cells` apart */
void rs_tile_meat_of(struct rs_tile_meat *out, const struct rs_tile_data *data,
                     const double *products, size_t cells, double own);

/* The fit of a pair, its ln p as well. Returns false when it is delicate. */
bool rs_tile_meat_assemble(struct rs_fit *out, struct rs_tile_worker *self,
                           const struct rs_tile_terms *terms,
                           struct rs_tile_level *level,
                           const struct rs_tile_meat *meat);

#endif
