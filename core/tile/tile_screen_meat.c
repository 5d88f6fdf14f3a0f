/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_screen_meat.h"

#include "mem.h"
#include "tile_count.h"
#include "tile_pair.h"
#include "tile_single.h"
#include "tile_single_products.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Products are floats, each off by at most e (rs_single_error) times the
 * lengths of what is multiplied. With
 *     squares + 2 |r across| + r^2 own = 9 q meat
 * the meat is off by 9 q e meat by the products, and by r, as half its slope is
 * the sum of w x~ (y~ - r x~), by 2 e root of (own meat). By clusters a sum
 * over g is off by e root of (B_g sum of its y~^2), the meat by 2 e root of
 * (most B_g meat) and 9 q roundings of G terms. So rho is off by
 *     (e / root of meat) (1 / root of D + rho m) + rho k max(q, 1),
 * D = df factor, but for squares of what is small.
 * What is nearer to an edge, or has a larger |r|, is made again in doubles.
 */
struct rs_tile_screen_meat {
    struct rs_tile_worker *worker;
    size_t cells;      /* of products of a block with all y */
    float *products;   /* [3][high][block_x] */
    float *open;       /* [high][block_x] of clusters */
    float *own, *m;    /* [x] as above, whole blocks */
    double scale;      /* D */
    float k;           /* as above */
    float *low, *high; /* [RS_BLOCK_Y][block_x] bounds of rho; -1: no pair */
    double *y, *x;     /* [n] a pair in doubles */
    struct rs_tile_level *level;
    float least; /* rho that may be kept */
};

void rs_tile_screen_meat_free(struct rs_tile_screen_meat *self)
{
    if (self == NULL)
        return;
    free(self->products);
    free(self->own);
    free(self->low);
    free(self->y);
    free(self);
}

/* own and m of all x. */
static void find_bounds(struct rs_tile_screen_meat *self, size_t n_x)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_split *split = &data->clusters.splits[0];

    if (rs_tile_too_few(data)) /* nothing is prepared */
        return;
    for (size_t j = 0; j < n_x && j < data->x.n; j++) {
        double own = data->x.own[j];
        double most = 0.0;
        const float *sums = data->way->by_cluster
                                ? rs_tile_single_sums(data, &data->x, j)
                                : NULL;
        for (size_t g = 0; g < split->n && sums != NULL; g++)
            most = fmax(most, (double)sums[g * data->x.width]);
        self->own[j] = (float)own;
        self->m[j] =
            (float)(data->way->by_cluster ? 1.2 * (sqrt(own) + sqrt(most))
                                          : 1.2 * sqrt(own));
    }
}

/* Degrees of freedom and factors that all pairs have. */
static void find_scales(struct rs_tile_screen_meat *self)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    double n = (double)data->basis.n;
    double k = (double)data->basis.rank + 1.0;
    double sums = (double)data->clusters.splits[0].n + 8.0;
    size_t number = data->basis.n;

    self->k = (float)(5.0 * w->single_error);
    if (data->way->by_cluster) {
        number = data->clusters.df + data->basis.rank + 1;
        self->k = (float)(4.6 * sums * 0.5 * FLT_EPSILON + w->single_error);
    }
    self->level = rs_tile_level_of(w, number);
    if (self->level == NULL)
        return;
    self->scale = self->level->df * (data->way->small ? n / (n - k) : 1.0);
    self->least = nextafterf((float)self->level->least_r, -2.0F);
}

