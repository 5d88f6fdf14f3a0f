/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_pair.h"
#include "tile_way.h"

#include <math.h>

/*
 * HC3 (errors_hc3.c) by products. With x~ and y~ of length 1, r = x~'y~,
 *     w_i = x~_i^2 / (1 - h_i)^2,   h_i = leverage of the covariates + x~_i^2
 * depends on x alone, and the sum over the rows of w (y~ - r x~)^2 is
 *     meat = w'y~^2 - 2 r (w x~)'y~ + r^2 w'x~^2:
 * faces of x: x~, w x~, w; of y: y~, y~^2; and a number of x, w'x~^2. Then
 *     se = |y| / |x| root of meat,   t = r / root of meat.
 */
enum { WEIGHTED = 1, WEIGHT = 2, SQUARED = 1 };

/* A row nearer to leverage 1: rounding of h spoils w. */
static const double least_residual = 1e-4;

static bool faces_of_x(double *const *out, double *own, const double *v,
                       const struct rs_tile_data *data)
{
    double *weighted = out[WEIGHTED - 1];
    double *weight = out[WEIGHT - 1];
    bool fine = true;

    for (size_t i = 0; i < data->basis.n; i++) {
        double square = v[i] * v[i];
        double left = data->left[i] - square;
        double w = square / (left * left);
        fine = fine && left > least_residual;
        weight[i] = w;
        weighted[i] = w * v[i];
        *own += w * square;
    }
    return fine;
}

static bool faces(double *const *out, double *own, const double *v,
                  const struct rs_tile_data *data, bool of_x)
{
    if (of_x)
        return faces_of_x(out, own, v, data);
    for (size_t i = 0; i < data->basis.n; i++)
        out[SQUARED - 1][i] = v[i] * v[i];
    return true;
}

/* True when the meat has its digits: products are off by self->certain, in
 * units of what is allowed and of the lengths of their faces, and so are the
 * rows of x~ and y~. */
static bool is_sharp(const struct rs_tile_worker *self, double meat,
                     double size, double most_square)
{
    double certain = self->certain;

    return meat >= certain * size && meat >= certain * certain * most_square;
}

static bool assemble(struct rs_fit *out, const struct rs_tile_worker *self,
                     const struct rs_tile_terms *terms,
                     struct rs_tile_level *level,
                     const struct rs_tile_meeting *meeting)
{
    double r = terms->r;
    double squares = meeting->products[2];
    double across = 2.0 * r * meeting->products[1];
    double own = r * r * meeting->x_own;
    double meat = (squares - across) + own;
    double root = sqrt(meat);

    if (!rs_tile_assemble(out, self, terms, level, 0.0) ||
        !is_sharp(self, meat, squares + fabs(across) + own,
                  1.0 + meeting->x_own))
        return false;
    return rs_tile_set_spread(out, terms, level, root);
}

const struct rs_tile_way rs_tile_way_hc3 = {
    .name = "hc3",
    .n_y_faces = 2,
    .n_x_faces = 3,
    .n_products = 3,
    .products = {{0, 0}, {0, WEIGHTED}, {SQUARED, WEIGHT}},
    .faces = faces,
    .assemble = assemble,
};
