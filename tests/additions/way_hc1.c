/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_pair.h"
#include "tile_way.h"

#include <math.h>

/*
 * HC1 by products, as HC3 (way_hc3.c) with weights w = x~^2 of the rows:
 *     meat = n / df (x~^2'y~^2 - 2 r x~^3'y~ + r^2 x~^2'x~^2).
 */
enum { CUBED = 1, SQUARED_X = 2, SQUARED_Y = 1 };

static bool faces(double *const *out, double *own, const double *v,
                  const struct rs_tile_data *data, bool of_x)
{
    for (size_t i = 0; i < data->basis.n; i++) {
        double square = v[i] * v[i];
        if (of_x) {
            out[CUBED - 1][i] = square * v[i];
            out[SQUARED_X - 1][i] = square;
            *own += square * square;
        } else {
            out[SQUARED_Y - 1][i] = square;
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
    double root = sqrt((double)terms->n / level->df * meat);

    if (!rs_tile_assemble(out, self, terms, level, 0.0) ||
        !(meat >= self->certain * (squares + fabs(across) + own)))
        return false;
    return rs_tile_set_spread(out, terms, level, root);
}

extern const struct rs_tile_way rs_tile_way_hc1;
const struct rs_tile_way rs_tile_way_hc1 = {
    .name = "hc1",
    .n_y_faces = 2,
    .n_x_faces = 3,
    .n_products = 3,
    .products = {{0, 0}, {0, CUBED}, {SQUARED_Y, SQUARED_X}},
    .faces = faces,
    .assemble = assemble,
};
