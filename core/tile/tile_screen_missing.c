/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_screen_missing.h"

#include "tile_count.h"
#include "tile_level.h"
#include "tile_single.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>

/* What one y and the patterns of the block's x make, spread over the x. */
struct spread {
    float b[RS_BLOCK_X_MOST], f[RS_BLOCK_X_MOST];
};

/* Of the cells of a block: scaled |r|. */
struct extremes {
    float least, most; /* least -2: of some floats say too little */
};

/* Scaled |r| of one y with the x of the block. */
RS_WIDE_INTEGER static void correct(struct extremes *out, float *restrict r,
                                    const float *restrict product,
                                    const float *restrict x_b,
                                    const float *restrict x_f,
                                    const struct spread *restrict y, size_t n)
{
    float least = out->least;
    float most = out->most;

    for (size_t j = 0; j < n; j++) {
        float value = fabsf(product[j] - x_b[j] * y->b[j]) * (x_f[j] * y->f[j]);
        value = value >= 0.0F ? value : -2.0F;
        r[j] = value;
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    out->least = least;
    out->most = most;
}

static void correct_block(struct extremes *out,
                          struct rs_tile_missing_single *h, const float *c,
                          size_t row)
{
    size_t strip = row / RS_BLOCK_Y * h->wide * RS_BLOCK_Y;

    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        size_t p = h->y_of[row + i] * h->wide;
        const float *b = &h->y_b[strip + i];
        const float *f = &h->y_f[strip + i];
        struct spread y;
        for (size_t j = 0; j < h->wide; j++) {
            y.b[j] = b[h->x_of[j] * RS_BLOCK_Y];
            y.f[j] = f[h->x_of[j] * RS_BLOCK_Y];
        }
        correct(out, &h->r[i * h->wide], &c[i * h->wide], &h->x_b[p],
                &h->x_f[p], &y, h->wide);
    }
}

/* The rows of one column that a partner's pattern misses, as doubles. */
static void gather(double *out, const struct rs_tile_data *data,
                   const struct rs_tile_side *side, size_t ix, uint32_t partner)
{
    const struct rs_pattern *pattern = &data->patterns.patterns[partner];
    const float *v = rs_tile_single(data, side, ix, false);
    const float *rest = rs_tile_single(data, side, ix, true);

    for (size_t m = 0; m < pattern->n_missing; m++) {
        size_t k = pattern->missing[m];
        out[k] = (double)v[k * side->width] + (double)rest[k * side->width];
    }
}

/* r in double precision; NaN: the exact engine. */
static double exact_r(struct rs_tile_missing_single *h, size_t y_ix,
                      size_t x_ix)
{
    const struct rs_tile_data *data = h->worker->data;
    double *y = h->columns;
    double *x = y + data->basis.n;
    struct rs_tile_two two = {y, x, 1, 1, 0.0};
    struct rs_tile_terms terms;

    gather(y, data, &data->y, y_ix, data->x.columns[x_ix].pattern);
    gather(x, data, &data->x, x_ix, data->y.columns[y_ix].pattern);
    two.product = rs_tile_precise(data, y_ix, x_ix);
    return rs_tile_missing_pair(&terms, h->missing, y_ix, x_ix, &two) ? terms.r
                                                                      : NAN;
}

/* Whether |r| of cell i reaches edge k, with the cell's own rows: by its
 * float, where that is too near by the product in double precision, and at
 * last by everything in double precision. */
static bool reaches(struct rs_tile_missing_single *h,
                    const struct rs_tile_place *at, size_t i, unsigned k,
                    double error)
{
    size_t y_ix = at->y_ix + i / h->wide;
    size_t x_ix = at->x_ix + i % h->wide;
    struct rs_tile_cell cell =
        rs_tile_missing_cell(h, at->y_ix - h->y_first, i);
    uint32_t n = h->n[cell.patterns];
    double edge = h->worker->levels[n]->edges[k];
    double away = (double)h->r[i] - edge * (double)h->scale[n];
    double f = 0.0;

    if (fabs(away) > error)
        return away > 0.0;
    f = (double)h->x_f[cell.x] * (double)h->y_f[cell.y];
    away = fabs(rs_tile_rounded(h->worker->data, y_ix, x_ix) -
                (double)h->x_b[cell.x] * (double)h->y_b[cell.y]) *
               f -
           edge * (double)h->scale[n];
    if (fabs(away) > (1.5 * (double)FLT_EPSILON + h->extra) * f)
        return away > 0.0;
    return fabs(exact_r(h, y_ix, x_ix)) >= edge;
}

