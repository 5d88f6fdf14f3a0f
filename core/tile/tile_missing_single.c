/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_missing_single.h"

#include "mem.h"
#include "tile_level.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Less than this of a residual: floats say too little. */
static const float least_residual = 0.1F;

/* ---- life -------------------------------------------------------- */

/* Hands out one block of floats and one of whole numbers. */
static bool share_out(struct rs_tile_missing_single *h, size_t n)
{
    size_t cells = h->rows * h->wide;

    h->columns = rs_alloc(2 * n, sizeof *h->columns, NULL);
    h->vector = rs_alloc(2 * n + 1 + 5 * cells + h->rows + RS_BLOCK_Y * h->wide,
                         sizeof *h->vector, NULL);
    h->y_patterns = rs_alloc(2 * (h->rows + h->wide + 1) + cells + n,
                             sizeof *h->y_patterns, NULL);
    if (h->columns == NULL || h->vector == NULL || h->y_patterns == NULL)
        return false;
    h->scale = h->vector + n;
    h->x_b = h->scale + n + 1;
    h->x_f = h->x_b + cells;
    h->y_b = h->x_f + cells;
    h->y_f = h->y_b + cells;
    h->per_g = h->y_f + cells;
    h->y_most = h->per_g + cells;
    h->r = h->y_most + h->rows;
    h->y_of = h->y_patterns + h->rows;
    h->x_patterns = h->y_of + h->rows;
    h->x_of = h->x_patterns + h->wide + 1;
    h->n = h->x_of + h->wide;
    h->stamp = h->n + cells;
    return true;
}

/* What |r| is scaled by, by common rows. */
static void set_scale(struct rs_tile_missing_single *h)
{
    const struct rs_basis *basis = &h->worker->data->basis;
    double used = (double)basis->rank + 1.5;
    uint64_t least = basis->rank + 2;

    if (least < h->worker->env.spec->min_n)
        least = h->worker->env.spec->min_n;
    for (size_t n = 0; n <= basis->n; n++)
        h->scale[n] =
            n < least
                ? NAN
                : (float)sqrt(((double)n - used) / ((double)basis->n - used));
}

enum rs_status rs_tile_missing_single_new(struct rs_tile_missing_single **out,
                                          struct rs_tile_worker *worker,
                                          struct rs_tile_missing *missing,
                                          struct rs_error *err)
{
    const struct rs_basis *basis = &worker->data->basis;
    struct rs_tile_missing_single *h = rs_alloc(1, sizeof *h, err);

    if (h == NULL)
        return RS_ERR_NOMEM;
    h->worker = worker;
    h->missing = missing;
    h->wide = worker->block_x;
    h->rows = worker->high;
    h->centred = basis->n_vectors > 0;
    h->extra = 20.0 * 0.5 * (double)FLT_EPSILON;
    h->perfect = sqrt(1.0 - rs_tile_least_rest);
    if (!share_out(h, basis->n)) {
        rs_tile_missing_single_free(h);
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    }
    for (size_t i = 0; h->centred && i < basis->n; i++)
        h->vector[i] = (float)basis->vectors[i];
    set_scale(h);
    *out = h;
    return RS_OK;
}

void rs_tile_missing_single_free(struct rs_tile_missing_single *h)
{
    if (h == NULL)
        return;
    free(h->columns);
    free(h->vector);
    free(h->y_patterns);
    free(h);
}

/* ---- patterns of a tile and of a block --------------------------- */

/* Adds a pattern to a list unless it is there; returns its place. The last
 * ones are looked at first: equal patterns often stand together. */
static uint32_t place_of(uint32_t *list, size_t *n, uint32_t pattern)
{
    for (size_t k = *n; k-- > 0;)
        if (list[k] == pattern)
            return (uint32_t)k;
    list[*n] = pattern;
    return (uint32_t)(*n)++;
}

void rs_tile_missing_single_tile(struct rs_tile_missing_single *h,
                                 const struct rs_tile_grid *grid)
{
    const struct rs_tile_side *y = &h->worker->data->y;

    h->y_first = grid->y_first;
    h->n_y_patterns = 0;
    h->n_x_patterns = 0;
    for (size_t i = 0; i < (grid->panel1 - grid->panel0) * RS_BLOCK_Y; i++) {
        size_t ix = grid->y_first + i;
        h->y_of[i] = place_of(h->y_patterns, &h->n_y_patterns,
                              ix < y->n ? y->columns[ix].pattern : 0);
    }
}

