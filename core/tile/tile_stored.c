/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_stored.h"

#include "mem.h"
#include "tile_bundled.h"
#include "tile_count.h"
#include "tile_grid.h"
#include "tile_missing.h"
#include "tile_pair.h"
#include "tile_values.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

struct rs_tile_stored {
    struct rs_tile_worker *worker;
    double *c;                       /* [products][high][wide] */
    double *abs_r, *rest, *log_p;    /* [wide] of a row */
    struct rs_tile_values *values;   /* a matrix, without rows */
    struct rs_tile_missing *missing; /* NULL when nothing is missing */
    struct rs_tile_bundled *bundled; /* NULL: there are no bundles */
};

enum rs_status rs_tile_stored_new(struct rs_tile_stored **out,
                                  struct rs_tile_worker *worker,
                                  struct rs_error *err)
{
    struct rs_tile_stored *self = rs_alloc(1, sizeof *self, err);
    size_t wide = worker->wide;
    enum rs_status status = RS_ERR_NOMEM;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->worker = worker;
    self->c = rs_alloc(worker->data->way->n_products * worker->high * wide,
                       sizeof *self->c, err);
    self->abs_r = rs_alloc(wide, sizeof *self->abs_r, err);
    self->rest = rs_alloc(wide, sizeof *self->rest, err);
    self->log_p = rs_alloc(wide, sizeof *self->log_p, err);
    if (self->c != NULL && self->abs_r != NULL && self->rest != NULL &&
        self->log_p != NULL)
        status = rs_tile_values_new(&self->values, worker, err);
    if (status == RS_OK && worker->data->any_missing && worker->data->way->by_r)
        status = rs_tile_missing_new(&self->missing, worker, wide, err);
    if (status == RS_OK && worker->data->bundles.n > 0)
        status = rs_tile_bundled_new(&self->bundled, worker, err);
    worker->bundled = self->bundled;
    if (status == RS_OK)
        *out = self;
    else
        rs_tile_stored_free(self);
    return status;
}

void rs_tile_stored_free(struct rs_tile_stored *self)
{
    if (self == NULL)
        return;
    rs_tile_bundled_free(self->bundled);
    rs_tile_missing_free(self->missing);
    rs_tile_values_free(self->values);
    free(self->c);
    free(self->abs_r);
    free(self->rest);
    free(self->log_p);
    free(self);
}

/* ---- products ---------------------------------------------------- */

/* Product k of all blocks of a tile, to self->c. */
static void find_product(struct rs_tile_stored *self,
                         const struct rs_tile_grid *grid, unsigned k)
{
    const struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    size_t width = w->kernel->width;
    size_t n = data->basis.n;
    size_t step = rs_row_step(n);
    unsigned of_y = data->way->products[k].y;
    unsigned of_x = data->way->products[k].x;
    double *c = &self->c[k * w->high * w->wide];

    for (size_t row = 0; row < n; row += step) {
        size_t rows = n - row < step ? n - row : step;
        for (size_t b = grid->block0; b < grid->block1; b++) {
            if (!rs_tile_any_column(data, b * w->block_x, w->block_x))
                continue;
            const double *x =
                rs_tile_face(data, &data->x, of_x, b * w->block_x) +
                row * width;
            for (size_t p = grid->panel0; p < grid->panel1; p++)
                w->kernel->product(
                    &c[(p - grid->panel0) * RS_BLOCK_Y * w->wide +
                       (b - grid->block0) * w->block_x],
                    w->wide,
                    rs_tile_face(data, &data->y, of_y, p * RS_BLOCK_Y) +
                        row * width,
                    x, n * width, rows, row > 0, NULL);
        }
    }
}

/* ---- rows of a tile ---------------------------------------------- */

/* |r| and 1 - r^2; the latter above 0, whatever r. */
RS_WIDE static void fold(double *restrict abs_r, double *restrict rest,
                         const double *restrict r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double a = fabs(r[i]);
        double b = (1.0 - a) * (1.0 + a);
        abs_r[i] = a;
        rest[i] = b > 0.0 ? b : DBL_MIN;
    }
}

