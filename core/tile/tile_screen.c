/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_screen.h"

#include "mem.h"
#include "tile_bundle_refine.h"
#include "tile_bundle_screen.h"
#include "tile_count.h"
#include "tile_cut.h"
#include "tile_grid.h"
#include "tile_hits.h"
#include "tile_level.h"
#include "tile_pair.h"
#include "tile_refine.h"
#include "tile_screen_meat.h"
#include "tile_screen_missing.h"
#include "tile_single.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/*
 * Screening: blocks of products are looked at where they arise, in the
 * first-level cache, and dropped; only pairs whose |r| reaches what is kept
 * are remembered. As all pairs have the same degrees of freedom, |r| ranks
 * them as p does.
 *
 * The products are made in single precision, at twice the speed, with a
 * bound of their error. Where a comparison is nearer than the bound it is
 * made again in double precision, so that no count and no choice depends on
 * it; and so is r of every pair that is kept.
 */

/* p <= 1e-4 and below are counted only where a block has such a pair. */
enum { COMMON_EDGES = RS_P_EVEN + 2 };

struct rs_tile_screened {
    struct rs_tile_worker *worker;
    float *block; /* [high][block_x] products, and the absolute values of one
                     block of them */
    struct rs_tile_hits hits;
    struct rs_tile_refine *refine;
    struct rs_tile_cut *cut;               /* of --top; NULL */
    struct rs_tile_f_levels *levels;       /* of bundles; */
    struct rs_tile_bundle_screen *bundles; /* NULL: there are none */
    struct rs_tile_bundle_refine *joints;  /* likewise */
    /* NULL when nothing is missing */
    struct rs_tile_missing *missing;
    struct rs_tile_missing_single *singles;
    struct rs_tile_screen_meat *meat; /* of other errors; NULL */
};

/* ---- life -------------------------------------------------------- */

static enum rs_status open_bundles(struct rs_tile_screened *self,
                                   struct rs_error *err)
{
    struct rs_tile_worker *w = self->worker;
    enum rs_status status = rs_tile_f_levels_new(&self->levels, w, err);

    if (status == RS_OK)
        status =
            rs_tile_bundle_screen_new(&self->bundles, w, self->levels, err);
    if (status == RS_OK)
        status = rs_tile_bundle_refine_new(&self->joints, w, self->refine,
                                           self->levels, err);
    return status;
}

static enum rs_status open_parts(struct rs_tile_screened *self,
                                 struct rs_error *err)
{
    struct rs_tile_worker *w = self->worker;
    enum rs_status status = RS_OK;

    if (!w->data->way->by_r)
        status = rs_tile_screen_meat_new(&self->meat, w, err);
    else
        status = rs_tile_cut_new(&self->cut, w, err);
    if (status == RS_OK && w->data->any_missing)
        status = rs_tile_missing_new(&self->missing, w, 1, err);
    if (status == RS_OK && w->data->any_missing)
        status =
            rs_tile_missing_single_new(&self->singles, w, self->missing, err);
    if (status == RS_OK)
        status = rs_tile_refine_new(&self->refine, w, self->missing, err);
    if (status == RS_OK && w->data->bundles.n > 0)
        status = open_bundles(self, err);
    return status;
}

enum rs_status rs_tile_screened_new(struct rs_tile_screened **out,
                                    struct rs_tile_worker *worker,
                                    struct rs_error *err)
{
    struct rs_tile_screened *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->worker = worker;
    self->block = rs_alloc((worker->high + RS_BLOCK_Y) * worker->block_x,
                           sizeof *self->block, err);
    if (self->block != NULL)
        status = open_parts(self, err);
    if (status == RS_OK)
        *out = self;
    else
        rs_tile_screened_free(self);
    return status;
}

