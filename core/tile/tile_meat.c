/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_meat.h"

#include "tile_pair.h"
#include "vector_code.h"

#include <math.h>
#include <string.h>

/* A row nearer to leverage 1: rounding of h spoils its weight. */
static const double least_left = 1e-4;

/* left = base - v^2. */
RS_WIDE static void leave_rows(double *restrict left,
                               const double *restrict base,
                               const double *restrict v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        left[i] = base[i] - v[i] * v[i];
}

/* The same where rows stand for several, or for one (NULL); returns the least
 * left, at most 1. */
static double leave(double *left, const double *base, const double *v,
                    const double *times, size_t n)
{
    double least = 1.0;

    if (times == NULL)
        leave_rows(left, base, v, n);
    for (size_t i = 0; i < n; i++) {
        if (times != NULL)
            left[i] = base[i] - v[i] * v[i] / times[i];
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

/* B_g of all splits; returns own. */
static double sum_clusters(double *const *sums, const double *v,
                           const struct rs_tile_data *data)
{
    double own = 0.0;

    for (size_t c = 0; c < data->clusters.n_splits; c++) {
        const struct rs_tile_split *split = &data->clusters.splits[c];
        memset(sums[c], 0, split->n * sizeof(double));
        for (size_t i = 0; i < data->basis.n; i++)
            sums[c][split->of[i]] += v[i] * v[i];
        for (size_t g = 0; g < split->n; g++) {
            own += split->factor * sums[c][g] * sums[c][g];
            sums[c][g] *= split->factor;
        }
    }
    return own;
}

static bool faces_of_x(double *const *out, double *own, const double *v,
                       const struct rs_tile_data *data)
{
    const struct rs_tile_way *way = data->way;
    size_t n = data->basis.n;
    double mean = ((double)data->basis.rank + 1.0) / data->basis.base.n_all;
    double *weighted = out[RS_FACE_WEIGHTED - 1];
    double *weight = out[RS_FACE_WEIGHT - 1];

    if (leave(weighted, data->left, v, data->times, n) < least_left &&
        way->by_leverage)
        return false;
    way->weigh(weight, weighted, n, mean);
    for (size_t i = 0; data->times != NULL && i < n; i++)
        weight[i] /= data->times[i];
    *own = finish_x(weighted, weight, v, n);
    return true;
}

bool rs_tile_meat_faces(double *const *out, double *const *sums, double *own,
                        const double *v, const struct rs_tile_data *data,
                        bool of_x)
{
    if (data->way->by_cluster) {
        if (of_x)
            *own = sum_clusters(sums, v, data);
        return data->clusters.df > 0;
    }
    if (of_x)
        return faces_of_x(out, own, v, data);
    for (size_t i = 0; i < data->basis.n; i++)
        out[RS_FACE_SQUARED - 1][i] = v[i] * v[i];
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

bool rs_tile_meat_assemble(struct rs_fit *out, struct rs_tile_worker *self,
                           const struct rs_tile_terms *terms,
                           struct rs_tile_level *level,
                           const struct rs_tile_meat *meat)
{
    double r = terms->r;
    double across = 2.0 * r * meat->across;
    double own = r * r * meat->own;
    double sum = (meat->squares - across) + own;
    double size = meat->squares + 2.0 * meat->more + fabs(across) + own;

    if (!rs_tile_assemble(out, self, terms, level, 0.0) ||
        !is_sharp(self, sum, size, 1.0 + meat->own))
        return false;
    if (self->data->way->small)
        sum *= (double)terms->n / level->df;
    if (self->data->way->by_cluster) {
        level = rs_tile_level_of(self, rs_tile_cluster_level(self->data));
        if (level == NULL)
            return false;
        out->test_df = level->df;
    }
    return rs_tile_set_spread(out, terms, level, sqrt(sum));
}
