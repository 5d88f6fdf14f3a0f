/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundle_screen.h"

#include "mem.h"
#include "tile_pair.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LANES = RS_BLOCK_X_MOST, PANELS = RS_TILE_SPARE_PANELS };

/* A larger share of y's residual beside what is tested: by doubles alone. */
static const double most_beside = 0.9;

/* Rounding of the sums, of the root and of the edges as floats, besides. */
static const double extra = 16.0 * (double)FLT_EPSILON;

/* What the bundles of a stack ask. */
struct lanes {
    size_t stack;
    size_t base;   /* its first bundle */
    bool any;      /* some bundles of the tile are among them */
    bool full;     /* all are such */
    double beside; /* root of how many vectors there are at most, */
    double tested;
    const struct rs_tile_f_level *f[MOST_LANES]; /* NULL: no pair */
    float edges[RS_P_EDGES][MOST_LANES];         /* roots of z; INFINITY */
    float least[RS_P_EDGES];                     /* of these */
    float kept[MOST_LANES];                      /* to be kept, likewise */
    float least_kept;
};

struct rs_tile_bundle_screen {
    struct rs_tile_worker *worker;
    struct rs_tile_f_levels *levels;
    size_t width;           /* lanes */
    float *block;           /* [high][block_x] products */
    float *beside, *tested; /* [high][width] squares summed, of the stack */
    struct lanes lanes;
    float root[RS_BLOCK_Y * MOST_LANES]; /* of z; -1: no pair */
    float all[RS_BLOCK_Y * MOST_LANES];  /* beside and tested */
    double *c;                           /* [panels of a stack] in doubles */
};

/* ---- life -------------------------------------------------------- */

void rs_tile_bundle_screen_free(struct rs_tile_bundle_screen *self)
{
    if (self == NULL)
        return;
    free(self->block);
    free(self->beside);
    free(self->c);
    free(self);
}

enum rs_status rs_tile_bundle_screen_new(struct rs_tile_bundle_screen **out,
                                         struct rs_tile_worker *worker,
                                         struct rs_tile_f_levels *levels,
                                         struct rs_error *err)
{
    const struct rs_tile_bundles *bundles = &worker->data->bundles;
    struct rs_tile_bundle_screen *self = rs_alloc(1, sizeof *self, err);
    size_t cells = 0;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->worker = worker;
    self->levels = levels;
    self->width = bundles->singles.width;
    cells = worker->high * self->width;
    self->block =
        rs_alloc(worker->high * worker->block_x, sizeof *self->block, err);
    self->beside = rs_alloc(2 * cells, sizeof *self->beside, err);
    self->c = rs_alloc(2 * bundles->most + PANELS, sizeof *self->c, err);
    if (self->block == NULL || self->beside == NULL || self->c == NULL) {
        rs_tile_bundle_screen_free(self);
        return RS_ERR_NOMEM;
    }
    self->tested = self->beside + cells;
    *out = self;
    return RS_OK;
}

/* ---- a stack ----------------------------------------------------- */

/* Makes its lanes ready, for bundles [first, end). */
static void set_lanes(struct rs_tile_bundle_screen *self, size_t s,
                      size_t first, size_t end)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_stack *stack = &data->bundles.singles.stacks[s];
    struct lanes *lanes = &self->lanes;

    lanes->stack = s;
    lanes->base = s * self->width;
    lanes->beside = sqrt((double)stack->n_beside);
    lanes->tested = sqrt((double)stack->n_tested);
    lanes->any = false;
    lanes->full = true;
    lanes->least_kept = INFINITY;
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        lanes->least[k] = INFINITY;
    for (size_t l = 0; l < self->width; l++) {
        size_t b = lanes->base + l;
        const struct rs_tile_bundle *bundle = &data->bundles.bundles[b];
        lanes->f[l] = NULL;
        if (b >= first && b < end && bundle->kind == RS_TILE_BUNDLE)
            lanes->f[l] =
                rs_tile_f_level_of(self->levels, bundle, data->basis.n);
        lanes->any = lanes->any || lanes->f[l] != NULL;
        lanes->full = lanes->full && lanes->f[l] != NULL;
        lanes->kept[l] =
            lanes->f[l] == NULL ? INFINITY : (float)sqrt(lanes->f[l]->least_z);
        lanes->least_kept = fminf(lanes->least_kept, lanes->kept[l]);
        for (unsigned k = 0; k < RS_P_EDGES; k++) {
            float edge = lanes->f[l] == NULL
                             ? INFINITY
                             : (float)sqrt(lanes->f[l]->edges[k]);
            lanes->edges[k][l] = edge;
            lanes->least[k] = fminf(lanes->least[k], edge);
        }
    }
}