void rs_tile_screened_free(struct rs_tile_screened *self)
{
    if (self == NULL)
        return;
    rs_tile_bundle_refine_free(self->joints);
    rs_tile_bundle_screen_free(self->bundles);
    rs_tile_f_levels_free(self->levels);
    rs_tile_refine_free(self->refine);
    rs_tile_screen_meat_free(self->meat);
    rs_tile_missing_single_free(self->singles);
    rs_tile_missing_free(self->missing);
    rs_tile_cut_free(self->cut);
    rs_tile_hits_clear(&self->hits);
    free(self->block);
    free(self);
}

/* ---- blocks ------------------------------------------------------ */

/* What one block of y asks. */
struct asked {
    double least[RS_BLOCK_Y]; /* |r| to be kept, by the conditions */
    float maybe[RS_BLOCK_Y];  /* a product of floats that may be it */
    float maybe_any;          /* the least of these */
    size_t y_ix;              /* place of the first in the plan's list */
};

static void ask(struct asked *out, const struct rs_tile_worker *self,
                const struct rs_tile_level *level, const struct rs_tile *tile,
                size_t y_ix)
{
    const struct rs_tile_side *side = &self->data->y;
    double perfect = sqrt(1.0 - rs_tile_least_rest);

    out->y_ix = y_ix;
    out->maybe_any = INFINITY;
    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        size_t ix = y_ix + i;
        double least = INFINITY;
        if (ix >= tile->y0 && ix < tile->y1)
            least = fmin(perfect,
                         fmax(level->least_r,
                              rs_keep_least_partial_r(
                                  self->env.keep, side->columns[ix].base_r2)));
        out->least[i] = least;
        out->maybe[i] = rs_tile_maybe(self, least);
        if (out->maybe[i] < out->maybe_any)
            out->maybe_any = out->maybe[i];
    }
}

/* a = |c|; returns the largest. */
RS_WIDE_INTEGER static float fold_block(float *restrict a,
                                        const float *restrict c, size_t n)
{
    float most[16] = {0.0F};
    float all = 0.0F;

    for (size_t i = 0; i < n; i += 16)
        for (size_t l = 0; l < 16 && l < n; l++) {
            float r = fabsf(c[i + l]);
            a[i + l] = r;
            most[l] = r > most[l] ? r : most[l];
        }
    for (size_t l = 0; l < 16; l++)
        all = most[l] > all ? most[l] : all;
    return all;
}

/* Whether |r| of a pair reaches an edge that its float is too near to. */
static bool reaches(const struct rs_tile_data *data, size_t y_ix, size_t x_ix,
                    double edge)
{
    double r = fabs(rs_tile_rounded(data, y_ix, x_ix));

    if (fabs(r - edge) <= 1.5 * (double)FLT_EPSILON)
        r = fabs(rs_tile_precise(data, y_ix, x_ix));
    return r >= edge;
}

/* Pairs near a perfect fit go to the exact engine, which tells whether they
 * are one; it counts their p too. */
static bool take_perfect(struct rs_tile_screened *self,
                         const struct rs_tile *tile, float *a, size_t y_ix,
                         size_t x_ix)
{
    const struct rs_tile_worker *w = self->worker;
    size_t wide = w->block_x;
    double perfect = sqrt(1.0 - rs_tile_least_rest);
    float maybe = rs_tile_maybe(w, perfect);

    for (size_t i = 0; i < RS_BLOCK_Y * wide; i++) {
        size_t y = y_ix + i / wide;
        size_t x = x_ix + i % wide;
        if (!(a[i] >= maybe) || fabs(rs_tile_precise(w->data, y, x)) < perfect)
            continue;
        a[i] = -1.0F;
        if (!rs_tile_hits_add(&self->hits, y - tile->y0, x - tile->x0, NAN))
            return false;
    }
    return true;
}

/* True when a pair may go to the cut: one that may yet fail the conditions
 * must not take another's place there. */
static bool surely_meets(const struct rs_tile_screened *self, double least,
                         double r)
{
    return self->cut != NULL &&
           (!(least > 0.0) || r >= least + self->worker->single_error);
}

