/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "tile_count.h"
#include "tile_shared.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* Pairs nearer to a perfect fit than this go to the exact engine. */
static const double least_rest = 1e-4;

/* ---- --top ------------------------------------------------------- */

/* The |r| of the best pairs so far in a tile, of each group a heap with the
 * smallest first: a pair below it is none of the best. */
struct rs_tile_cut {
    enum rs_top_of of;
    size_t most;
    size_t n_groups;
    size_t *n;     /* [n_groups] */
    double *heaps; /* [n_groups][most] */
};

/* Larger than this a heap is not worth its memory: all pairs go on. */
static const size_t most_cells = (size_t)1 << 20;

enum rs_status rs_tile_cut_new(struct rs_tile_engine *self,
                               struct rs_error *err)
{
    const struct rs_keep *keep = self->env.keep;
    struct rs_tile_cut *cut = NULL;
    size_t n_groups = keep->top_of == RS_TOP_PER_Y   ? self->c_rows
                      : keep->top_of == RS_TOP_PER_X ? self->ldc
                                                     : 1;

    if (!rs_keep_cuts(keep) || self->data->any_missing ||
        keep->top > most_cells / n_groups)
        return RS_OK;
    cut = rs_alloc(1, sizeof *cut, err);
    if (cut == NULL)
        return RS_ERR_NOMEM;
    self->cut = cut;
    cut->of = keep->top_of;
    cut->most = keep->top;
    cut->n_groups = n_groups;
    cut->n = rs_alloc(n_groups, sizeof *cut->n, err);
    cut->heaps = rs_alloc(n_groups * cut->most, sizeof *cut->heaps, err);
    return cut->n == NULL || cut->heaps == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_tile_cut_free(struct rs_tile_cut *cut)
{
    if (cut == NULL)
        return;
    free(cut->n);
    free(cut->heaps);
    free(cut);
}

static double *heap_of(struct rs_tile_cut *cut, size_t *group, size_t y,
                       size_t x)
{
    *group = cut->of == RS_TOP_PER_Y ? y : cut->of == RS_TOP_PER_X ? x : 0;
    return &cut->heaps[*group * cut->most];
}

/* Takes |r| into its heap; false when it is below all of a full one by more
 * than `error` can make up for. Equal ones pass: which is better is not for
 * |r| to say. */
static bool cut_passes(struct rs_tile_cut *cut, size_t y, size_t x, double r,
                       double error)
{
    size_t group = 0;
    double *heap = heap_of(cut, &group, y, x);
    size_t n = cut->n[group];
    size_t at = 0;

    if (n < cut->most) {
        at = cut->n[group]++;
        heap[at] = r;
        for (; at > 0 && heap[(at - 1) / 2] > heap[at]; at = (at - 1) / 2) {
            double t = heap[at];
            heap[at] = heap[(at - 1) / 2];
            heap[(at - 1) / 2] = t;
        }
        return true;
    }
    if (r <= heap[0])
        return r >= heap[0] - error;
    for (;;) { /* down from the top */
        size_t child = 2 * at + 1;
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (child >= n || heap[child] >= r)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = r;
    return true;
}

/* What the cut asks of the rows [y, y + RS_BLOCK_Y) at least. */
static double cut_least(const struct rs_tile_cut *cut, size_t y)
{
    double least = INFINITY;

    if (cut->of == RS_TOP_PER_X)
        return 0.0;
    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        size_t group = cut->of == RS_TOP_PER_Y ? y + i : 0;
        double r =
            cut->n[group] < cut->most ? 0.0 : cut->heaps[group * cut->most];
        least = r < least ? r : least;
    }
    return least;
}

/* ---- blocks ------------------------------------------------------ */

/* What one block of y asks. */
struct asked {
    double least[RS_BLOCK_Y]; /* |r| to be kept, by the conditions */
    float maybe[RS_BLOCK_Y];  /* a product of floats that may be it */
    float maybe_any;          /* the least of these */
    size_t y_ix;              /* place of the first in the plan's list */
};

static void ask(struct asked *out, const struct rs_tile_engine *self,
                const struct rs_tile_level *level, const struct rs_tile *tile,
                size_t y_ix)
{
    const struct rs_tile_side *side = &self->data->y;
    double perfect = sqrt(1.0 - least_rest);

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

/* True when every cell of the block is a pair of the tile, as far as the
 * diagonal and a column itself do not matter. */
static bool is_inside(const struct rs_tile_engine *self,
                      const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    if (self->env.plan->pairs == RS_PAIRS_UNIQUE && x_ix < y_ix + RS_BLOCK_Y)
        return false;
    return y_ix >= tile->y0 && y_ix + RS_BLOCK_Y <= tile->y1 &&
           x_ix >= tile->x0 && x_ix + self->block_x <= tile->x1;
}

/* Cells that are no pairs of the tile become -1, which counts nowhere. */
void rs_tile_blank(const struct rs_tile_engine *self, float *a,
                   const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    const struct rs_plan *plan = self->env.plan;
    size_t wide = self->block_x;
    bool inside = is_inside(self, tile, y_ix, x_ix);

    for (size_t i = 0; inside && i < RS_BLOCK_Y; i++) {
        size_t self_x = plan->self_x[y_ix + i];
        if (self_x >= x_ix && self_x < x_ix + wide)
            a[i * wide + self_x - x_ix] = -1.0F;
    }
    for (size_t i = 0; !inside && i < RS_BLOCK_Y * wide; i++) {
        size_t y = y_ix + i / wide;
        size_t x = x_ix + i % wide;
        if (y < tile->y0 || y >= tile->y1 || x < tile->x0 || x >= tile->x1 ||
            !rs_plan_has(plan, y, x))
            a[i] = -1.0F;
    }
}

/* r of a pair, in double precision: both parts of both columns. */
double rs_tile_precise(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix)
{
    const float *y = rs_tile_single(data, &data->y, y_ix, false);
    const float *x = rs_tile_single(data, &data->x, x_ix, false);
    const float *y_rest = rs_tile_single(data, &data->y, y_ix, true);
    const float *x_rest = rs_tile_single(data, &data->x, x_ix, true);
    size_t step = data->x.width;
    size_t n = data->basis.n;
    double sum[4] = {0.0};

    for (size_t k = 0; k < n; k++) {
        size_t at = k * step;
        sum[k & 3] += ((double)y[at] + (double)y_rest[at]) *
                      ((double)x[at] + (double)x_rest[at]);
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* The same of the rounded columns: half the reading, and enough for most. */
double rs_tile_rounded(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix)
{
    const float *y = rs_tile_single(data, &data->y, y_ix, false);
    const float *x = rs_tile_single(data, &data->x, x_ix, false);
    size_t step = data->x.width;
    size_t n = data->basis.n;
    double sum[4] = {0.0};
    size_t k = 0;

    for (; k + 4 <= n; k += 4)
        for (size_t l = 0; l < 4; l++)
            sum[l] += (double)y[(k + l) * step] * (double)x[(k + l) * step];
    for (; k < n; k++)
        sum[0] += (double)y[k * step] * (double)x[k * step];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
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

bool rs_tile_remember(struct rs_tile_engine *self, size_t y, size_t x, double r)
{
    if (self->n_hits == self->room_hits) {
        size_t room = self->room_hits == 0 ? 4096 : 2 * self->room_hits;
        struct rs_tile_hit *hits = realloc(self->hits, room * sizeof *hits);
        if (hits == NULL)
            return false;
        self->hits = hits;
        self->room_hits = room;
    }
    self->hits[self->n_hits].y = (uint32_t)y;
    self->hits[self->n_hits].x = (uint32_t)x;
    self->hits[self->n_hits].r = r;
    self->n_hits++;
    return true;
}

/* Pairs near a perfect fit go to the exact engine, which tells whether they
 * are one; it counts their p too. */
static bool take_perfect(struct rs_tile_engine *self,
                         const struct rs_tile *tile, float *a, size_t y_ix,
                         size_t x_ix)
{
    size_t wide = self->block_x;
    double perfect = sqrt(1.0 - least_rest);
    float maybe = rs_tile_maybe(self, perfect);

    for (size_t i = 0; i < RS_BLOCK_Y * wide; i++) {
        size_t y = y_ix + i / wide;
        size_t x = x_ix + i % wide;
        if (!(a[i] >= maybe) ||
            fabs(rs_tile_precise(self->data, y, x)) < perfect)
            continue;
        a[i] = -1.0F;
        if (!rs_tile_remember(self, y - tile->y0, x - tile->x0, NAN))
            return false;
    }
    return true;
}

/* True when a pair may go to the cut: one that may yet fail the conditions
 * must not take another's place there. */
static bool surely_meets(const struct rs_tile_engine *self, double least,
                         double r)
{
    return self->cut != NULL &&
           (!(least > 0.0) || r >= least + self->single_error);
}

/* Remembers the pairs of a block that may be kept. */
static bool take_hits(struct rs_tile_engine *self, const struct asked *asked,
                      const struct rs_tile *tile, const float *a, size_t x_ix)
{
    const struct rs_tile_data *data = self->data;
    size_t wide = self->block_x;

    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t j = 0; j < wide; j++) {
            size_t y = asked->y_ix + i;
            size_t x = x_ix + j;
            double r = (double)a[i * wide + j];
            if (!(a[i * wide + j] >= asked->maybe[i]) ||
                a[i * wide + j] < 0.0F ||
                data->y.columns[y].kind != RS_TILE_PLAIN ||
                data->x.columns[x].kind != RS_TILE_PLAIN)
                continue;
            if (surely_meets(self, asked->least[i], r) &&
                !cut_passes(self->cut, y - tile->y0, x - tile->x0, r,
                            2.0 * self->single_error))
                continue;
            if (!rs_tile_remember(self, y - tile->y0, x - tile->x0, r))
                return false;
        }
    return true;
}

/* Counts the pairs of a block that reach some edges of the tally: by their
 * floats, and where these are too near to an edge by the doubles. */
static void count_block(const struct rs_tile_engine *self, uint64_t *at_most,
                        const struct rs_tile_level *level, const float *a,
                        size_t y_ix, size_t x_ix, unsigned edge0,
                        unsigned edge1)
{
    size_t wide = self->block_x;
    size_t cells = RS_BLOCK_Y * wide;

    for (unsigned k = edge0; k < edge1; k++) {
        uint32_t maybe = 0;
        uint32_t surely = 0;
        rs_count_between(&maybe, &surely, a, cells, level->below[k],
                         level->above[k]);
        at_most[k] += surely;
        if (maybe == surely)
            continue;
        for (size_t i = 0; i < cells; i++) {
            i = rs_find_between(a, i, cells, level->below[k], level->above[k]);
            if (i < cells)
                at_most[k] += reaches(self->data, y_ix + i / wide,
                                      x_ix + i % wide, level->edges[k]);
        }
    }
}

/* |r| of n pairs side by side; of cells that are no tests, 0. */
RS_WIDE_INTEGER static void keep_r(float *restrict cells,
                                   const float *restrict a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        float r = a[j] > 1e-30F ? a[j] : 1e-30F;
        cells[j] = a[j] >= 0.0F ? r : 0.0F;
    }
}

void rs_tile_sample_block(const struct rs_tile_engine *self,
                          const struct rs_p_sample *sample,
                          const struct rs_tile *tile, const float *a,
                          size_t y_ix, size_t x_ix)
{
    size_t wide = self->block_x;
    size_t x0 = x_ix > tile->x0 ? x_ix : tile->x0;
    size_t x1 = x_ix + wide < tile->x1 ? x_ix + wide : tile->x1;
    uint64_t at = x0 % sample->step;

    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        const float *row = &a[i * wide];
        size_t y = y_ix + i;
        uint64_t first = rs_p_sample_first(sample, y);
        if (y < tile->y0 || y >= tile->y1)
            continue;
        if (sample->step == 1) {
            keep_r(rs_p_sample_cell(sample, y, x0), row + x0 - x_ix, x1 - x0);
            continue;
        }
        first += x0 - at + (first < at ? sample->step : 0);
        for (size_t j = (size_t)first; j < x1; j += (size_t)sample->step)
            keep_r(rs_p_sample_cell(sample, y, j), &row[j - x_ix], 1);
    }
}

/* The same of a pair that was fitted by itself. */
static void sample_fit(const struct rs_tile_engine *self,
                       const struct rs_emitter *emit, size_t i, size_t j,
                       const struct rs_fit *fit)
{
    if (emit->sample != NULL)
        rs_p_sample_put_r(emit->sample, i, j, fit,
                          self->holes == NULL
                              ? 1.0
                              : rs_tile_holes_scale(self->holes, fit->n));
}

/* One block of products: counts, hits. */
static bool screen_block(struct rs_tile_engine *self, const struct asked *asked,
                         const struct rs_tile_level *level,
                         const struct rs_tile *tile,
                         const struct rs_emitter *emit, const float *c,
                         size_t x_ix)
{
    size_t cells = RS_BLOCK_Y * self->block_x;
    float *a = self->block + self->c_rows * self->block_x;
    uint64_t *at_most = emit->tally->at_most;
    float most = fold_block(a, c, cells);
    float maybe = asked->maybe_any;

    rs_tile_blank(self, a, tile, asked->y_ix, x_ix);
    if (most >= rs_tile_maybe(self, sqrt(1.0 - least_rest)) &&
        !take_perfect(self, tile, a, asked->y_ix, x_ix))
        return false;
    count_block(self, at_most, level, a, asked->y_ix, x_ix, 0, COMMON_EDGES);
    if (most >= level->below[COMMON_EDGES])
        count_block(self, at_most, level, a, asked->y_ix, x_ix, COMMON_EDGES,
                    RS_P_EDGES);
    if (emit->sample != NULL)
        rs_tile_sample_block(self, emit->sample, tile, a, asked->y_ix, x_ix);
    if (self->cut != NULL && asked->y_ix >= tile->y0)
        maybe = fmaxf(
            maybe,
            rs_tile_maybe(self, cut_least(self->cut, asked->y_ix - tile->y0)));
    return most < maybe || take_hits(self, asked, tile, a, x_ix);
}

/* The products of one x block with all y blocks of a tile. */
static void multiply(struct rs_tile_engine *self,
                     const struct rs_tile_grid *grid, size_t block)
{
    const struct rs_tile_data *data = self->data;
    const struct rs_kernel *kernel = self->kernel;
    size_t n = data->basis.n;
    size_t width = kernel->single_width;
    size_t pieces = (n + RS_TILE_ROWS - 1) / RS_TILE_ROWS;
    size_t step = (n + pieces - 1) / pieces;
    const float *x =
        rs_tile_single(data, &data->x, block * self->block_x, false);

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
                &self->block[ahead * RS_BLOCK_Y * self->block_x], self->block_x,
                rs_tile_single(data, &data->y, p * RS_BLOCK_Y, false) +
                    row * width,
                x + row * width, n * width, rows, row > 0, next);
        }
    }
}