/* A block of pairs: 8 y from y_ix on and the lanes. */
struct place {
    const struct rs_tile *tile;
    size_t y_ix, row; /* of the plan's list, of the tile's products */
};

/* The largest of a block. */
struct most {
    float root, beside, all;
};

/* root = of z, all = beside + tested. */
RS_WIDE_INTEGER static struct most
fold_block(float *restrict root, float *restrict all,
           const float *restrict beside, const float *restrict tested, size_t n)
{
    float most[3][16] = {{0.0F}};
    struct most out = {0.0F, 0.0F, 0.0F};

    for (size_t i = 0; i < n; i += 16)
        for (size_t l = 0; l < 16 && l < n; l++) {
            float b = beside[i + l];
            float t = tested[i + l];
            float z = sqrtf(t / (1.0F - b));
            float a = b + t;
            root[i + l] = z;
            all[i + l] = a;
            most[0][l] = z > most[0][l] ? z : most[0][l];
            most[1][l] = b > most[1][l] ? b : most[1][l];
            most[2][l] = a > most[2][l] ? a : most[2][l];
        }
    for (size_t l = 0; l < 16; l++) {
        out.root = most[0][l] > out.root ? most[0][l] : out.root;
        out.beside = most[1][l] > out.beside ? most[1][l] : out.beside;
        out.all = most[2][l] > out.all ? most[2][l] : out.all;
    }
    return out;
}

/* True when y is with all lanes a pair: most are. */
static bool meets_all(const struct rs_tile_bundle_screen *self, size_t y)
{
    const struct rs_plan *plan = self->worker->env.plan;
    const struct rs_tile_bundle *bundles =
        &self->worker->data->bundles.bundles[self->lanes.base];

    return self->lanes.full && plan->pairs == RS_PAIRS_ALL &&
           (plan->self_x[y] < bundles[0].x ||
            plan->self_x[y] > bundles[self->width - 1].x);
}

/* Cells that are no pairs, or of a y that is odd, become -1. */
static void blank(struct rs_tile_bundle_screen *self, const struct place *at)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_bundle *bundles =
        &data->bundles.bundles[self->lanes.base];

    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        size_t y = at->y_ix + i;
        bool there = y >= at->tile->y0 && y < at->tile->y1 &&
                     data->y.columns[y].kind == RS_TILE_PLAIN;
        float *row = &self->root[i * self->width];
        if (there && meets_all(self, y))
            continue;
        for (size_t l = 0; l < self->width; l++)
            if (!there || self->lanes.f[l] == NULL ||
                !rs_plan_has(self->worker->env.plan, y, bundles[l].x))
                row[l] = -1.0F;
    }
}

/* ---- doubles ----------------------------------------------------- */

/* c[k] = sum over the rows of y x[k], for PANELS of a stack from x on. */
static void multiply_some(double *c, const struct rs_tile_data *data,
                          size_t y_ix, const double *x)
{
    const float *y = rs_tile_single(data, &data->y, y_ix, false);
    const float *y_rest = rs_tile_single(data, &data->y, y_ix, true);
    size_t n = data->basis.n;
    size_t width = data->bundles.doubles.width;
    double sum[PANELS] = {0.0};

    for (size_t i = 0; i < n; i++) {
        size_t at = i * data->y.width;
        double value = (double)y[at] + (double)y_rest[at];
        for (size_t k = 0; k < PANELS; k++)
            sum[k] += value * x[(k * n + i) * width];
    }
    memcpy(c, sum, sizeof sum);
}

