/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_stored.h"

#include "mem.h"
#include "tile_bundled.h"
#include "tile_count.h"
#include "tile_grid.h"
#include "tile_meat_missing.h"
#include "tile_pair.h"
#include "tile_products.h"
#include "tile_values.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

struct rs_tile_stored {
    struct rs_tile_worker *worker;
    double *c;                          /* [products][high][wide] */
    double *open;                       /* [high][wide] of clusters; NULL */
    double *abs_r, *rest, *log_p;       /* [wide] of a row */
    bool *wanted;                       /* [panels][blocks] of a list */
    struct rs_tile_values *values;      /* a matrix, without rows */
    struct rs_tile_missing *missing;    /* NULL when nothing is missing */
    struct rs_tile_meat_missing *meats; /* of a way of its own; NULL likewise,
                                           and beside absorbed factors */
    struct rs_tile_bundled *bundled;    /* NULL: there are no bundles */
};

/* What missing values need. */
static enum rs_status open_missing(struct rs_tile_stored *self,
                                   struct rs_error *err)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    enum rs_status status = RS_OK;

    if (!data->any_missing ||
        (!data->way->by_r && data->basis.base.absorb != NULL))
        return RS_OK;
    status = rs_tile_missing_new(&self->missing, w, w->wide, err);
    if (status == RS_OK && !data->way->by_r)
        status = rs_tile_meat_missing_new(&self->meats, w, self->missing,
                                          w->wide, err);
    return status;
}

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
    self->c = rs_alloc(rs_tile_n_products(worker->data) * worker->high * wide,
                       sizeof *self->c, err);
    if (worker->data->way->by_cluster)
        self->open = rs_alloc(worker->high * wide, sizeof *self->open, err);
    self->abs_r = rs_alloc(wide, sizeof *self->abs_r, err);
    self->rest = rs_alloc(wide, sizeof *self->rest, err);
    self->log_p = rs_alloc(wide, sizeof *self->log_p, err);
    self->wanted =
        rs_alloc(worker->high / RS_BLOCK_Y * (wide / worker->block_x),
                 sizeof *self->wanted, err);
    if (self->c != NULL && self->wanted != NULL && self->abs_r != NULL &&
        self->rest != NULL && self->log_p != NULL &&
        (self->open != NULL) == worker->data->way->by_cluster)
        status = rs_tile_values_new(&self->values, worker, err);
    if (status == RS_OK)
        status = open_missing(self, err);
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
    rs_tile_meat_missing_free(self->meats);
    rs_tile_missing_free(self->missing);
    rs_tile_values_free(self->values);
    free(self->wanted);
    free(self->c);
    free(self->open);
    free(self->abs_r);
    free(self->rest);
    free(self->log_p);
    free(self);
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

/* |r| and ln p of a row's cells, as many as there are in a grid. The pairs of
 * a list are few of them, and get theirs one by one. */
static void find_row(struct rs_tile_stored *self, struct rs_tile_level *level,
                     const double *r, size_t n)
{
    const struct rs_tile_worker *w = self->worker;

    fold(self->abs_r, self->rest, r, n);
    if (!rs_keep_some(w->env.keep) && level != NULL && rs_tile_has_tail(level))
        rs_tail_table_log_p(level->tail, self->log_p, self->abs_r, self->rest,
                            n);
    else
        for (size_t j = 0; j < n; j++)
            self->log_p[j] = NAN;
}

