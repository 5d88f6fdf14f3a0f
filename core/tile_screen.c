/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "tile_shared.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Screening: blocks of products are looked at where they arise, in the
 * first-level cache, and dropped; only pairs whose |r| reaches what is kept
 * are remembered. As all pairs have the same degrees of freedom, |r| ranks
 * them as p does.
 */

/* p <= 1e-4 and below are counted only where a block has such a pair. */
enum { COMMON_EDGES = RS_P_EVEN + 2 };

/* Pairs nearer to a perfect fit than this go to the exact engine. */
static const double least_rest = 1e-4;

/* ---- --top ------------------------------------------------------------- */

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

    if (keep->top_of == RS_TOP_NONE || keep->top > most_cells / n_groups)
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

/* Takes |r| into its heap; false when it is below all of a full one. Equal
 * ones pass: which is better is not for |r| to say. */
static bool cut_passes(struct rs_tile_cut *cut, size_t y, size_t x, double r)
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
        return r >= heap[0] * (1.0 - 1e-9);
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

/* What the cut asks of the rows [y, y + RS_Y_WIDTH) at least. */
static double cut_least(const struct rs_tile_cut *cut, size_t y)
{
    double least = INFINITY;

    if (cut->of == RS_TOP_PER_X)
        return 0.0;
    for (size_t i = 0; i < RS_Y_WIDTH; i++) {
        size_t group = cut->of == RS_TOP_PER_Y ? y + i : 0;
        double r =
            cut->n[group] < cut->most ? 0.0 : cut->heaps[group * cut->most];
        least = r < least ? r : least;
    }
    return least * (1.0 - 1e-9);
}

/* ---- blocks ------------------------------------------------------------ */

/* What one panel of y asks. */
struct asked {
    double least[RS_Y_WIDTH]; /* |r| to be kept, by the conditions */
    double least_of_all;
    size_t y_ix; /* place of the first in the plan's list */
};

static void ask(struct asked *out, const struct rs_tile_engine *self,
                const struct rs_tile_level *level, const struct rs_tile *tile,
                size_t panel)
{
    const struct rs_tile_side *side = &self->data->y;
    double perfect = sqrt(1.0 - least_rest);

    out->y_ix = panel * RS_Y_WIDTH;
    out->least_of_all = INFINITY;
    for (size_t i = 0; i < RS_Y_WIDTH; i++) {
        size_t ix = out->y_ix + i;
        double least = INFINITY;
        if (ix >= tile->y0 && ix < tile->y1)
            least = fmin(perfect,
                         fmax(level->least_r,
                              rs_keep_least_partial_r(
                                  self->env.keep, side->columns[ix].base_r2)));
        out->least[i] = least;
        out->least_of_all = fmin(out->least_of_all, least);
    }
}

/* a = |c|; returns the largest. */
RS_WIDE static double fold_block(double *restrict a, const double *restrict c,
                                 size_t n)
{
    double most[8] = {0.0};
    double all = 0.0;

    for (size_t i = 0; i < n; i += 8)
        for (size_t l = 0; l < 8; l++) {
            double r = fabs(c[i + l]);
            a[i + l] = r;
            most[l] = r > most[l] ? r : most[l];
        }
    for (size_t l = 0; l < 8; l++)
        all = most[l] > all ? most[l] : all;
    return all;
}