static bool screen_blocks(struct rs_tile_engine *self,
                          const struct rs_tile *tile,
                          const struct rs_emitter *emit)
{
    struct rs_tile_grid grid = rs_tile_grid_of(self, tile);
    struct rs_tile_level *level = rs_tile_level_of(self, self->data->basis.n);
    size_t n_panels = grid.panel1 - grid.panel0;
    struct asked *asked = rs_alloc(n_panels, sizeof *asked, NULL);
    bool fine = asked != NULL && level != NULL;

    if (fine && emit->sample != NULL)
        *emit->sample->df = level->df;
    if (self->holes != NULL)
        rs_tile_holes_tile(self, &grid);
    for (size_t p = 0; fine && p < n_panels; p++)
        ask(&asked[p], self, level, tile, (grid.panel0 + p) * RS_BLOCK_Y);
    for (size_t b = grid.block0; fine && b < grid.block1; b++) {
        size_t x_ix = b * self->block_x;
        multiply(self, &grid, b);
        if (self->holes != NULL)
            fine = rs_tile_holes_block(self, &grid, x_ix);
        for (size_t p = 0; fine && p < n_panels; p++) {
            const float *c = &self->block[p * RS_BLOCK_Y * self->block_x];
            fine =
                self->holes != NULL
                    ? rs_tile_holes_screen(self, tile, emit, c, asked[p].y_ix,
                                           x_ix)
                    : screen_block(self, &asked[p], level, tile, emit, c, x_ix);
        }
    }
    free(asked);
    return fine;
}