/* Remembers the pairs of a block that may be kept. */
static bool take_hits(struct rs_tile_screened *self, const struct asked *asked,
                      const struct rs_tile *tile, const float *a, size_t x_ix)
{
    const struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    size_t wide = w->block_x;

    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t j = 0; j < wide; j++) {
            size_t y = asked->y_ix + i;
            size_t x = x_ix + j;
            double r = (double)a[i * wide + j];
            if (!(a[i * wide + j] >= asked->maybe[i]) ||
                a[i * wide + j] < 0.0F || !rs_tile_is_plain(data, y, x))
                continue;
            if (surely_meets(self, asked->least[i], r) &&
                !rs_tile_cut_passes(self->cut, y - tile->y0, x - tile->x0, r,
                                    2.0 * w->single_error))
                continue;
            if (!rs_tile_hits_add(&self->hits, y - tile->y0, x - tile->x0, r))
                return false;
        }
    return true;
}

/* Counts the pairs of a block that reach edge k of the tally: by their floats,
 * and where these are too near to the edge by the doubles. */
static uint64_t count_edge(const struct rs_tile_worker *self,
                           const struct rs_tile_level *level, unsigned k,
                           const float *a, size_t y_ix, size_t x_ix)
{
    size_t wide = self->block_x;
    size_t cells = RS_BLOCK_Y * wide;
    uint32_t maybe = 0;
    uint32_t surely = 0;
    uint64_t n = 0;

    rs_count_between(&maybe, &surely, a, cells, level->below[k],
                     level->above[k]);
    n = surely;
    if (maybe == surely)
        return n;
    for (size_t i = 0; i < cells; i++) {
        i = rs_find_between(a, i, cells, level->below[k], level->above[k]);
        if (i < cells)
            n += reaches(self->data, y_ix + i / wide, x_ix + i % wide,
                         level->edges[k]);
    }
    return n;
}

/* The float from which on a pair of rows [y, y + RS_BLOCK_Y) may pass the cut,
 * whose |r| are off by as much as its own. */
static float least_of_cut(const struct rs_tile_screened *self, size_t y)
{
    const struct rs_tile_worker *w = self->worker;

    return rs_tile_maybe(w, rs_tile_cut_least(self->cut, y) - w->single_error);
}

/* Notes |r| of a block's pairs; beside bundles, their p. */
static void sample_block(const struct rs_tile_screened *self,
                         struct rs_tile_level *level,
                         const struct rs_tile *tile,
                         const struct rs_p_sample *sample, const float *a,
                         struct rs_tile_place at)
{
    const struct rs_tile_worker *w = self->worker;

    if (self->bundles == NULL) {
        rs_tile_sample_block(w, sample, tile, a, at.y_ix, at.x_ix);
        return;
    }
    for (size_t i = 0; i < RS_BLOCK_Y * w->block_x; i++)
        if (a[i] >= 0.0F)
            rs_tile_sample(sample, level, at.y_ix + i / w->block_x,
                           at.x_ix + i % w->block_x, (double)a[i]);
}

/* One block of products: counts, hits. */
static bool screen_block(struct rs_tile_screened *self,
                         const struct asked *asked, struct rs_tile_level *level,
                         const struct rs_tile *tile,
                         const struct rs_emitter *emit, const float *c,
                         size_t x_ix)
{
    const struct rs_tile_worker *w = self->worker;
    size_t cells = RS_BLOCK_Y * w->block_x;
    float *a = self->block + w->high * w->block_x;
    unsigned n_edges = COMMON_EDGES;
    float most = fold_block(a, c, cells);
    float maybe = asked->maybe_any;

    rs_tile_blank(w, a, tile, asked->y_ix, x_ix);
    if (most >= rs_tile_maybe(w, sqrt(1.0 - rs_tile_least_rest)) &&
        !take_perfect(self, tile, a, asked->y_ix, x_ix))
        return false;
    if (most >= level->below[COMMON_EDGES])
        n_edges = RS_P_EDGES;
    for (unsigned k = 0; k < n_edges; k++)
        emit->tally->at_most[k] +=
            count_edge(w, level, k, a, asked->y_ix, x_ix);
    if (emit->sample != NULL)
        sample_block(self, level, tile, emit->sample, a,
                     (struct rs_tile_place){asked->y_ix, x_ix});
    if (self->cut != NULL && asked->y_ix >= tile->y0)
        maybe = fmaxf(maybe, least_of_cut(self, asked->y_ix - tile->y0));
    return most < maybe || take_hits(self, asked, tile, a, x_ix);
}

