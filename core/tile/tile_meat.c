/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_meat.h"

#include "tile_pair.h"
#include "vector_code.h"

#include <math.h>

/* A row nearer to leverage 1: rounding of h spoils its weight. */
static const double least_left = 1e-4;

/* left = base - v^2; returns the least. */
RS_WIDE static double leave(double *restrict left, const double *restrict base,
                            const double *restrict v, size_t n)
{
    double least = 1.0;

    for (size_t i = 0; i < n; i++) {
        left[i] = base[i] - v[i] * v[i];
        least = left[i] < least ? left[i] : least;
    }
    return least;
}

/* weight *= v^2, weighted = weight v; returns weight'v^2. */
RS_WIDE static double finish_x(double *restrict weighted,
                               double *restrict weight,
                               const double *restrict v, size_t n)
{
    double own = 0.0;

    for (size_t i = 0; i < n; i++) {
        double square = v[i] * v[i];
        weight[i] *= square;
        weighted[i] = weight[i] * v[i];
        own += weight[i] * square;
    }
    return own;
}

bool rs_tile_meat_faces(double *const *out, double *own, const double *v,
                        const struct rs_tile_data *data, bool of_x)
{
    const struct rs_tile_way *way = data->way;
    size_t n = data->basis.n;
    double mean = ((double)data->basis.rank + 1.0) / (double)n;
    double *weighted = out[RS_FACE_WEIGHTED - 1];
    double *weight = out[RS_FACE_WEIGHT - 1];

    if (!of_x) {
        for (size_t i = 0; i < n; i++)
            out[RS_FACE_SQUARED - 1][i] = v[i] * v[i];
        return true;
    }
    if (leave(weighted, data->left, v, n) < least_left && way->by_leverage)
        return false;
    way->weigh(weight, weighted, n, mean);
    *own = finish_x(weighted, weight, v, n);
    return true;
}

double rs_tile_meat_factor(const struct rs_tile_data *data, double n, double df)
{
    return data->way->small ? n / df : 1.0;
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

bool rs_tile_meat_assemble(struct rs_fit *out,
                           const struct rs_tile_worker *self,
                           const struct rs_tile_terms *terms,
                           struct rs_tile_level *level,
                           const struct rs_tile_meat *meat)
{
    double r = terms->r;
    double across = 2.0 * r * meat->across;
    double own = r * r * meat->own;
    double sum = (meat->squares - across) + own;
    double factor =
        rs_tile_meat_factor(self->data, (double)terms->n, level->df);

    if (!rs_tile_assemble(out, self, terms, level, 0.0) ||
        !is_sharp(self, sum, meat->squares + fabs(across) + own,
                  1.0 + meat->own))
        return false;
    return rs_tile_set_spread(out, terms, level, sqrt(factor * sum));
}