/* ---- the tile ---------------------------------------------------- */

static int compare_hits(const void *left, const void *right)
{
    const struct rs_tile_hit *a = left;
    const struct rs_tile_hit *b = right;

    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    return a->x < b->x ? -1 : a->x > b->x;
}

/* Fits a hit; without memory for a p, exactly. */
static void emit_hit(struct rs_tile_engine *self, const struct rs_tile *tile,
                     const struct rs_emitter *emit, size_t i, size_t j,
                     const struct rs_tile_hit *hit)
{
    uint64_t item = (i - tile->y0) * (tile->x1 - tile->x0) + (j - tile->x0);
    const struct rs_tile_data *data = self->data;
    struct rs_tile_level *level = NULL;
    struct rs_tile_terms terms;
    struct rs_fit fit;
    bool begun = emit->begin(emit->ctx, item);

    rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
    if (self->holes != NULL)
        terms = self->hit_terms[hit->terms];
    else
        rs_tile_plain_terms(&terms, self, &data->y.columns[i],
                            &data->x.columns[j], hit->r);
    if (begun && !isnan(terms.r))
        level = rs_tile_level_of(self, terms.level);
    if (begun &&
        (level == NULL || !rs_tile_assemble(&fit, self, &terms, level,
                                            rs_tile_log_p(level, terms.r))))
        rs_tile_fit_exactly(self, &fit, i, j);
    emit->tally->outcomes[RS_FIT_OK]--; /* was counted as one of many */
    emit->tally->outcomes[fit.outcome]++;
    sample_fit(self, emit, i, j, &fit);
    rs_engine_hand_over(&self->env, emit, i, j, &fit);
}