/* The products of one x block with all y blocks of a tile. */
static void multiply(struct rs_tile_screened *self,
                     const struct rs_tile_grid *grid, size_t block)
{
    const struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const struct rs_kernel *kernel = w->kernel;
    size_t n = data->basis.n;
    size_t width = kernel->single_width;
    size_t step = rs_row_step(n);
    const float *x = rs_tile_single(data, &data->x, block * w->block_x, false);

    for (size_t row = 0; row < n; row += step) {
        size_t rows = n - row < step ? n - row : step;
        for (size_t p = grid->panel0; p < grid->panel1; p++) {
            /* while a block is at work, a panel of the next one comes in */
            size_t ahead = p - grid->panel0;
            const float *next =
                ahead < kernel->single_x_panels && block + 1 < grid->block1
                    ? x + (kernel->single_x_panels + ahead) * n * width +
                          row * width
                    : NULL;
            kernel->product_single(
                &self->block[ahead * RS_BLOCK_Y * w->block_x], w->block_x,
                rs_tile_single(data, &data->y, p * RS_BLOCK_Y, false) +
                    row * width,
                x + row * width, n * width, rows, row > 0, next);
        }
    }
}

/* All blocks, by errors that are no function of r. */
static bool screen_meats(struct rs_tile_screened *self,
                         const struct rs_tile *tile,
                         const struct rs_emitter *emit)
{
    struct rs_tile_worker *w = self->worker;
    struct rs_tile_grid grid = rs_tile_grid_of(w, tile);
    const struct rs_tile_level *level = rs_tile_screen_meat_level(self->meat);
    bool fine = level != NULL;

    if (fine && emit->sample != NULL)
        *emit->sample->df = level->df;
    for (size_t b = grid.block0; fine && b < grid.block1; b++) {
        rs_tile_screen_meat_multiply(self->meat, &grid, b);
        for (size_t p = grid.panel0; fine && p < grid.panel1; p++)
            fine =
                rs_tile_screen_meat_block(self->meat, &self->hits, &grid, tile,
                                          emit, p * RS_BLOCK_Y, b * w->block_x);
    }
    return fine;
}

static bool screen_blocks(struct rs_tile_screened *self,
                          const struct rs_tile *tile,
                          const struct rs_emitter *emit)
{
    struct rs_tile_worker *w = self->worker;
    struct rs_tile_grid grid = rs_tile_grid_of(w, tile);
    struct rs_tile_level *level = rs_tile_level_of(w, w->data->basis.n);
    size_t n_panels = grid.panel1 - grid.panel0;
    struct asked *asked = rs_alloc(n_panels, sizeof *asked, NULL);
    bool fine = asked != NULL && level != NULL;

    if (fine && emit->sample != NULL)
        *emit->sample->df = self->bundles == NULL ? level->df : -1.0;
    if (self->singles != NULL)
        rs_tile_missing_single_tile(self->singles, &grid);
    for (size_t p = 0; fine && p < n_panels; p++)
        ask(&asked[p], w, level, tile, (grid.panel0 + p) * RS_BLOCK_Y);
    for (size_t b = grid.block0; fine && b < grid.block1; b++) {
        size_t x_ix = b * w->block_x;
        if (!rs_tile_any_column(w->data, x_ix, w->block_x))
            continue;
        multiply(self, &grid, b);
        if (self->singles != NULL)
            fine = rs_tile_missing_single_block(self->singles, &grid, x_ix);
        for (size_t p = 0; fine && p < n_panels; p++) {
            const float *c = &self->block[p * RS_BLOCK_Y * w->block_x];
            fine =
                self->singles != NULL
                    ? rs_tile_screen_missing(
                          &self->hits, self->singles, tile, emit, c,
                          (struct rs_tile_place){asked[p].y_ix, x_ix})
                    : screen_block(self, &asked[p], level, tile, emit, c, x_ix);
        }
    }
    free(asked);
    return fine;
}

