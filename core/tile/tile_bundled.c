/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundled.h"

#include "mem.h"
#include "tile_bundle_bulk.h"
#include "tile_bundle_missing.h"
#include "tile_count.h"
#include "tile_pair.h"
#include "vector_code.h"

#include <float.h>
#include <stdlib.h>

struct rs_tile_bundled {
    struct rs_tile_worker *worker;
    struct rs_tile_f_levels *levels;
    size_t wide; /* columns of products */
    double *c;   /* [high][wide] */

    struct rs_tile_bundle_range range; /* the tile's */
    size_t y_first; /* place of row 0 of c in the plan's list */
    struct rs_tile_bundle_missing *missing; /* NULL when nothing is missing */
    struct rs_tile_bundle_bulk *bulk;
    bool in_bulk; /* the tile is */
    /* of its bundles, from the first of stack0 on */
    const struct rs_tile_f_level **f; /* NULL: there is none */
    /* [whole stacks] of a row */
    double *beside, *tested, *z, *rest, *log_p;
};

/* ---- life -------------------------------------------------------- */

/* Bundles [*first, *end) of the x [x0, x1), and the stacks they are in. */
static void find_range(struct rs_tile_bundled *self, size_t x0, size_t x1)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;
    size_t width = bundles->doubles.width;

    self->range.first = bundles->before[x0];
    self->range.end = bundles->before[x1];
    self->range.stack0 = self->range.first / width;
    self->range.stack1 = self->range.end == self->range.first
                             ? self->range.stack0
                             : (self->range.end + width - 1) / width;
}

/* Panels of the range. */
static size_t n_panels(const struct rs_tile_bundled *self)
{
    const struct rs_tile_stack *stacks =
        self->worker->data->bundles.doubles.stacks;

    return stacks[self->range.stack1].panel - stacks[self->range.stack0].panel;
}

/* Most panels and most stacks of a tile, which in a list begins anywhere. */
static void find_most(struct rs_tile_bundled *self, size_t *panels,
                      size_t *stacks)
{
    const struct rs_plan *plan = self->worker->env.plan;
    size_t step = plan->pairs == RS_PAIRS_LIST ? 1 : plan->tile_x;

    for (size_t x0 = 0; x0 < plan->n_x; x0 += step) {
        size_t x1 =
            plan->n_x - x0 < plan->tile_x ? plan->n_x : x0 + plan->tile_x;
        size_t n = 0;
        find_range(self, x0, x1);
        n = n_panels(self);
        *panels = n > *panels ? n : *panels;
        n = self->range.stack1 - self->range.stack0;
        *stacks = n > *stacks ? n : *stacks;
    }
}

enum rs_status rs_tile_bundled_new(struct rs_tile_bundled **out,
                                   struct rs_tile_worker *worker,
                                   struct rs_error *err)
{
    struct rs_tile_bundled *self = rs_alloc(1, sizeof *self, err);
    size_t width = worker->kernel->width;
    size_t panels = 0;
    size_t cells = 0;
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->worker = worker;
    find_most(self, &panels, &cells);
    cells *= width;
    self->wide = (panels + worker->kernel->x_panels) * width;
    self->c = rs_alloc(worker->high * self->wide, sizeof *self->c, err);
    self->f = rs_alloc(cells, sizeof(void *), err);
    self->beside = rs_alloc(5 * cells, sizeof *self->beside, err);
    if (self->c == NULL || self->f == NULL || self->beside == NULL)
        status = RS_ERR_NOMEM;
    if (status == RS_OK)
        status = rs_tile_f_levels_new(&self->levels, worker, err);
    if (status == RS_OK)
        status = rs_tile_bundle_bulk_new(&self->bulk, worker, cells, err);
    if (status == RS_OK && worker->data->any_missing)
        status = rs_tile_bundle_missing_new(&self->missing, worker, cells, err);
    if (status != RS_OK) {
        rs_tile_bundled_free(self);
        return status;
    }
    self->tested = self->beside + cells;
    self->z = self->tested + cells;
    self->rest = self->z + cells;
    self->log_p = self->rest + cells;
    *out = self;
    return RS_OK;
}

void rs_tile_bundled_free(struct rs_tile_bundled *self)
{
    if (self == NULL)
        return;
    rs_tile_bundle_bulk_free(self->bulk);
    rs_tile_bundle_missing_free(self->missing);
    rs_tile_f_levels_free(self->levels);
    free(self->c);
    free(self->f);
    free(self->beside);
    free(self);
}

/* ---- products ---------------------------------------------------- */