/* A pair of which a column is not plain: its outcome, if that is known
 * without a fit, else it is remembered for the exact engine. */
static bool screen_odd(struct rs_tile_engine *self, const struct rs_tile *tile,
                       const struct rs_emitter *emit, size_t i, size_t j)
{
    const struct rs_tile_data *data = self->data;
    bool exact = false;
    size_t n = rs_patterns_common(&data->patterns, data->y.columns[i].pattern,
                                  data->x.columns[j].pattern);
    enum rs_outcome outcome = rs_tile_outcome(&exact, data, i, j, n);
    struct rs_fit fit;

    if (exact || n < data->basis.rank + 2 || n < self->env.spec->min_n)
        return rs_tile_remember(self, i - tile->y0, j - tile->x0, NAN);
    rs_tile_no_fit(&fit, self, outcome, n);
    rs_engine_emit(&self->env, emit, i, j, &fit);
    return true;
}

/* Counts pairs of plain columns, and sees to the others. */
static bool screen_specials(struct rs_tile_engine *self,
                            const struct rs_tile *tile,
                            const struct rs_emitter *emit)
{
    const struct rs_tile_data *data = self->data;
    const struct rs_plan *plan = self->env.plan;
    uint64_t plain = 0;
    size_t n_odd = 0; /* independents that are not plain */

    for (size_t j = tile->x0; j < tile->x1; j++)
        n_odd += data->x.columns[j].kind != RS_TILE_PLAIN;
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
            if (!odd_y && data->x.columns[j].kind == RS_TILE_PLAIN)
                plain++;
            else if (!screen_odd(self, tile, emit, i, j))
                return false;
        }
    }
    emit->tally->outcomes[RS_FIT_OK] += plain;
    return true;
}