/* A pair by doubles, but not to the bits of stored tiles. */
static void find_precisely(struct rs_tile_joint *out,
                           const struct rs_tile_bundle_screen *self,
                           size_t y_ix, size_t b)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    const struct rs_tile_stack *stack = &stacks->stacks[b / stacks->width];

    for (size_t k = 0; k < stack->n_beside + stack->n_tested; k += PANELS)
        multiply_some(&self->c[k], data, y_ix,
                      (const double *)stacks->panels.base +
                          (stack->panel + k) * data->basis.n * stacks->width +
                          b % stacks->width);
    rs_tile_joint_of(out, data, y_ix, b, stacks, self->c, 1);
}

/* Whether the pair of cell i reaches edge k of the tally. */
static bool reaches(const struct rs_tile_bundle_screen *self,
                    const struct place *at, size_t i, unsigned k)
{
    size_t l = i % self->width;
    struct rs_tile_joint joint;

    find_precisely(&joint, self, at->y_ix + i / self->width,
                   self->lanes.base + l);
    return joint.z >= self->lanes.f[l]->edges[k];
}

/* ---- counts and hits --------------------------------------------- */

/* How many cells reach their lane's edge, and how many perhaps. */
RS_WIDE_INTEGER static void count_lanes(uint32_t *maybe, uint32_t *surely,
                                        const float *restrict root,
                                        const float *restrict edge, float error,
                                        size_t width)
{
    uint32_t from_low = 0;
    uint32_t from_high = 0;

    for (size_t l = 0; l < width; l++) {
        float low = edge[l] - error;
        float high = edge[l] + error;
        for (size_t i = 0; i < RS_BLOCK_Y; i++) {
            from_low += root[i * width + l] >= low ? 1 : 0;
            from_high += root[i * width + l] >= high ? 1 : 0;
        }
    }
    *maybe = from_low;
    *surely = from_high;
}

/* Counts a block against the edges. */
static void count_edges(const struct rs_tile_bundle_screen *self,
                        const struct place *at, uint64_t *at_most, float most,
                        float error)
{
    const struct lanes *lanes = &self->lanes;
    size_t width = self->width;

    for (unsigned k = 0; k < RS_P_EDGES && most >= lanes->least[k] - error;
         k++) {
        uint32_t maybe = 0;
        uint32_t surely = 0;
        count_lanes(&maybe, &surely, self->root, lanes->edges[k], error, width);
        at_most[k] += surely;
        for (size_t i = 0; i < RS_BLOCK_Y * width && maybe > surely; i++) {
            float edge = lanes->edges[k][i % width];
            if (self->root[i] >= edge - error && self->root[i] < edge + error) {
                at_most[k] += reaches(self, at, i, k);
                surely++;
            }
        }
    }
}

/* Notes the p of cell i. */
static void sample_cell(const struct rs_tile_bundle_screen *self,
                        const struct place *at, size_t i, double z,
                        const struct rs_p_sample *sample)
{
    size_t l = i % self->width;
    size_t b = self->lanes.base + l;

    rs_tile_f_sample(sample, self->lanes.f[l], at->y_ix + i / self->width,
                     self->worker->data->bundles.bundles[b].x, z, 1.0 - z);
}

/* The same of a block. */
static void sample_block(const struct rs_tile_bundle_screen *self,
                         const struct place *at,
                         const struct rs_p_sample *sample)
{
    for (size_t i = 0; i < RS_BLOCK_Y * self->width; i++)
        if (self->root[i] >= 0.0F)
            sample_cell(self, at, i,
                        (double)self->root[i] * (double)self->root[i], sample);
}

/* Takes a cell out of the floats' count: for the exact engine where it may be
 * perfect, and else by doubles. */