enum rs_status rs_tile_screen_meat_new(struct rs_tile_screen_meat **out,
                                       struct rs_tile_worker *worker,
                                       struct rs_error *err)
{
    const struct rs_tile_data *data = worker->data;
    struct rs_tile_screen_meat *self = rs_alloc(1, sizeof *self, err);
    size_t n_x = data->x.n_panels * data->x.width;
    size_t block = RS_BLOCK_Y * worker->block_x;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->worker = worker;
    self->cells = worker->high * worker->block_x;
    self->products = rs_alloc(4 * self->cells, sizeof(float), err);
    self->own = rs_alloc(2 * n_x, sizeof(float), err);
    self->low = rs_alloc(2 * block, sizeof(float), err);
    self->y = rs_alloc(2 * data->basis.n, sizeof(double), err);
    if (self->products == NULL || self->own == NULL || self->low == NULL ||
        self->y == NULL) {
        rs_tile_screen_meat_free(self);
        return RS_ERR_NOMEM;
    }
    self->open = self->products + 3 * self->cells;
    self->m = self->own + n_x;
    self->high = self->low + block;
    self->x = self->y + data->basis.n;
    find_bounds(self, n_x);
    find_scales(self);
    *out = self;
    return RS_OK;
}

struct rs_tile_level *
rs_tile_screen_meat_level(const struct rs_tile_screen_meat *self)
{
    return self->level;
}

void rs_tile_screen_meat_multiply(struct rs_tile_screen_meat *self,
                                  const struct rs_tile_grid *grid, size_t block)
{
    const struct rs_tile_singles out = {self->products, self->open,
                                        self->cells};

    rs_tile_single_products(&out, self->worker, grid, block);
}

/* ---- rho --------------------------------------------------------- */

/* What bounds follow from. */
struct scales {
    float scale, inverse_root; /* D and 1 / root of it */
    float error, k;
    float perfect; /* |r| from which on a pair may be */
};

/* Products of one y with some x, and what these have. */
struct floats {
    const float *r, *across, *squares, *own, *m;
};

/* Bounds of rho of n x; 2 above: floats do not tell. */
RS_WIDE_INTEGER static void find_rho(float *restrict low, float *restrict high,
                                     const struct floats *f,
                                     const struct scales *s, size_t n)
{
    const float *restrict r = f->r;
    const float *restrict across = f->across;
    const float *restrict squares = f->squares;
    const float *restrict own = f->own;
    const float *restrict m = f->m;
    float scale = s->scale;
    float inverse_root = s->inverse_root;
    float error = s->error;
    float perfect = s->perfect;

    for (size_t j = 0; j < n; j++) {
        float part = r[j] * r[j] * own[j];
        float crossed = 2.0F * r[j] * across[j];
        float meat = squares[j] - crossed + part;
        float q = (squares[j] + fabsf(crossed) + part) / (8.8F * meat);
        float k = s->k * (q > 1.0F ? q : 1.0F);
        float rho = fabsf(r[j]) / sqrtf(r[j] * r[j] + scale * meat);
        float off = error / sqrtf(meat) * (inverse_root + rho * m[j]) + rho * k;
        float from = rho - off;
        float to = rho + off;
        /* not so where meat is no number */
        int told = (k < 2e-3F) & (off < 0.1F) & (scale * meat > 1e-6F) &
                   (fabsf(r[j]) < perfect);
        low[j] = told ? from : 0.0F;
        high[j] = told ? to : 2.0F;
    }
}

/* A pair in doubles, in the order of packing. */
static void unpack(double *out, const struct rs_tile_data *data,
                   const struct rs_tile_side *side, size_t ix)
{
    const float *v = rs_tile_single(data, side, ix, false);
    const float *rest = rs_tile_single(data, side, ix, true);

    for (size_t i = 0; i < data->basis.n; i++)
        out[i] = (double)v[i * side->width] + (double)rest[i * side->width];
}

/* Weights of rows at their times: squares of x~ over powers of what is left. */
static double weight_of(const struct rs_tile_data *data, double square,
                        double left, double mean)
{
    double weight = 1.0;

    if (data->way->weigh != NULL)
        data->way->weigh(&weight, &left, 1, mean);
    for (unsigned p = 0; p < data->way->power; p++)
        weight /= left;
    return weight * square;
}