static void multiply(struct rs_tile_bundled *self, const struct rs_tile *tile)
{
    const struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    size_t width = stacks->width;
    size_t n = data->basis.n;
    size_t step = rs_row_step(n);
    size_t panel0 = stacks->stacks[self->range.stack0].panel;
    size_t panel1 = stacks->stacks[self->range.stack1].panel;
    const double *x = stacks->panels.base;

    for (size_t row = 0; row < n; row += step) {
        size_t rows = n - row < step ? n - row : step;
        for (size_t p = panel0; p < panel1; p += w->kernel->x_panels)
            for (size_t y = self->y_first; y < tile->y1; y += RS_BLOCK_Y)
                w->kernel->product(
                    &self->c[(y - self->y_first) * self->wide +
                             (p - panel0) * width],
                    self->wide, rs_tile_column(data, &data->y, y) + row * width,
                    x + (p * n + row) * width, n * width, rows, row > 0, NULL);
    }
}

/* What the bulk needs of row 0 of the products, or of another. */
static struct rs_tile_bundle_row row_of(const struct rs_tile_bundled *self,
                                        size_t row)
{
    const struct rs_tile_stacks *stacks = &self->worker->data->bundles.doubles;

    return (struct rs_tile_bundle_row){
        .f = self->f,
        .base = self->range.stack0 * stacks->width,
        .first = self->range.first,
        .end = self->range.end,
        .panel0 = stacks->stacks[self->range.stack0].panel,
        .c = &self->c[row * self->wide],
        .beside = self->beside,
        .tested = self->tested,
        .z = self->z,
        .rest = self->rest,
    };
}

void rs_tile_bundled_begin(struct rs_tile_bundled *self,
                           const struct rs_emitter *emit,
                           const struct rs_tile *tile)
{
    struct rs_tile_bundle_row row;
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_bundles *bundles = &data->bundles;
    size_t base = 0;

    find_range(self, tile->x0, tile->x1);
    self->y_first = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;
    base = self->range.stack0 * bundles->doubles.width;
    for (size_t b = self->range.first; b < self->range.end; b++) {
        self->f[b - base] =
            self->missing != NULL
                ? NULL
                : rs_tile_f_level_of(self->levels, &bundles->bundles[b],
                                     data->basis.n);
    }
    if (self->missing != NULL)
        rs_tile_bundle_missing_begin(self->missing, &self->range);
    self->in_bulk = rs_tile_bundle_bulk_can(self->bulk, emit);
    row = row_of(self, 0);
    if (self->in_bulk)
        rs_tile_bundle_bulk_begin(self->bulk, &row);
    multiply(self, tile);
}

/* ---- rows -------------------------------------------------------- */

/* out = sum over k of c[k][]^2 */
RS_WIDE static void sum_squares(double *restrict out, const double *restrict c,
                                size_t n, size_t width)
{
    for (size_t l = 0; l < width; l++)
        out[l] = 0.0;
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < width; l++)
            out[l] += c[k * width + l] * c[k * width + l];
}

/* z and 1 - z; the latter above 0, whatever they are. */
RS_WIDE static void share(double *restrict z, double *restrict rest,
                          const double *restrict beside,
                          const double *restrict tested, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double a = 0.0;
        double b = 0.0;
        rs_tile_joint_share(&a, &b, beside[i], tested[i]);
        z[i] = a;
        rest[i] = b > 0.0 ? b : DBL_MIN;
    }
}

/* ln p of cells [first, end), run by run of the same degrees of freedom. */
static void find_log_p(struct rs_tile_bundled *self, size_t first, size_t end)
{
    while (first < end) {
        const struct rs_tile_f_level *f = self->f[first];
        size_t n = 1;
        while (first + n < end && self->f[first + n] == f)
            n++;
        if (f != NULL)
            rs_f_table_log_p(f->table, &self->log_p[first], &self->z[first],
                             &self->rest[first], n);
        first += n;
    }
}

/* The same where values are missing. */
static void find_row(struct rs_tile_bundled *self, const struct rs_tile *tile,
                     size_t i)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;
    size_t base = self->range.stack0 * bundles->doubles.width;

    rs_tile_bundle_missing_row(self->missing,
                               &self->c[(i - self->y_first) * self->wide], i,
                               i == tile->y0 || i % RS_BLOCK_Y == 0);
    for (size_t b = self->range.first; b < self->range.end; b++) {
        const struct rs_tile_bundle_common *common =
            rs_tile_bundle_missing_at(self->missing, b - base);
        self->f[b - base] =
            common->sound
                ? rs_tile_f_level_of(self->levels, &bundles->bundles[b],
                                     (size_t)common->joint.n)
                : NULL;
    }
}

