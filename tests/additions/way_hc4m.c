/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_pair.h"
#include "tile_way.h"

#include <math.h>

/*
 * HC4m by products, as HC3 (way_hc3.c) with
 *     w = x~^2 / (1 - h)^d,  d = min(1, n h / k) + min(1.5, n h / k).
 */
enum { WEIGHTED = 1, WEIGHT = 2, SQUARED = 1 };

static bool faces(double *const *out, double *own, const double *v,
                  const struct rs_tile_data *data, bool of_x)
{
    double n = (double)data->basis.n;
    double k = (double)data->basis.rank + 1.0;

    for (size_t i = 0; i < data->basis.n; i++) {
        double square = v[i] * v[i];
        double left = data->left[i] - square;
        double h = n * (1.0 - left) / k;
        double w = square / pow(left, fmin(1.0, h) + fmin(1.5, h));
        if (of_x && !(left > 1e-4))
            return false;
        if (of_x) {
            out[WEIGHTED - 1][i] = w * v[i];
            out[WEIGHT - 1][i] = w;
            *own += w * square;
        } else {
            out[SQUARED - 1][i] = square;
        }
    }
    return true;
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
    double meat = squares - across + own;
    double root = sqrt(meat);

    if (!rs_tile_assemble(out, self, terms, level, 0.0) ||
        !(meat >= self->certain * (squares + fabs(across) + own)))
        return false;
    return rs_tile_set_spread(out, terms, level, root);
}

extern const struct rs_tile_way rs_tile_way_hc4m;
const struct rs_tile_way rs_tile_way_hc4m = {
    .name = "hc4m",
    .n_y_faces = 2,
    .n_x_faces = 3,
    .n_products = 3,
    .products = {{0, 0}, {0, WEIGHTED}, {SQUARED, WEIGHT}},
    .faces = faces,
    .assemble = assemble,
};