/* True when a pair is below what is kept: it need not be looked at. */
static bool is_dull(const struct rs_tile_worker *self,
                    const struct rs_tile_terms *terms,
                    const struct rs_tile_level *level)
{
    double r = fabs(terms->r);

    if (!(r * r < 1.0 - rs_tile_least_rest)) /* perhaps perfect */
        return false;
    return r < level->least_r ||
           r < rs_keep_least_partial_r(self->env.keep, terms->base_r2);
}

/* Counts a pair that is not kept. */
static void count_dull(const struct rs_emitter *emit,
                       struct rs_tile_level *level, size_t i, size_t j,
                       double abs_r)
{
    emit->tally->outcomes[RS_FIT_OK]++;
    rs_count_edges(emit->tally->at_most, &abs_r, 1, level->edges, RS_P_EDGES);
    rs_tile_sample(emit->sample, level, i, j, abs_r);
}

static void emit_plain_row(struct rs_tile_stored *self,
                           const struct rs_emitter *emit,
                           const struct rs_tile *tile,
                           const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const double *r = &self->c[(i - grid->y_first) * w->wide];
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    size_t at = first - grid->x_first;
    size_t n = tile->x1 - first;
    bool full = !rs_keep_some(w->env.keep);
    struct rs_tile_level *level = rs_tile_level_of(w, data->basis.n);

    fold(self->abs_r, self->rest, r + at, n);
    if (full && level != NULL && rs_tile_has_tail(level))
        rs_tail_table_log_p(level->tail, self->log_p, self->abs_r, self->rest,
                            n);
    else
        for (size_t j = 0; j < n; j++)
            self->log_p[j] = NAN;
    for (size_t j = first; j < tile->x1; j++) {
        struct rs_tile_terms terms;
        if (!rs_plan_has(w->env.plan, i, j))
            continue;
        if (!rs_tile_is_plain(data, i, j)) {
            rs_tile_emit_odd(w, emit, tile, i, j, data->basis.n);
            continue;
        }
        rs_tile_plain_terms(&terms, w, &data->y.columns[i], &data->x.columns[j],
                            r[j - grid->x_first]);
        if (!full && level != NULL && is_dull(w, &terms, level)) {
            count_dull(emit, level, i, j, self->abs_r[j - first]);
            continue;
        }
        rs_tile_emit_pair(w, emit, tile, i, j, &terms, self->log_p[j - first]);
    }
}

/* A pair of which at least one column is not plain, or that is not to be had
 * from sums: an outcome that does not depend on the rows, where there are
 * enough of them, or the exact engine. */
static void emit_other(struct rs_tile_worker *self,
                       const struct rs_emitter *emit,
                       const struct rs_tile *tile, size_t i, size_t j,
                       const struct rs_tile_terms *terms)
{
    const struct rs_tile_data *data = self->data;

    if (data->x.columns[j].kind != RS_TILE_BUNDLE &&
        (isnan(terms->r) || data->basis.base.absorb != NULL ||
         rs_tile_is_plain(data, i, j)))
        rs_tile_emit_exactly(self, emit, tile, i, j);
    else
        rs_tile_emit_odd(self, emit, tile, i, j, terms->n);
}

static void emit_missing_row(struct rs_tile_stored *self,
                             const struct rs_emitter *emit,
                             const struct rs_tile *tile,
                             const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    bool full = !rs_keep_some(w->env.keep);
    bool plain_y = data->y.columns[i].kind == RS_TILE_PLAIN;

    for (size_t j = first; j < tile->x1; j++) {
        const struct rs_tile_terms *terms = NULL;
        struct rs_tile_level *level = NULL;
        if (!rs_plan_has(w->env.plan, i, j))
            continue;
        terms = rs_tile_missing_at(self->missing, i - grid->y_first,
                                   j - grid->x_first);
        if (!plain_y || data->x.columns[j].kind != RS_TILE_PLAIN ||
            isnan(terms->r)) {
            emit_other(w, emit, tile, i, j, terms);
            continue;
        }
        level = rs_tile_level_of(w, terms->level);
        if (full && emit->values != NULL &&
            rs_tile_values_pair(w, emit, i, j, terms, level))
            continue;
        if (!full && level != NULL && is_dull(w, terms, level)) {
            count_dull(emit, level, i, j, fabs(terms->r));
            continue;
        }
        rs_tile_emit_pair(w, emit, tile, i, j, terms, NAN);
    }
}