static bool settle(struct rs_tile_bundle_screen *self,
                   struct rs_tile_hits *hits, const struct place *at, size_t i,
                   const struct rs_emitter *emit)
{
    size_t l = i % self->width;
    size_t y = at->y_ix + i / self->width;
    const struct rs_tile_f_level *f = self->lanes.f[l];
    size_t b = self->lanes.base + l;
    size_t x = self->worker->data->bundles.bundles[b].x;
    struct rs_tile_joint joint;

    find_precisely(&joint, self, y, b);
    self->root[i] = -1.0F;
    if (!(joint.beside + joint.tested < 1.0 - rs_tile_least_rest))
        return rs_tile_hits_add(hits, y - at->tile->y0, x - at->tile->x0, NAN);
    for (unsigned k = 0; k < RS_P_EDGES && joint.z >= f->edges[k]; k++)
        emit->tally->at_most[k]++;
    sample_cell(self, at, i, joint.z, emit->sample);
    return rs_tile_joint_is_dull(self->worker, &joint, f) ||
           rs_tile_hits_add_bundle(hits, y - at->tile->y0, x - at->tile->x0);
}

/* Settles what floats say too little of. */
static bool settle_block(struct rs_tile_bundle_screen *self,
                         struct rs_tile_hits *hits, const struct place *at,
                         double error, const struct rs_emitter *emit)
{
    const float *beside = &self->beside[at->row * self->width];
    float much = (float)(most_beside - error);
    float perfect = (float)(1.0 - rs_tile_least_rest - error);

    for (size_t i = 0; i < RS_BLOCK_Y * self->width; i++)
        if ((beside[i] >= much || self->all[i] >= perfect) &&
            self->root[i] != -1.0F && !settle(self, hits, at, i, emit))
            return false;
    return true;
}

/* Remembers what may be kept. */
static bool take_hits(const struct rs_tile_bundle_screen *self,
                      struct rs_tile_hits *hits, const struct place *at,
                      float error)
{
    const struct rs_tile_worker *w = self->worker;
    const struct lanes *lanes = &self->lanes;
    const struct rs_tile_bundle *bundles =
        &w->data->bundles.bundles[lanes->base];
    double all_error =
        (lanes->beside + lanes->tested) * w->single_error + extra;

    for (size_t i = 0; i < RS_BLOCK_Y * self->width; i++) {
        size_t l = i % self->width;
        size_t y = at->y_ix + i / self->width;
        if (!(self->root[i] >= lanes->kept[l] - error) ||
            self->root[i] < 0.0F ||
            sqrt((double)self->all[i]) + all_error <
                rs_keep_least_partial_r(w->env.keep,
                                        w->data->y.columns[y].base_r2))
            continue;
        if (!rs_tile_hits_add_bundle(hits, y - at->tile->y0,
                                     bundles[l].x - at->tile->x0))
            return false;
    }
    return true;
}

/* 8 y with the stack whose sums are there. */
static bool screen_block(struct rs_tile_bundle_screen *self,
                         struct rs_tile_hits *hits, const struct place *at,
                         const struct rs_emitter *emit)
{
    const struct lanes *lanes = &self->lanes;
    double single = self->worker->single_error;
    size_t first = at->row * self->width;
    struct most most =
        fold_block(self->root, self->all, &self->beside[first],
                   &self->tested[first], RS_BLOCK_Y * self->width);
    double all_error = 2.0 * (lanes->beside + lanes->tested) * single + extra;
    double beside = fmin((double)most.beside + all_error, most_beside);
    double error = single * (lanes->tested / sqrt(1.0 - beside) +
                             lanes->beside * sqrt(beside) / (1.0 - beside)) +
                   extra;

    blank(self, at);
    if (((double)most.beside >= most_beside - all_error ||
         (double)most.all >= 1.0 - rs_tile_least_rest - all_error) &&
        !settle_block(self, hits, at, all_error, emit))
        return false;
    count_edges(self, at, emit->tally->at_most, most.root, (float)error);
    if (emit->sample != NULL)
        sample_block(self, at, emit->sample);
    return !(most.root >= lanes->least_kept - (float)error) ||
           take_hits(self, hits, at, (float)error);
}