static void emit_plain_row(struct rs_tile_stored *self,
                           const struct rs_emitter *emit,
                           const struct rs_tile *tile,
                           const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const struct rs_plan *plan = w->env.plan;
    const double *r = &self->c[(i - grid->y_first) * w->wide];
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    bool listed = plan->pairs == RS_PAIRS_LIST;
    bool full = !rs_keep_some(w->env.keep);
    struct rs_tile_level *level = rs_tile_level_of(w, data->basis.n);

    if (!listed)
        find_row(self, level, r + (first - grid->x_first), tile->x1 - first);
    for (size_t j = rs_plan_next(plan, i, first); j < tile->x1;
         j = rs_plan_next(plan, i, j + 1)) {
        struct rs_tile_terms terms;
        if (!rs_tile_is_plain(data, i, j)) {
            rs_tile_bundled_emit_other(w, emit, tile, i, j, data->basis.n);
            continue;
        }
        rs_tile_plain_terms(&terms, w, &data->y.columns[i], &data->x.columns[j],
                            r[j - grid->x_first]);
        if (!full && level != NULL && is_dull(w, &terms, level))
            count_dull(emit, level, i, j, fabs(terms.r));
        else
            rs_tile_emit_pair(w, emit, tile, i, j, &terms,
                              listed ? NAN : self->log_p[j - first]);
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
        rs_tile_bundled_emit_other(self, emit, tile, i, j, terms->n);
}

static void emit_missing_row(struct rs_tile_stored *self,
                             const struct rs_emitter *emit,
                             const struct rs_tile *tile,
                             const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const struct rs_plan *plan = w->env.plan;
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    bool full = !rs_keep_some(w->env.keep);
    bool plain_y = data->y.columns[i].kind == RS_TILE_PLAIN;

    for (size_t j = rs_plan_next(plan, i, first); j < tile->x1;
         j = rs_plan_next(plan, i, j + 1)) {
        const struct rs_tile_terms *terms = rs_tile_missing_at(
            self->missing, i - grid->y_first, j - grid->x_first);
        struct rs_tile_level *level = NULL;
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

/* Fits, counts and emits one pair. */
static void emit_meat(struct rs_tile_worker *self,
                      const struct rs_emitter *emit, const struct rs_tile *tile,
                      size_t i, size_t j, const struct rs_tile_terms *terms,
                      const struct rs_tile_meat *meat)
{
    struct rs_tile_level *level = rs_tile_level_of(self, terms->level);
    struct rs_fit fit;

    if (!rs_tile_begin(self, emit, tile, i, j))
        return;
    if (level == NULL || !rs_tile_meat_assemble(&fit, self, terms, level, meat))
        rs_tile_fit_exactly(self, &fit, i, j);
    rs_engine_emit(&self->env, emit, i, j, &fit);
}

/* A pair of plain columns by its products. */
static void emit_products(struct rs_tile_stored *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile, size_t i, size_t j,
                          const double *products)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    struct rs_tile_terms terms;
    struct rs_tile_meat meat;

    if (isnan(data->y.own[i]) || isnan(data->x.own[j])) {
        rs_tile_emit_exactly(w, emit, tile, i, j);
        return;
    }
    rs_tile_plain_terms(&terms, w, &data->y.columns[i], &data->x.columns[j],
                        products[RS_PRODUCT_R]);
    rs_tile_meat_of(&meat, data, products, w->high * w->wide, data->x.own[j]);
    emit_meat(w, emit, tile, i, j, &terms, &meat);
}

/* A pair with missing values. */
static void emit_meat_missing(struct rs_tile_stored *self,
                              const struct rs_emitter *emit,
                              const struct rs_tile *tile,
                              const struct rs_tile_grid *grid, size_t i,
                              size_t j)
{
    struct rs_tile_worker *w = self->worker;
    size_t row = i - grid->y_first;
    size_t column = j - grid->x_first;
    const struct rs_tile_terms *terms = NULL;

    if (self->meats == NULL) {
        rs_tile_emit_exactly(w, emit, tile, i, j);
        return;
    }
    terms = rs_tile_missing_at(self->missing, row, column);
    if (isnan(terms->r) || !rs_tile_is_plain(w->data, i, j))
        emit_other(w, emit, tile, i, j, terms);
    else
        emit_meat(w, emit, tile, i, j, terms,
                  rs_tile_meat_missing_at(self->meats, row, column));
}

/* A row by a way of its own. An odd pair's outcome is known by the kinds where
 * all rows are there. */
static void emit_meat_row(struct rs_tile_stored *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile,
                          const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = self->worker;
    const struct rs_tile_data *data = w->data;
    const struct rs_plan *plan = w->env.plan;
    const double *row = &self->c[(i - grid->y_first) * w->wide];
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;

    for (size_t j = rs_plan_next(plan, i, first); j < tile->x1;
         j = rs_plan_next(plan, i, j + 1)) {
        if (rs_tile_misses(data, i, j))
            emit_meat_missing(self, emit, tile, grid, i, j);
        else if (!rs_tile_is_plain(data, i, j))
            rs_tile_bundled_emit_other(w, emit, tile, i, j, data->basis.n);
        else
            emit_products(self, emit, tile, i, j, &row[j - grid->x_first]);
    }
}

/* What is made of missing values for 8 y at a time. */
static void begin_strip(struct rs_tile_stored *self, const struct rs_tile *tile,
                        const struct rs_tile_grid *grid, size_t panel)
{
    if (self->missing != NULL)
        rs_tile_missing_strip(self->missing, self->c, grid, tile, panel);
    if (self->meats != NULL)
        rs_tile_meat_missing_strip(self->meats, grid, tile, panel);
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
    rs_tile_grid_want(&grid, self->wanted, self->worker, tile);
    rs_tile_products(self->c, self->open, self->worker, &grid, tile);
    if (self->missing != NULL)
        rs_tile_missing_begin(self->missing, &grid, tile);
    if (self->bundled != NULL)
        rs_tile_bundled_begin(self->bundled, emit, tile);
    for (size_t i = tile->y0; i < tile->y1; i++) {
        rs_engine_between(emit);
        if (self->bundled != NULL)
            rs_tile_bundled_row(self->bundled, emit, tile, i);
        if (in_bulk) {
            rs_tile_values_row(
                self->values, &self->c[(i - grid.y_first) * self->worker->wide],
                emit, tile, &grid, i);
            continue;
        }
        if (i == tile->y0 || i % RS_BLOCK_Y == 0)
            begin_strip(self, tile, &grid, i / RS_BLOCK_Y);
        if (!self->worker->data->way->by_r)
            emit_meat_row(self, emit, tile, &grid, i);
        else if (self->missing == NULL)
            emit_plain_row(self, emit, tile, &grid, i);
        else
            emit_missing_row(self, emit, tile, &grid, i);
    }
}