/* Counts the cells of the block that reach the edges. */
static void count_edges(struct rs_tile_missing_single *h, uint64_t *at_most,
                        const struct rs_tile_place *at, float most,
                        double error)
{
    size_t cells = RS_BLOCK_Y * h->wide;

    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        float low = nextafterf((float)(h->band.low[k] - error), -2.0F);
        float high = nextafterf((float)(h->band.high[k] + error), 2.0F);
        uint32_t maybe = 0;
        uint32_t surely = 0;
        if (most < low) /* nor the edges that are higher still */
            break;
        rs_count_between(&maybe, &surely, h->r, cells, low, high);
        at_most[k] += surely;
        if (maybe == surely)
            continue;
        for (size_t i = 0; i < cells; i++) {
            i = rs_find_between(h->r, i, cells, low, high);
            if (i < cells)
                at_most[k] += reaches(h, at, i, k, error);
        }
    }
}

/* Cells of which floats say too little: by everything in double precision;
 * what then has no r either is for the exact engine. */
static void settle(struct extremes *out, struct rs_tile_missing_single *h,
                   const struct rs_tile_place *at)
{

    for (size_t i = 0; i < RS_BLOCK_Y * h->wide; i++) {
        struct rs_tile_cell cell =
            rs_tile_missing_cell(h, at->y_ix - h->y_first, i);
        double scale = (double)h->scale[h->n[cell.patterns]];
        double r = 0.0;
        if (h->r[i] != -2.0F || isnan(scale))
            continue;
        r = fabs(exact_r(h, at->y_ix + i / h->wide, at->x_ix + i % h->wide));
        if (isnan(r))
            continue;
        h->r[i] = (float)(r * scale);
        out->most = fmaxf(out->most, h->r[i]);
    }
}

/* Cells near a perfect fit are for the exact engine, which tells whether they
 * are one and counts their p: the same that it is asked for when all pairs
 * are stored. */
static void mark_perfect(struct rs_tile_missing_single *h,
                         const struct rs_tile_place *at, double error)
{

    for (size_t i = 0; i < RS_BLOCK_Y * h->wide; i++) {
        struct rs_tile_cell cell =
            rs_tile_missing_cell(h, at->y_ix - h->y_first, i);
        double scale = (double)h->scale[h->n[cell.patterns]];
        if ((double)h->r[i] >= h->perfect * scale - error &&
            !(fabs(exact_r(h, at->y_ix + i / h->wide, at->x_ix + i % h->wide)) <
              h->perfect))
            h->r[i] = -2.0F;
    }
}

/* Remembers what may be kept, and what the exact engine has to fit. */
static bool take_hits(struct rs_tile_hits *hits,
                      const struct rs_tile_missing_single *h,
                      const struct rs_tile *tile, float maybe,
                      const struct rs_tile_place *at)
{
    const struct rs_tile_data *data = h->worker->data;

    for (size_t i = 0; i < RS_BLOCK_Y * h->wide; i++) {
        size_t y = at->y_ix + i / h->wide;
        size_t x = at->x_ix + i % h->wide;
        bool odd = h->r[i] == -2.0F;
        if ((!odd && !(h->r[i] >= maybe)) || h->r[i] == -1.0F ||
            !rs_tile_is_plain(data, y, x))
            continue;
        if (!rs_tile_hits_add(hits, y - tile->y0, x - tile->x0,
                              odd ? (double)NAN : (double)h->r[i]))
            return false;
    }
    return true;
}

bool rs_tile_screen_missing(struct rs_tile_hits *hits,
                            struct rs_tile_missing_single *h,
                            const struct rs_tile *tile,
                            const struct rs_emitter *emit, const float *c,
                            struct rs_tile_place at)
{
    const struct rs_tile_worker *w = h->worker;
    size_t row = at.y_ix - h->y_first;
    struct extremes found = {0.0F, 0.0F};
    double error = (w->single_error + h->extra) * (double)h->x_most *
                   (double)h->y_most[row / RS_BLOCK_Y];
    float maybe = nextafterf((float)(h->band.kept - error), -2.0F);

    correct_block(&found, h, c, row);
    rs_tile_blank(w, h->r, tile, at.y_ix, at.x_ix);
    if (found.least < 0.0F)
        settle(&found, h, &at);
    if ((double)found.most >= h->band.perfect - error) {
        mark_perfect(h, &at, error);
        found.least = -2.0F;
    }
    count_edges(h, emit->tally->at_most, &at, found.most, error);
    if (emit->sample != NULL)
        rs_tile_sample_block(w, emit->sample, tile, h->r, at.y_ix, at.x_ix);
    if (found.least < 0.0F || found.most >= maybe)
        return take_hits(hits, h, tile, maybe, &at);
    return true;
}