/* Fits, counts and emits one pair by its products. */
static void emit_meeting(struct rs_tile_worker *self,
                         const struct rs_emitter *emit,
                         const struct rs_tile *tile, size_t i, size_t j,
                         const struct rs_tile_meeting *meeting)
{
    struct rs_tile_level *level = rs_tile_level_of(self, self->data->basis.n);
    struct rs_tile_terms terms;
    struct rs_fit fit;

    if (!rs_tile_begin(self, emit, tile, i, j))
        return;
    rs_tile_plain_terms(&terms, self, meeting->y, meeting->x,
                        meeting->products[0]);
    if (level == NULL ||
        !self->data->way->assemble(&fit, self, &terms, level, meeting))
        rs_tile_fit_exactly(self, &fit, i, j);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}

/* A row by a way of its own. An odd pair's outcome is known by the kinds where
 * all rows are there. */
static void emit_way_row(struct rs_tile_stored *self,
                         const struct rs_emitter *emit,
                         const struct rs_tile *tile,
                         const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const double *row = &self->c[(i - grid->y_first) * w->wide];
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    struct rs_tile_meeting meeting = {.y = &data->y.columns[i],
                                      .y_own = data->y.own[i]};

    for (size_t j = first; j < tile->x1; j++) {
        meeting.x = &data->x.columns[j];
        meeting.x_own = data->x.own[j];
        if (!rs_plan_has(w->env.plan, i, j))
            continue;
        if (!data->any_missing && !rs_tile_is_plain(data, i, j)) {
            rs_tile_emit_odd(w, emit, tile, i, j, data->basis.n);
            continue;
        }
        if (isnan(meeting.y_own) || isnan(meeting.x_own)) {
            rs_tile_emit_exactly(w, emit, tile, i, j);
            continue;
        }
        for (unsigned k = 0; k < data->way->n_products; k++)
            meeting.products[k] =
                row[k * w->high * w->wide + j - grid->x_first];
        emit_meeting(w, emit, tile, i, j, &meeting);
    }
}

void rs_tile_store(struct rs_tile_stored *self, const struct rs_tile *tile,
                   const struct rs_emitter *emit)
{
    struct rs_tile_grid grid = rs_tile_grid_of(self->worker, tile);
    bool in_bulk = rs_tile_values_begin(self->values, emit, tile, &grid);

    if (emit->values != NULL && (!in_bulk || grid.block0 >= grid.block1))
        rs_values_blank(emit->values, tile);
    if (grid.block0 >= grid.block1) /* all below the diagonal */
        return;
    for (unsigned k = 0; k < self->worker->data->way->n_products; k++)
        find_product(self, &grid, k);
    if (self->missing != NULL)
        rs_tile_missing_begin(self->missing, &grid, tile);
    if (self->bundled != NULL)
        rs_tile_bundled_begin(self->bundled, tile);
    for (size_t i = tile->y0; i < tile->y1; i++) {
        rs_engine_between(emit);
        if (self->bundled != NULL)
            rs_tile_bundled_row(self->bundled, tile, i);
        if (in_bulk) {
            rs_tile_values_row(
                self->values, &self->c[(i - grid.y_first) * self->worker->wide],
                emit, tile, &grid, i);
            continue;
        }
        if (!self->worker->data->way->by_r) {
            emit_way_row(self, emit, tile, &grid, i);
            continue;
        }
        if (self->missing == NULL) {
            emit_plain_row(self, emit, tile, &grid, i);
            continue;
        }
        if (i == tile->y0 || i % RS_BLOCK_Y == 0)
            rs_tile_missing_strip(self->missing, self->c, &grid, tile,
                                  i / RS_BLOCK_Y);
        emit_missing_row(self, emit, tile, &grid, i);
    }
}
