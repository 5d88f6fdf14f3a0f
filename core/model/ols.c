/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "mem.h"
#include "ols_shared.h"
#include "row_set.h"
#include "term_numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- life -------------------------------------------------------- */

static void clear_terms(struct rs_ols *self)
{
    for (size_t i = 0;
         self->without != NULL && i < self->base.spec.n_covariates; i++)
        rs_ols_close(self->without[i]);
    free(self->without);
    free(self->rest);
    free(self->levels);
    free(self->block_terms);
}

void rs_ols_close(void *state)
{
    struct rs_ols *self = state;

    if (self == NULL)
        return;
    for (size_t j = 0;
         self->cache != NULL && j < self->base.spec.data->n_columns; j++)
        rs_lsq_column_clear(&self->cache[j]);
    rs_lsq_column_clear(&self->y_column);
    rs_lsq_column_clear(&self->x_column);
    rs_lsq_free(self->lsq);
    rs_ols_block_clear(self);
    clear_terms(self);
    rs_base_columns_clear(&self->base);
    free(self->y_rows);
    free(self->rows);
    free(self->pair_rows);
    free(self->cache);
    free(self->covariates);
    rs_errors_room_clear(&self->errors);
    free(self->spreads);
    rs_contrast_clear(&self->contrast);
    free(self);
}

static void forget_spreads(struct rs_ols *self)
{
    size_t n = rs_term_count(&self->base.spec);

    for (size_t t = 0; self->any_spread && t < n; t++)
        self->spreads[t] = NAN;
    self->any_spread = false;
}

bool rs_ols_errors_room(struct rs_ols *self, size_t most)
{
    const struct rs_spec *spec = &self->base.spec;

    if (!rs_errors_robust(spec) || self->errors.most >= most)
        return true;
    rs_errors_room_clear(&self->errors);
    if (rs_errors_room_init(&self->errors, spec, self->base.n_rows, most,
                            NULL) == RS_OK)
        return true;
    rs_errors_room_clear(&self->errors);
    return false;
}

static enum rs_status allocate(struct rs_ols *self, struct rs_error *err)
{
    size_t n = self->base.n_rows;
    size_t n_words = self->base.n_words;
    const struct rs_spec *spec = &self->base.spec;
    enum rs_status status = RS_OK;

    self->y_rows = rs_alloc(n_words, sizeof(uint64_t), err);
    self->rows = rs_alloc(n_words, sizeof(uint64_t), err);
    self->pair_rows = rs_alloc(n_words, sizeof(uint64_t), err);
    self->cache = rs_alloc(spec->data->n_columns, sizeof *self->cache, err);
    self->covariates =
        rs_alloc(self->base.n_max, sizeof *self->covariates, err);
    if (self->y_rows == NULL || self->rows == NULL || self->pair_rows == NULL ||
        self->cache == NULL || self->covariates == NULL)
        return RS_ERR_NOMEM;
    if (self->base.absorb != NULL) {
        self->spreads = rs_alloc(rs_term_count(spec), sizeof(double), err);
        if (self->spreads == NULL)
            return RS_ERR_NOMEM;
        self->any_spread = true;
        forget_spreads(self);
    }
    status = rs_base_column_init(&self->base, &self->y_column, err);
    if (status == RS_OK)
        status = rs_base_column_init(&self->base, &self->x_column, err);
    if (status == RS_OK && rs_errors_robust(spec))
        status =
            rs_errors_room_init(&self->errors, &self->base.spec, n, 1, err);
    if (status == RS_OK)
        status =
            rs_lsq_new(&self->lsq, n, self->base.n_max, spec->intercept, err);
    return status;
}

enum rs_status rs_ols_open(void **state, const struct rs_spec *spec,
                           struct rs_error *err)
{
    struct rs_ols *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    status = rs_base_columns_init(&self->base, spec, err);
    self->which = RS_ROWS_NONE;
    self->y = RS_NO_COLUMN;
    self->y_seen = RS_NO_COLUMN;
    if (status == RS_OK) {
        self->cache_left =
            spec->cache_bytes / rs_base_column_bytes(&self->base);
        status = allocate(self, err);
    }
    if (status != RS_OK) {
        rs_ols_close(self);
        return status;
    }
    *state = self;
    return RS_OK;
}

/* A column prepared on the rows set now, by way of the cache; `scratch` is
 * used where that is full. */
static const struct rs_lsq_column *
prepared(struct rs_ols *self, struct rs_lsq_column *scratch, size_t column)
{
    struct rs_lsq_column *kept = &self->cache[column];

    if (self->which == RS_ROWS_FULL && kept->shifted != NULL)
        return kept;
    if (self->which == RS_ROWS_FULL && self->cache_left > 0 &&
        rs_base_column_init(&self->base, kept, NULL) == RS_OK) {
        self->cache_left--;
        scratch = kept;
    }
    rs_base_prepare(&self->base, scratch, self->rows, column);
    return scratch;
}