/* Sums over some rows of 8 neighbouring columns: -sum v vector, 1 - sum v^2. */
RS_WIDE_INTEGER static void leave_rows(float *restrict b, float *restrict s,
                                       const float *restrict v, size_t width,
                                       const uint32_t *restrict rows, size_t n,
                                       const float *restrict vector)
{
    float sum[8] = {0.0F};
    float squares[8] = {0.0F};

    for (size_t k = 0; k < n; k++) {
        const float *row = &v[rows[k] * width];
        float f = vector[rows[k]];
        for (size_t l = 0; l < 8; l++) {
            sum[l] += row[l] * f;
            squares[l] += row[l] * row[l];
        }
    }
    for (size_t l = 0; l < 8; l++) {
        b[l] = -sum[l];
        s[l] = 1.0F - squares[l];
    }
}

/* The same of 16. */
RS_WIDE_INTEGER static void leave_rows_16(float *restrict b, float *restrict s,
                                          const float *restrict v, size_t width,
                                          const uint32_t *restrict rows,
                                          size_t n,
                                          const float *restrict vector)
{
    float sum[16] = {0.0F};
    float squares[16] = {0.0F};

    for (size_t k = 0; k < n; k++) {
        const float *row = &v[rows[k] * width];
        float f = vector[rows[k]];
        for (size_t l = 0; l < 16; l++) {
            sum[l] += row[l] * f;
            squares[l] += row[l] * row[l];
        }
    }
    for (size_t l = 0; l < 16; l++) {
        b[l] = -sum[l];
        s[l] = 1.0F - squares[l];
    }
}

/* f = scale / root of the residual, s - b^2 / g; NaN: too little. s and f may
 * be the same. Returns the largest, or 0. */
RS_WIDE_INTEGER static float per_root(float *f, const float *b, const float *s,
                                      const float *per_g, const float *scale,
                                      size_t n)
{
    float most = 0.0F;

    for (size_t i = 0; i < n; i++) {
        float residual = s[i] - b[i] * b[i] * per_g[i];
        float value = scale[i] / sqrtf(residual);
        value = residual > least_residual ? value : NAN;
        f[i] = value;
        most = value > most ? value : most;
    }
    return most;
}

/* The terms of the block's x over the rows that pattern p of the tile's y
 * leaves. */
static void leave_x(struct rs_tile_missing_single *h, size_t p, size_t x_ix)
{
    const struct rs_tile_data *data = h->worker->data;
    const struct rs_pattern *pattern =
        &data->patterns.patterns[h->y_patterns[p]];
    float *b = &h->x_b[p * h->wide];
    float *f = &h->x_f[p * h->wide];
    float per_g[RS_BLOCK_X_MOST];
    float scale[RS_BLOCK_X_MOST];
    size_t width = data->x.width;
    float most = 0.0F;

    for (size_t at = 0; at < h->wide;) {
        const float *v = rs_tile_single(data, &data->x, x_ix + at, false);
        bool twice = width % 16 == 0;
        (twice ? leave_rows_16 : leave_rows)(b + at, f + at, v, width,
                                             pattern->missing,
                                             pattern->n_missing, h->vector);
        at += twice ? 16 : 8;
    }
    for (size_t j = 0; j < h->wide; j++) {
        size_t q = p * h->wide + h->x_of[j];
        per_g[j] = h->per_g[q];
        scale[j] = h->scale[h->n[q]];
    }
    most = per_root(f, b, f, per_g, scale, h->wide);
    h->x_most = most > h->x_most ? most : h->x_most;
}

/* The terms of the tile's y over the rows that pattern q of x leaves. */
static void leave_y(struct rs_tile_missing_single *h,
                    const struct rs_tile_grid *grid, size_t q)
{
    const struct rs_tile_data *data = h->worker->data;
    const struct rs_pattern *pattern =
        &data->patterns.patterns[h->x_patterns[q]];
    const float ones[RS_BLOCK_Y] = {1.0F, 1.0F, 1.0F, 1.0F,
                                    1.0F, 1.0F, 1.0F, 1.0F};

    for (size_t k = 0; k < grid->panel1 - grid->panel0; k++) {
        size_t row = k * RS_BLOCK_Y;
        float *b = &h->y_b[(k * h->wide + q) * RS_BLOCK_Y];
        float *f = &h->y_f[(k * h->wide + q) * RS_BLOCK_Y];
        float per_g[RS_BLOCK_Y];
        float most = 0.0F;
        leave_rows(
            b, f, rs_tile_single(data, &data->y, grid->y_first + row, false),
            data->y.width, pattern->missing, pattern->n_missing, h->vector);
        for (size_t i = 0; i < RS_BLOCK_Y; i++)
            per_g[i] = h->per_g[h->y_of[row + i] * h->wide + q];
        most = per_root(f, b, f, per_g, ones, RS_BLOCK_Y);
        h->y_most[k] = most > h->y_most[k] ? most : h->y_most[k];
        for (size_t i = 0; i < RS_BLOCK_Y; i++)
            b[i] *= per_g[i];
    }
}

/* ---- pairs of patterns ------------------------------------------- */