void rs_tile_bundled_row(struct rs_tile_bundled *self,
                         const struct rs_emitter *emit,
                         const struct rs_tile *tile, size_t i)
{
    const struct rs_tile_bundle_row row = row_of(self, i - self->y_first);
    const struct rs_tile_stacks *stacks = &self->worker->data->bundles.doubles;
    size_t width = stacks->width;

    if (self->missing != NULL) {
        find_row(self, tile, i);
        return;
    }
    for (size_t s = self->range.stack0; s < self->range.stack1; s++) {
        const struct rs_tile_stack *stack = &stacks->stacks[s];
        const double *c = &row.c[(stack->panel - row.panel0) * width];
        size_t at = s * width - row.base;
        sum_squares(&self->beside[at], c, stack->n_beside, width);
        sum_squares(&self->tested[at], &c[stack->n_beside * width],
                    stack->n_tested, width);
    }
    share(self->z, self->rest, self->beside, self->tested,
          (self->range.stack1 - self->range.stack0) * width);
    if (self->in_bulk)
        rs_tile_bundle_bulk_row(self->bulk, &row, emit, i);
    else if (!rs_keep_some(self->worker->env.keep))
        find_log_p(self, row.first - row.base, row.end - row.base);
}

/* What bundle b and y i make of their products. */
static void find_joint(struct rs_tile_joint *out,
                       const struct rs_tile_bundled *self, size_t i, size_t b)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    size_t width = stacks->width;
    size_t panel = stacks->stacks[b / width].panel -
                   stacks->stacks[self->range.stack0].panel;

    if (self->missing != NULL)
        *out = rs_tile_bundle_missing_at(self->missing,
                                         b - self->range.stack0 * width)
                   ->joint;
    else
        rs_tile_joint_of(out, data, i, b, stacks,
                         &self->c[(i - self->y_first) * self->wide +
                                  panel * width + b % width],
                         width);
}

/* Counts a pair that is not kept. */
static void count_dull(const struct rs_emitter *emit,
                       const struct rs_tile_f_level *f,
                       const struct rs_tile_joint *joint, size_t i, size_t j)
{
    emit->tally->outcomes[RS_FIT_OK]++;
    rs_count_edges(emit->tally->at_most, &joint->z, 1, f->edges, RS_P_EDGES);
    rs_tile_f_sample(emit->sample, f, i, j, joint->z, joint->rest);
}

static void emit_bundle(struct rs_tile_bundled *self,
                        const struct rs_emitter *emit,
                        const struct rs_tile *tile, size_t i, size_t j)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_bundles *bundles = &w->data->bundles;
    size_t b = bundles->before[j];
    size_t at = b - self->range.stack0 * bundles->doubles.width;
    const struct rs_tile_f_level *f = self->f[at];
    bool full = !rs_keep_some(w->env.keep);
    bool known = full && self->missing == NULL && !self->in_bulk;
    struct rs_tile_joint joint;
    struct rs_fit fit;

    if (f == NULL || w->data->y.columns[i].kind != RS_TILE_PLAIN) {
        rs_tile_emit_exactly(w, emit, tile, i, j);
        return;
    }
    find_joint(&joint, self, i, b);
    if (!full && rs_tile_joint_is_dull(w, &joint, f)) {
        count_dull(emit, f, &joint, i, j);
        return;
    }
    if (!rs_tile_begin(w, emit, tile, i, j))
        return;
    if (!rs_tile_joint_assemble(
            &fit, w, &joint, f,
            known ? self->log_p[at] : rs_tile_f_log_p(f, joint.z, joint.rest)))
        rs_tile_fit_exactly(w, &fit, i, j);
    else if (emit->values == NULL || emit->values->field == RS_FIELD_INTERCEPT)
        rs_tile_joint_complete(&fit, w, i, j);
    rs_engine_emit(&w->env, emit, i, j, &fit);
}

bool rs_tile_bundled_number(double *out, const struct rs_tile_bundled *self,
                            size_t j)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;

    return self->in_bulk && bundles->before[j] < bundles->before[j + 1] &&
           rs_tile_bundle_bulk_at(out, self->bulk,
                                  bundles->before[j] -
                                      self->range.stack0 *
                                          bundles->doubles.width);
}

void rs_tile_bundled_emit_other(struct rs_tile_worker *self,
                                const struct rs_emitter *emit,
                                const struct rs_tile *tile, size_t i, size_t j,
                                size_t n)
{
    if (self->data->x.columns[j].kind == RS_TILE_BUNDLE)
        emit_bundle(self->bundled, emit, tile, i, j);
    else
        rs_tile_emit_odd(self, emit, tile, i, j, n);
}