/* ---- a pair ------------------------------------------------------ */

/* Finds the rows that have y, x and the covariates; *n is how many. */
static const uint64_t *find_rows(struct rs_ols *self, size_t *n, size_t y,
                                 size_t x)
{
    const struct rs_column *columns = self->base.spec.data->columns;
    size_t n_words = self->base.n_words;

    if (self->y_seen != y) {
        self->n_y = rs_rows_and(self->y_rows, self->base.rows, columns[y].valid,
                                n_words);
        self->y_seen = y;
    }
    *n = self->n_y;
    if (columns[x].n_missing == 0)
        return self->y_rows;
    *n = rs_rows_and(self->pair_rows, self->y_rows, columns[x].valid, n_words);
    return self->pair_rows;
}

/* Makes these rows the current ones, unless they are already. As all rows of
 * a pair are full ones, their number tells when they are the full rows. */
static void set_rows(struct rs_ols *self, const uint64_t *rows, size_t n)
{
    size_t bytes = self->base.n_words * sizeof *rows;
    enum rs_which_rows which = n == self->base.n ? RS_ROWS_FULL : RS_ROWS_SOME;

    if (self->which == which && self->n == n &&
        (which == RS_ROWS_FULL || memcmp(self->rows, rows, bytes) == 0))
        return;
    memcpy(self->rows, rows, bytes);
    self->which = which;
    self->n = n;
    self->y = RS_NO_COLUMN;
    self->log_weight = rs_base_log_weight(&self->base, rows);
    rs_base_columns_set(&self->base, rows, n);
    rs_base_to_lsq(&self->base, self->lsq);
    if (self->base.absorb != NULL && !self->base.settled)
        self->no_memory = true;
    forget_spreads(self);
    self->errors.levels_known = false;
}

static void set_response(struct rs_ols *self, size_t y)
{
    if (self->y == y)
        return;
    rs_lsq_response(self->lsq, prepared(self, &self->y_column, y));
    self->y = y;
}

/* Fits the response on x on the rows set now; false: no memory. */
static bool fit_x(struct rs_ols *self, struct rs_lsq_result *result, size_t x,
                  const struct rs_block *block)
{
    const struct rs_spec *spec = &self->base.spec;

    if (block->plain) {
        rs_lsq_fit(self->lsq, result, prepared(self, &self->x_column, x));
        return true;
    }
    if (rs_block_find(&self->there, spec, x, self->rows, NULL) != RS_OK)
        return false;
    rs_ols_fit_block(self, result, x);
    return true;
}

bool rs_ols_fit_on(struct rs_ols *self, struct rs_lsq_result *result,
                   const uint64_t *rows, size_t n, size_t y, size_t x)
{
    const struct rs_block block = rs_block_of(&self->base.spec, x);

    if (!block.plain && !rs_ols_block_room(self, &block))
        self->no_memory = true;
    if (self->lsq == NULL)
        return false;
    if (rs_lsq_shrink(self->lsq) || !block.plain)
        self->errors.base_known = false;
    set_rows(self, rows, n);
    if (self->base.absorb != NULL && !rs_lsq_has_df(self->lsq, result))
        return true;
    set_response(self, y);
    if (fit_x(self, result, x, &block))
        return true;
    self->no_memory = true;
    return false;
}

bool rs_ols_solve(struct rs_ols *self, struct rs_lsq_result *result, size_t *n,
                  size_t y, size_t x)
{
    size_t n_rows = 0;
    const uint64_t *rows = find_rows(self, &n_rows, y, x);

    *n = (size_t)rs_base_count(&self->base, rows, n_rows);
    if (*n < self->base.spec.min_n || n_rows == 0)
        return false;
    return rs_ols_fit_on(self, result, rows, n_rows, y, x);
}

void rs_ols_base_left(struct rs_ols *self)
{
    struct rs_errors_room *room = &self->errors;

    if (!room->levels_known) {
        self->no_memory =
            rs_absorbed_left(room->levels, &self->base, NULL) != RS_OK ||
            self->no_memory;
        rs_rows_numbers(room->row, self->rows, self->base.n_words);
        if (self->base.spec.counts)
            rs_base_counts(room->times, &self->base, self->rows);
    }
    if (!room->levels_known || !room->base_known)
        rs_lsq_base_left(room->base, room->levels, self->lsq);
    room->levels_known = true;
    room->base_known = true;
}