/* ---- the tile ---------------------------------------------------- */

/* Products of all y of the tile with a block of panels from `panel` on. */
static void multiply(struct rs_tile_bundle_screen *self,
                     const struct rs_tile *tile, size_t panel)
{
    const struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    size_t n = data->basis.n;
    size_t width = self->width;
    size_t step = rs_row_step(n);
    size_t y_first = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;
    const float *x =
        (const float *)data->bundles.singles.panels.base + panel * n * width;

    for (size_t row = 0; row < n; row += step)
        for (size_t y = y_first; y < tile->y1; y += RS_BLOCK_Y)
            w->kernel->product_single(
                &self->block[(y - y_first) * w->block_x], w->block_x,
                rs_tile_single(data, &data->y, y, false) + row * width,
                x + row * width, n * width, n - row < step ? n - row : step,
                row > 0, NULL);
}

/* sums (+)= squares of the columns at c. */
RS_WIDE static void add_squares(float *restrict sums, const float *restrict c,
                                size_t rows, size_t wide, size_t width,
                                bool add)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t l = 0; l < width; l++) {
            float before = add ? sums[i * width + l] : 0.0F;
            sums[i * width + l] = before + c[i * wide + l] * c[i * wide + l];
        }
}

/* Adds panel number k of a stack, at column `column` of the block. */
static void add_panel(struct rs_tile_bundle_screen *self,
                      const struct rs_tile_stack *stack, size_t k,
                      size_t column, size_t rows)
{
    bool beside = k < stack->n_beside;
    size_t wide = self->worker->block_x;

    if (k == 0)
        memset(self->beside, 0, rows * self->width * sizeof *self->beside);
    add_squares(beside ? self->beside : self->tested, &self->block[column],
                rows, wide, self->width, k > 0 && k != stack->n_beside);
}

/* The stack whose sums are complete. */
static bool screen_stack(struct rs_tile_bundle_screen *self, size_t s,
                         struct rs_tile_hits *hits, const struct rs_tile *tile,
                         const struct rs_emitter *emit)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;
    size_t y_first = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;

    set_lanes(self, s, bundles->before[tile->x0], bundles->before[tile->x1]);
    if (!self->lanes.any)
        return true;
    for (size_t y = y_first; y < tile->y1; y += RS_BLOCK_Y) {
        const struct place at = {tile, y, y - y_first};
        if (!screen_block(self, hits, &at, emit))
            return false;
    }
    return true;
}

bool rs_tile_bundle_screen(struct rs_tile_bundle_screen *self,
                           struct rs_tile_hits *hits,
                           const struct rs_tile *tile,
                           const struct rs_emitter *emit)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;
    const struct rs_tile_stack *stacks = bundles->singles.stacks;
    size_t first = bundles->before[tile->x0];
    size_t end = bundles->before[tile->x1];
    size_t s = first / self->width;
    size_t last = (end + self->width - 1) / self->width; /* one behind it */
    size_t in_block = self->worker->kernel->single_x_panels;
    size_t y_first = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;
    size_t rows =
        (tile->y1 - y_first + RS_BLOCK_Y - 1) / RS_BLOCK_Y * RS_BLOCK_Y;

    if (first == end)
        return true;
    for (size_t p = stacks[s].panel; s < last; p += in_block) {
        multiply(self, tile, p);
        for (size_t k = 0; k < in_block && s < last; k++) {
            add_panel(self, &stacks[s], p + k - stacks[s].panel,
                      k * self->width, rows);
            if (p + k + 1 < stacks[s + 1].panel)
                continue;
            if (!screen_stack(self, s, hits, tile, emit))
                return false;
            s++;
        }
    }
    return true;
}