RS_WIDE_INTEGER static size_t count_common(const uint64_t *a, const uint64_t *b,
                                           size_t n_words)
{
    size_t common = 0;

    for (size_t w = 0; w < n_words; w++)
        common += (size_t)__builtin_popcountll(a[w] & b[w]);
    return common;
}

/* Common rows of two patterns, and their part of all weight. */
static void meet(uint32_t *n, float *per_g,
                 const struct rs_tile_missing_single *h,
                 const struct rs_pattern *y, const struct rs_pattern *x)
{
    const struct rs_basis *basis = &h->worker->data->basis;
    size_t common = 0;
    double g = 1.0;

    if (y->n_missing == 0 || x->n_missing == 0) {
        common = y->n + x->n - basis->n;
        if (h->centred)
            g = y->gram[0] + x->gram[0] - 1.0;
    } else {
        common =
            count_common(y->bits, x->bits, h->worker->data->patterns.n_words);
        if (h->centred && basis->base.root == NULL)
            g = (double)common / (double)basis->n;
        else if (h->centred)
            g = y->gram[0] + x->gram[0] - 1.0;
    }
    if (h->centred && basis->base.root != NULL && y->n_missing > 0 &&
        x->n_missing > 0)
        for (size_t m = 0; m < y->n_missing; m++) {
            size_t i = y->missing[m];
            if (!rs_rows_has(x->bits, i))
                g += basis->vectors[i] * basis->vectors[i];
        }
    *n = (uint32_t)common;
    *per_g = g > 0.0 ? (float)(1.0 / g) : INFINITY;
}

/* Takes pairs of n rows into the band; false: no memory. */
static bool widen(struct rs_tile_missing_single *h, uint32_t n)
{
    struct rs_tile_band *band = &h->band;
    double scale = (double)h->scale[n];
    const struct rs_tile_level *level = NULL;
    double kept = 0.0;

    if (h->stamp[n] == h->turn || isnan(scale))
        return true;
    h->stamp[n] = h->turn;
    level = rs_tile_level_of(h->worker, n);
    if (level == NULL)
        return false;
    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        double place = level->edges[k] * scale;
        band->low[k] = fmin(place, band->low[k]);
        band->high[k] = fmax(place, band->high[k]);
    }
    kept =
        fmax(level->least_r, rs_keep_least_partial_r(h->worker->env.keep, 0.0));
    band->kept = fmin(band->kept, fmin(kept, h->perfect) * scale);
    band->perfect = fmin(band->perfect, h->perfect * scale);
    return true;
}

static void clear_band(struct rs_tile_missing_single *h, size_t n)
{
    h->band.kept = INFINITY;
    h->band.perfect = INFINITY;
    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        h->band.low[k] = INFINITY;
        h->band.high[k] = -INFINITY;
    }
    if (++h->turn == 0) { /* all turns are used up */
        memset(h->stamp, 0, (n + 1) * sizeof *h->stamp);
        h->turn = 1;
    }
}

/* Finds the patterns of the block's x in the list; false when it is full. */
static bool list_patterns(struct rs_tile_missing_single *h,
                          const struct rs_tile_side *x, size_t x_ix)
{
    for (size_t j = 0; j < h->wide; j++) {
        h->x_of[j] =
            place_of(h->x_patterns, &h->n_x_patterns,
                     x_ix + j < x->n ? x->columns[x_ix + j].pattern : 0);
        if (h->n_x_patterns > h->wide)
            return false;
    }
    return true;
}

bool rs_tile_missing_single_block(struct rs_tile_missing_single *h,
                                  const struct rs_tile_grid *grid, size_t x_ix)
{
    const struct rs_pattern *patterns = h->worker->data->patterns.patterns;
    size_t known = h->n_x_patterns;

    if (!list_patterns(h, &h->worker->data->x, x_ix)) {
        known = 0; /* once more: an empty list has room for all */
        h->n_x_patterns = 0;
        (void)list_patterns(h, &h->worker->data->x, x_ix);
    }
    if (known == 0) {
        clear_band(h, h->worker->data->basis.n);
        memset(h->y_most, 0, h->rows / RS_BLOCK_Y * sizeof *h->y_most);
    }
    for (size_t p = 0; p < h->n_y_patterns; p++)
        for (size_t q = known; q < h->n_x_patterns; q++) {
            size_t at = p * h->wide + q;
            meet(&h->n[at], &h->per_g[at], h, &patterns[h->y_patterns[p]],
                 &patterns[h->x_patterns[q]]);
            if (!widen(h, h->n[at]))
                return false;
        }
    for (size_t q = known; q < h->n_x_patterns; q++)
        leave_y(h, grid, q);
    h->x_most = 0.0F;
    for (size_t p = 0; p < h->n_y_patterns; p++)
        leave_x(h, p, x_ix);
    return true;
}
