/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_meat.h"

#include "tile_pair.h"
#include "vector_code.h"

#include <math.h>
#include <string.h>

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

/* weight = 1 / left^power */
RS_WIDE static void weigh(double *restrict weight, const double *restrict left,
                          size_t n, unsigned power)
{
    for (size_t i = 0; i < n; i++) {
        double inverse = 1.0 / left[i];
        weight[i] = power == 0 ? 1.0 : power == 1 ? inverse : inverse * inverse;
    }
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
    double mean = ((double)data->basis.rank + 1.0) / (double)n;
    double *weighted = out[RS_FACE_WEIGHTED - 1];
    double *weight = out[RS_FACE_WEIGHT - 1];

    if (leave(weighted, data->left, v, n) < rs_tile_least_left &&
        rs_tile_by_leverage(way))
        return false;
    if (way->weigh != NULL)
        way->weigh(weight, weighted, n, mean);
    else
        weigh(weight, weighted, n, way->power);
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

void rs_tile_meat_of(struct rs_tile_meat *out, const struct rs_tile_data *data,
                     const double *products, size_t cells, double own)
{
    double r = products[RS_PRODUCT_R];
    double squares = products[RS_PRODUCT_SQUARES * cells];
    double across = 2.0 * r * products[RS_PRODUCT_ACROSS * cells];
    double part = r * r * own;
    double more = data->clusters.n_splits > 1
                      ? 2.0 * products[RS_PRODUCT_SIZE * cells]
                      : 0.0;

    out->sum = (squares - across) + part;
    out->size = squares + more + fabs(across) + fabs(part);
    out->own = own;
    out->df = data->clusters.df;
    out->lost = false;
    out->by_rows = false;
}

/* True when the meat has its digits, and p those that it asks of t: products
 * are off by self->certain, in units of what is allowed and of the lengths of
 * their faces, and so are the rows of x~ and y~. */
static bool is_sharp(const struct rs_tile_worker *self,
                     const struct rs_tile_meat *meat, double t, double df)
{
    double certain = self->certain;
    double condition = t * t * (df + 1.0) / (df + t * t); /* of ln p in t */
    double sharp = certain * fmax(1.0, condition);

    if (meat->by_rows)
        sharp *= sharp;
    return !meat->lost && meat->sum >= sharp * meat->size &&
           meat->sum >= certain * certain * (1.0 + meat->own);
}

bool rs_tile_meat_assemble(struct rs_fit *out, struct rs_tile_worker *self,
                           const struct rs_tile_terms *terms,
                           struct rs_tile_level *level,
                           const struct rs_tile_meat *meat)
{
    const struct rs_tile_data *data = self->data;
    double sum = meat->sum;
    double spread = 0.0;

    if (!(sum > 0.0) || !rs_tile_assemble(out, self, terms, level, 0.0))
        return false;
    if (data->way->small)
        sum *= (double)terms->n / level->df;
    if (data->way->by_cluster)
        level = rs_tile_level_of(self, meat->df + data->basis.rank + 1);
    if (level == NULL)
        return false;
    spread = sqrt(sum);
    out->test_df = level->df;
    return is_sharp(self, meat, terms->r / spread, level->df) &&
           rs_tile_set_spread(out, terms, level, spread);
}