/* ---- the tile ---------------------------------------------------- */

/* A pair of which a column is not plain: its outcome, if that is known
 * without a fit, else it is remembered for the exact engine. */
static bool screen_odd(struct rs_tile_screened *self,
                       const struct rs_tile *tile,
                       const struct rs_emitter *emit, size_t i, size_t j)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    bool exact = false;
    size_t n = rs_patterns_common(&data->patterns, data->y.columns[i].pattern,
                                  data->x.columns[j].pattern);
    enum rs_outcome outcome = rs_tile_outcome(&exact, data, i, j, n);
    struct rs_fit fit;

    if (exact || data->x.columns[j].kind == RS_TILE_BUNDLE ||
        n < data->basis.rank + 2 || n < w->env.spec->min_n)
        return rs_tile_hits_add(&self->hits, i - tile->y0, j - tile->x0, NAN);
    rs_tile_no_fit(&fit, w, outcome, n);
    rs_engine_emit(&w->env, emit, i, j, &fit);
    return true;
}

/* Counts pairs of plain columns, and sees to the others. */
static bool screen_odds(struct rs_tile_screened *self,
                        const struct rs_tile *tile,
                        const struct rs_emitter *emit)
{
    const struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const struct rs_plan *plan = w->env.plan;
    uint64_t plain = 0;
    size_t n_odd = 0; /* independents that are not plain */

    for (size_t j = tile->x0; j < tile->x1; j++)
        n_odd += data->x.columns[j].kind != RS_TILE_PLAIN &&
                 data->x.columns[j].kind != RS_TILE_BUNDLE;
    for (size_t i = tile->y0; i < tile->y1; i++) {
        bool odd_y = data->y.columns[i].kind != RS_TILE_PLAIN;
        if (n_odd == 0 && !odd_y && plan->pairs == RS_PAIRS_ALL) {
            plain += tile->x1 - tile->x0;
            plain -= plan->self_x[i] >= tile->x0 && plan->self_x[i] < tile->x1;
            continue;
        }
        for (size_t j = tile->x0; j < tile->x1; j++) {
            if (!rs_plan_has(plan, i, j))
                continue;
            if (rs_tile_is_counted(data, i, j))
                plain++;
            else if (!screen_odd(self, tile, emit, i, j))
                return false;
        }
    }
    emit->tally->outcomes[RS_FIT_OK] += plain;
    return true;
}

/* The pairs of bundles, and what all hits are in doubles. */
static bool screen_bundles(struct rs_tile_screened *self,
                           const struct rs_tile *tile,
                           const struct rs_emitter *emit)
{
    struct rs_tile_bundle_screen *bundles = self->bundles;

    return (bundles == NULL ||
            rs_tile_bundle_screen(bundles, &self->hits, tile, emit)) &&
           rs_tile_refine(self->refine, &self->hits, tile) &&
           (bundles == NULL ||
            rs_tile_bundle_refine(self->joints, &self->hits, tile));
}

enum rs_status rs_tile_screen(struct rs_tile_screened *self,
                              const struct rs_tile *tile,
                              const struct rs_emitter *emit,
                              struct rs_error *err)
{
    self->hits.n = 0;
    if (self->cut != NULL)
        rs_tile_cut_clear(self->cut);
    if (!(self->meat != NULL ? screen_meats(self, tile, emit)
                             : screen_blocks(self, tile, emit)) ||
        !screen_odds(self, tile, emit) || !screen_bundles(self, tile, emit))
        return rs_error_set(err, RS_ERR_NOMEM,
                            "out of memory for the pairs to keep");
    rs_tile_hits_emit(&self->hits, self->worker, self->singles, tile, emit);
    return RS_OK;
}