/* A pair that needs the exact engine. */
static void emit_odd(struct rs_tile_engine *self, const struct rs_tile *tile,
                     const struct rs_emitter *emit, size_t i, size_t j)
{
    uint64_t item = (i - tile->y0) * (tile->x1 - tile->x0) + (j - tile->x0);
    const struct rs_tile_data *data = self->data;
    struct rs_fit fit;

    if (data->y.columns[i].kind == RS_TILE_PLAIN &&
        data->x.columns[j].kind == RS_TILE_PLAIN)
        emit->tally->outcomes[RS_FIT_OK]--; /* was counted as one of many */
    if (emit->begin(emit->ctx, item))
        rs_tile_fit_exactly(self, &fit, i, j);
    else
        rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
    rs_engine_emit(&self->env, emit, i, j, &fit);
    sample_fit(self, emit, i, j, &fit);
}

enum rs_status rs_tile_screen(struct rs_tile_engine *self,
                              const struct rs_tile *tile,
                              const struct rs_emitter *emit,
                              struct rs_error *err)
{
    self->n_hits = 0;
    if (self->cut != NULL)
        memset(self->cut->n, 0, self->cut->n_groups * sizeof *self->cut->n);
    if (!screen_blocks(self, tile, emit) ||
        !screen_specials(self, tile, emit) || !rs_tile_refine(self, tile))
        return rs_error_set(err, RS_ERR_NOMEM,
                            "out of memory for the pairs to keep");
    if (self->n_hits > 1)
        qsort(self->hits, self->n_hits, sizeof *self->hits, compare_hits);
    for (size_t h = 0; h < self->n_hits; h++) {
        size_t i = tile->y0 + self->hits[h].y;
        size_t j = tile->x0 + self->hits[h].x;
        if (isnan(self->hits[h].r))
            emit_odd(self, tile, emit, i, j);
        else
            emit_hit(self, tile, emit, i, j, &self->hits[h]);
    }
    return RS_OK;
}