/* Cells that are no pairs of the tile become 0, the r that counts nowhere. */
static void blank(const struct rs_tile_engine *self, double *c,
                  const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    const struct rs_plan *plan = self->env.plan;
    size_t wide = self->block_x;
    bool inside = y_ix >= tile->y0 && y_ix + RS_Y_WIDTH <= tile->y1 &&
                  x_ix >= tile->x0 && x_ix + wide <= tile->x1;
    bool diagonal = plan->pairs == RS_PAIRS_UNIQUE && x_ix < y_ix + RS_Y_WIDTH;

    for (size_t i = 0; i < RS_Y_WIDTH && y_ix + i < plan->n_y; i++) {
        size_t self_x = plan->self_x[y_ix + i];
        if (self_x >= x_ix && self_x < x_ix + wide)
            c[i * wide + self_x - x_ix] = 0.0;
    }
    if (inside && !diagonal)
        return;
    for (size_t i = 0; i < RS_Y_WIDTH; i++)
        for (size_t j = 0; j < wide; j++) {
            size_t y = y_ix + i;
            size_t x = x_ix + j;
            if (y < tile->y0 || y >= tile->y1 || x < tile->x0 ||
                x >= tile->x1 || !rs_plan_has(plan, y, x))
                c[i * wide + j] = 0.0;
        }
}

static bool remember(struct rs_tile_engine *self, size_t y, size_t x, double r)
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

/* Remembers the pairs of a block that may be kept. */
static bool take_hits(struct rs_tile_engine *self, const struct asked *asked,
                      const struct rs_tile *tile, size_t x_ix)
{
    size_t wide = self->block_x;
    const double *abs_r = self->c + RS_Y_WIDTH * wide;

    for (size_t i = 0; i < RS_Y_WIDTH; i++)
        for (size_t j = 0; j < wide; j++) {
            double r = abs_r[i * wide + j];
            size_t y = asked->y_ix + i - tile->y0;
            size_t x = x_ix + j - tile->x0;
            if (!(r >= asked->least[i]) || r == 0.0)
                continue;
            if (self->cut != NULL && !cut_passes(self->cut, y, x, r))
                continue;
            if (!remember(self, y, x, self->c[i * wide + j]))
                return false;
        }
    return true;
}

/* One block: product, counts, hits. */
static bool screen_block(struct rs_tile_engine *self, const struct asked *asked,
                         const struct rs_tile_level *level,
                         const struct rs_tile *tile,
                         const struct rs_emitter *emit, size_t x_ix)
{
    size_t cells = RS_Y_WIDTH * self->block_x;
    double *abs_r = self->c + cells;
    uint64_t *at_most = emit->tally->at_most;
    double least = asked->least_of_all;
    double most = 0.0;

    blank(self, self->c, tile, asked->y_ix, x_ix);
    most = fold_block(abs_r, self->c, cells);
    rs_tile_count(at_most, abs_r, cells, level->edges, COMMON_EDGES);
    if (most >= level->edges[COMMON_EDGES])
        rs_tile_count(at_most + COMMON_EDGES, abs_r, cells,
                      level->edges + COMMON_EDGES, RS_P_EDGES - COMMON_EDGES);
    if (self->cut != NULL && asked->y_ix >= tile->y0)
        least = fmax(least, cut_least(self->cut, asked->y_ix - tile->y0));
    return most < least || take_hits(self, asked, tile, x_ix);
}

static bool screen_blocks(struct rs_tile_engine *self,
                          const struct rs_tile *tile,
                          const struct rs_emitter *emit)
{
    const struct rs_tile_data *data = self->data;
    const struct rs_kernel *kernel = self->kernel;
    struct rs_tile_grid grid = rs_tile_grid_of(self, tile);
    struct rs_tile_level *level = rs_tile_level_of(self, data->basis.n);
    size_t n = data->basis.n;
    size_t stride = n * kernel->x_width;
    size_t n_panels = grid.panel1 - grid.panel0;
    struct asked *asked = rs_alloc(n_panels, sizeof *asked, NULL);
    bool fine = asked != NULL && level != NULL;

    for (size_t p = 0; fine && p < n_panels; p++)
        ask(&asked[p], self, level, tile, grid.panel0 + p);
    for (size_t b = grid.block0; fine && b < grid.block1; b++) {
        const double *x = rs_tile_panel(data, &data->x, b * kernel->x_panels);
        for (size_t p = 0; fine && p < n_panels; p++) {
            /* while a block is at work, a panel of the next one comes in */
            const double *next = p < kernel->x_panels && b + 1 < grid.block1
                                     ? x + (kernel->x_panels + p) * stride
                                     : NULL;
            kernel->product(self->c, self->block_x,
                            rs_tile_panel(data, &data->y, grid.panel0 + p), x,
                            stride, n, false, next);
            fine = screen_block(self, &asked[p], level, tile, emit,
                                b * self->block_x);
        }
    }
    free(asked);
    return fine;
}