/* The meat of a pair in doubles, and what it is the sum of. */
static void find_meat(struct rs_tile_meat *out,
                      struct rs_tile_screen_meat *self, double r)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_split *split = &data->clusters.splits[0];
    double mean = ((double)data->basis.rank + 1.0) / (double)data->basis.n;
    size_t row = 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < data->basis.n && !data->way->by_cluster; i++) {
        double square = self->x[i] * self->x[i];
        double e = self->y[i] - r * self->x[i];
        out->sum +=
            weight_of(data, square, data->left[i] - square, mean) * e * e;
    }
    for (size_t g = 0; g < split->n; g++) {
        double sum = 0.0;
        for (; row < split->ends[g]; row++)
            sum += self->x[row] * (self->y[row] - r * self->x[row]);
        out->sum += split->factor * sum * sum;
    }
}

/* rho in doubles; NaN: for the exact engine. */
static double precise_rho(struct rs_tile_screen_meat *self, size_t y_ix,
                          size_t x_ix)
{
    const struct rs_tile_worker *w = self->worker;
    struct rs_tile_meat meat;
    double r = 0.0;

    unpack(self->y, w->data, &w->data->y, y_ix);
    unpack(self->x, w->data, &w->data->x, x_ix);
    for (size_t i = 0; i < w->data->basis.n; i++)
        r += self->y[i] * self->x[i];
    find_meat(&meat, self, r);
    if ((1.0 - r) * (1.0 + r) < w->least_rest ||
        !(meat.sum >=
          2.0 * w->certain * w->certain * (1.0 + w->data->x.own[x_ix])))
        return NAN;
    return fabs(r) / sqrt(r * r + self->scale * meat.sum);
}

/* Makes the cell anew, in doubles. False: no memory for a hit. */
static bool settle(struct rs_tile_screen_meat *self, struct rs_tile_hits *hits,
                   const struct rs_tile *tile, size_t y_ix, size_t x_ix,
                   size_t i)
{
    const struct rs_tile_data *data = self->worker->data;
    size_t y = y_ix + i / self->worker->block_x;
    size_t x = x_ix + i % self->worker->block_x;
    double rho = 0.0;

    self->low[i] = self->high[i] = -1.0F;
    if (!rs_tile_is_plain(data, y, x))
        return true;
    rho = isnan(data->x.own[x]) ? (double)NAN : precise_rho(self, y, x);
    if (isnan(rho))
        return rs_tile_hits_add(hits, y - tile->y0, x - tile->x0, NAN);
    self->low[i] = self->high[i] = (float)rho;
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        if ((float)rho == (float)self->level->edges[k]) {
            float edge = (float)self->level->edges[k];
            self->low[i] = self->high[i] =
                nextafterf(edge, rho >= self->level->edges[k] ? 2.0F : -2.0F);
        }
    return true;
}

/* Closer bounds of a cell, r by the rounded columns in doubles: off by no more
 * than their rounding. c: the block's products. */
static void sharpen(struct rs_tile_screen_meat *self, const float *c,
                    size_t y_ix, size_t x_ix, size_t i)
{
    const struct rs_tile_worker *w = self->worker;
    size_t x = x_ix + i % w->block_x;
    double error = 1.6 * (double)FLT_EPSILON;
    double r = rs_tile_rounded(w->data, y_ix + i / w->block_x, x);
    double own = (double)self->own[x];
    double rest = (double)self->m[x] - 1.2 * sqrt(own);
    double across = (double)c[RS_PRODUCT_ACROSS * self->cells + i];
    double squares = (double)c[RS_PRODUCT_SQUARES * self->cells + i];
    double meat = squares - 2.0 * r * across + r * r * own;
    double rho = fabs(r) / sqrt(r * r + self->scale * meat);
    double slope = 1.01 / sqrt(self->scale) + 1.2 * rho * sqrt(own);
    double size = squares + fabs(2.0 * r * across) + r * r * own;
    double off =
        (error * slope + w->single_error * rho * fmax(rest, 0.0)) / sqrt(meat) +
        rho * (double)self->k * fmax(1.0, size / (8.8 * meat));

    self->low[i] = fmaxf(self->low[i], (float)(rho - off));
    self->high[i] = fminf(self->high[i], (float)(rho + off));
}

