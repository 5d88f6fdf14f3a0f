/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_JOINT_H
#define RS_TILE_JOINT_H

#include "tile_bundles.h"
#include "tile_f_level.h"

/* A y and the vectors of a bundle over the rows that both have: what the fit
 * follows from, as rs_tile_terms for one column. */
struct rs_tile_joint {
    double beside, tested; /* shares of the squares of y's residual */
    double z, rest;        /* tested as a share of what is left beside; 1 - z */
    double r;      /* the last vector's part of y's residual, of length 1 */
    double origin; /* what all vectors add to the intercept, in lengths of
                      y's residual, */
    double origin_certain; /* what of that is for the worker's `certain`: root
                              of the sum of squares, as the errors of products
                              are independent */
    double origin_size;    /* and the sizes of its terms */
    double length; /* product of the lengths that are left of y's residual
                      and of a vector, at least; 1 of complete columns */
    double norm_y, norm_x; /* user's units; norm_x: of what t tests */
    double mean_y, size_y; /* as in rs_tile_terms */
    double base_r2;
    double log_weight;
    uint64_t n;
    bool by_f;
};

/* z and rest from the shares. */
static inline void rs_tile_joint_share(double *z, double *rest, double beside,
                                       double tested)
{
    double left = 1.0 - beside;

    *z = tested / left;
    *rest = (left - tested) / left;
}

/*
 * Those of y number i and bundle number b, complete columns.
 * c  in  products of y with the panels of b's stack, from the first of b's
 *        lane on, `stride` apart
 */
void rs_tile_joint_of(struct rs_tile_joint *out,
                      const struct rs_tile_data *data, size_t i, size_t b,
                      const struct rs_tile_stacks *stacks, const double *c,
                      size_t stride);

/*
 * The fit that they make.
 * fit    out  intercept: NaN when too few of its digits are left
 * log_p  in   ln p
 * Returns false when the pair is delicate: the exact engine has to fit it.
 */
bool rs_tile_joint_assemble(struct rs_fit *fit,
                            const struct rs_tile_worker *self,
                            const struct rs_tile_joint *joint,
                            const struct rs_tile_f_level *f, double log_p);

/* Before such a fit is shown with its intercept: the exact engine's where it
 * is not there. Of one pair in a thousand, which costs as much as all others'
 * products; a matrix of another number does without. */
void rs_tile_joint_complete(struct rs_fit *fit, struct rs_tile_worker *self,
                            size_t i, size_t j);

/* True when a pair is below what is kept: it need not be looked at.
 * base_r2  in  of y */
bool rs_tile_joint_is_dull(const struct rs_tile_worker *self,
                           const struct rs_tile_joint *joint,
                           const struct rs_tile_f_level *f);

#endif