/* ---- the tile ---------------------------------------------------------- */

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
                     double r)
{
    uint64_t item = (i - tile->y0) * (tile->x1 - tile->x0) + (j - tile->x0);
    const struct rs_tile_data *data = self->data;
    struct rs_tile_level *level = rs_tile_level_of(self, data->basis.n);
    struct rs_tile_terms terms;
    struct rs_fit fit;

    rs_tile_plain_terms(&terms, self, &data->y.columns[i], &data->x.columns[j],
                        r);
    if (!emit->begin(emit->ctx, item))
        rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
    else if (!rs_tile_assemble(&fit, self, &terms, level,
                               rs_tile_log_p(level, r)))
        rs_tile_fit_exactly(self, &fit, i, j);
    emit->tally->outcomes[RS_FIT_OK]--; /* was counted as one of many */
    emit->tally->outcomes[fit.outcome]++;
    if (fit.outcome != RS_FIT_WORKER_LOST && !rs_keep_fit(self->env.keep, &fit))
        return;
    emit->tally->kept++;
    emit->row(emit->ctx, i, j, &fit);
}

/* Counts pairs of plain columns, and sees to the others. */
static void screen_specials(struct rs_tile_engine *self,
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
            bool exact = false;
            struct rs_fit fit;
            enum rs_outcome outcome = RS_FIT_OK;
            if (!rs_plan_has(plan, i, j))
                continue;
            outcome = rs_tile_outcome(&exact, &data->y.columns[i],
                                      &data->x.columns[j]);
            if (exact && remember(self, i - tile->y0, j - tile->x0, NAN))
                continue;
            plain += outcome == RS_FIT_OK;
            if (outcome == RS_FIT_OK)
                continue;
            rs_fit_clear(&fit, outcome, data->basis.n);
            rs_engine_emit(&self->env, emit, i, j, &fit);
        }
    }
    emit->tally->outcomes[RS_FIT_OK] += plain;
}

/* A pair whose column needs the exact engine. */
static void emit_odd(struct rs_tile_engine *self, const struct rs_tile *tile,
                     const struct rs_emitter *emit, size_t i, size_t j)
{
    uint64_t item = (i - tile->y0) * (tile->x1 - tile->x0) + (j - tile->x0);
    struct rs_fit fit;

    if (emit->begin(emit->ctx, item))
        rs_tile_fit_exactly(self, &fit, i, j);
    else
        rs_fit_clear(&fit, RS_FIT_WORKER_LOST, 0);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}

enum rs_status rs_tile_screen(struct rs_tile_engine *self,
                              const struct rs_tile *tile,
                              const struct rs_emitter *emit,
                              struct rs_error *err)
{
    self->n_hits = 0;
    if (self->cut != NULL)
        memset(self->cut->n, 0, self->cut->n_groups * sizeof *self->cut->n);
    if (!screen_blocks(self, tile, emit))
        return rs_error_set(err, RS_ERR_NOMEM,
                            "out of memory for the pairs to keep");
    screen_specials(self, tile, emit);
    if (self->n_hits > 1)
        qsort(self->hits, self->n_hits, sizeof *self->hits, compare_hits);
    for (size_t h = 0; h < self->n_hits; h++) {
        size_t i = tile->y0 + self->hits[h].y;
        size_t j = tile->x0 + self->hits[h].x;
        double r = self->hits[h].r;
        if (isnan(r))
            emit_odd(self, tile, emit, i, j);
        else
            emit_hit(self, tile, emit, i, j, r);
    }
    return RS_OK;
}