/* Makes anew the cells of which bounds do not tell whether they reach an edge.
 * Returns how many edges are reached by some at all; -1: no memory. */
static int settle_edges(struct rs_tile_screen_meat *self,
                        struct rs_tile_hits *hits, const float *c,
                        const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    size_t cells = RS_BLOCK_Y * self->worker->block_x;
    int k = 0;

    for (; k < RS_P_EDGES; k++) {
        float edge = (float)self->level->edges[k];
        uint32_t maybe = 0;
        uint32_t surely = 0;
        uint32_t same = 0;
        rs_count_between(&maybe, &same, self->high, cells, edge, edge);
        rs_count_between(&surely, &same, self->low, cells, edge, edge);
        if (maybe == 0)
            break;
        for (size_t i = 0; i < cells && maybe != surely; i++) {
            if (!(self->high[i] >= edge && self->low[i] < edge))
                continue;
            sharpen(self, c, y_ix, x_ix, i);
            if (self->high[i] >= edge && self->low[i] < edge &&
                !settle(self, hits, tile, y_ix, x_ix, i))
                return -1;
        }
    }
    return k;
}

/* Bounds of a block's rho, and what of it floats do not tell. False: no
 * memory. */
static bool find_bounds_of(struct rs_tile_screen_meat *self,
                           struct rs_tile_hits *hits, const float *c,
                           const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    const struct rs_tile_worker *w = self->worker;
    size_t wide = w->block_x;
    size_t cells = RS_BLOCK_Y * wide;
    const struct scales scales = {
        .scale = (float)self->scale,
        .inverse_root = (float)(1.01 / sqrt(self->scale)),
        .error = (float)(1.01 * w->single_error),
        .k = self->k,
        .perfect = (float)sqrt(1.0 - 2.0 * w->least_rest)};

    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        const float *at = &c[i * wide];
        const struct floats floats = {at, at + RS_PRODUCT_ACROSS * self->cells,
                                      at + RS_PRODUCT_SQUARES * self->cells,
                                      &self->own[x_ix], &self->m[x_ix]};
        find_rho(&self->low[i * wide], &self->high[i * wide], &floats, &scales,
                 wide);
    }
    rs_tile_blank(w, self->low, tile, y_ix, x_ix);
    rs_tile_blank(w, self->high, tile, y_ix, x_ix);
    for (size_t i = 0; i < cells; i++) {
        i = rs_find_between(self->high, i, cells, 2.0F, INFINITY);
        if (i < cells && !settle(self, hits, tile, y_ix, x_ix, i))
            return false;
    }
    return true;
}

bool rs_tile_screen_meat_block(struct rs_tile_screen_meat *self,
                               struct rs_tile_hits *hits,
                               const struct rs_tile_grid *grid,
                               const struct rs_tile *tile,
                               const struct rs_emitter *emit, size_t y_ix,
                               size_t x_ix)
{
    const struct rs_tile_worker *w = self->worker;
    size_t wide = w->block_x;
    size_t cells = RS_BLOCK_Y * wide;
    const float *c = &self->products[(y_ix - grid->y_first) * wide];
    int n_edges = 0;

    if (!find_bounds_of(self, hits, c, tile, y_ix, x_ix))
        return false;
    n_edges = settle_edges(self, hits, c, tile, y_ix, x_ix);
    for (int k = 0; k < n_edges; k++) {
        float edge = (float)self->level->edges[k];
        uint32_t from = 0;
        uint32_t same = 0;
        rs_count_between(&from, &same, self->low, cells, edge, edge);
        emit->tally->at_most[k] += from;
    }
    if (emit->sample != NULL)
        rs_tile_sample_block(w, emit->sample, tile, self->high, y_ix, x_ix);
    for (size_t i = 0; i < cells && n_edges >= 0; i++) {
        i = rs_find_between(self->high, i, cells, self->least, INFINITY);
        if (i < cells && !rs_tile_hits_add(hits, y_ix + i / wide - tile->y0,
                                           x_ix + i % wide - tile->x0, 0.0))
            return false;
    }
    return n_edges >= 0;
}
