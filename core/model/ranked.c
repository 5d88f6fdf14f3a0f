/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranked.h"

#include "base_columns.h"
#include "parallel.h"
#include "ranks.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct rs_ranked {
    struct rs_spec spec;    /* of `data` */
    struct rs_dataset data; /* columns borrow all else from the spec's */
    const struct rs_dataset *from;
    uint64_t *rows; /* those that are ranked */
    size_t n;
    size_t *columns; /* [n_columns] that are ranked */
    size_t n_columns;
    struct rs_pages values; /* [n_columns][n_rows] of them */
    double *infinite;       /* [n_rows] */
    uint64_t *all;          /* all rows */
    atomic_bool failed;     /* out of memory */
};

void rs_ranked_free(struct rs_ranked *ranked)
{
    if (ranked == NULL)
        return;
    free(ranked->data.columns);
    free(ranked->rows);
    free(ranked->columns);
    rs_pages_free(&ranked->values);
    free(ranked->infinite);
    free(ranked->all);
    free(ranked);
}

size_t rs_ranked_bytes(const struct rs_ranked *ranked)
{
    return ranked->values.bytes;
}

const struct rs_spec *rs_ranked_spec(const struct rs_ranked *ranked)
{
    return &ranked->spec;
}

const double *rs_ranked_values(const struct rs_ranked *ranked, size_t column)
{
    const double *values = ranked->data.columns[column].values;

    return values == ranked->infinite ? NULL : values;
}

/* The rows of the run. */
static enum rs_status find_rows(struct rs_ranked *self, struct rs_error *err)
{
    struct rs_base_columns base;
    enum rs_status status = rs_base_columns_init(&base, &self->spec, err);

    if (status != RS_OK)
        return status;
    memcpy(self->rows, base.rows, base.n_words * sizeof *self->rows);
    self->n = base.n;
    rs_base_columns_clear(&base);
    return RS_OK;
}

/* Which columns are ranked, each once. */
static enum rs_status list_columns(struct rs_ranked *self,
                                   const size_t *columns, size_t n,
                                   struct rs_error *err)
{
    const struct rs_spec *spec = &self->spec;
    const struct rs_column *all = self->from->columns;
    bool *wanted = rs_alloc(self->from->n_columns, sizeof *wanted, err);

    if (wanted == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        wanted[columns[i]] = true;
    for (size_t i = 0; i < spec->n_covariates; i++)
        wanted[spec->covariates[i]] = true;
    for (size_t j = 0; j < self->from->n_columns; j++)
        if (wanted[j] && all[j].values != NULL && all[j].factor == NULL)
            self->columns[self->n_columns++] = j;
    free(wanted);
    return RS_OK;
}

static void rank_one(void *ctx, size_t k)
{
    struct rs_ranked *self = ctx;
    size_t n_rows = self->from->n_rows;
    size_t n_words = rs_bit_words(n_rows);
    const struct rs_column *from = &self->from->columns[self->columns[k]];
    struct rs_column *to = &self->data.columns[self->columns[k]];
    double *values = (double *)self->values.base + k * n_rows;
    double *room = NULL;

    to->n_infinite = 0;
    for (size_t w = 0; w < n_words; w++)
        if ((self->rows[w] & ~from->valid[w]) != 0) {
            to->values = self->infinite;
            to->valid = self->all;
            to->n_missing = 0;
            return;
        }
    room = rs_alloc(RS_RANKS_ROOM * n_rows, sizeof *room, NULL);
    if (room == NULL) {
        atomic_store(&self->failed, true);
        return;
    }
    for (size_t i = 0; i < n_rows; i++)
        values[i] = rs_rows_has(self->rows, i) ? from->values[i] : NAN;
    (void)rs_ranks(values, values, n_rows, room);
    free(room);
    to->values = values;
    to->valid = self->rows;
    to->n_missing = n_rows - self->n;
}

static enum rs_status allocate(struct rs_ranked *self, struct rs_error *err)
{
    size_t n_rows = self->from->n_rows;
    size_t n_words = rs_bit_words(n_rows);

    self->data = (struct rs_dataset){.n_rows = n_rows,
                                     .n_columns = self->from->n_columns};
    self->data.columns =
        rs_alloc(self->from->n_columns, sizeof *self->data.columns, err);
    self->rows = rs_alloc(n_words, sizeof *self->rows, err);
    self->all = rs_alloc(n_words, sizeof *self->all, err);
    self->columns = rs_alloc(self->from->n_columns, sizeof *self->columns, err);
    self->infinite = rs_alloc(n_rows, sizeof *self->infinite, err);
    if (self->data.columns == NULL || self->rows == NULL || self->all == NULL ||
        self->columns == NULL || self->infinite == NULL)
        return RS_ERR_NOMEM;
    memcpy(self->data.columns, self->from->columns,
           self->from->n_columns * sizeof *self->data.columns);
    rs_rows_fill(self->all, n_rows);
    for (size_t i = 0; i < n_rows; i++)
        self->infinite[i] = INFINITY;
    return RS_OK;
}

enum rs_status rs_ranked_new(struct rs_ranked **out, const struct rs_spec *spec,
                             const size_t *columns, size_t n,
                             unsigned n_threads, struct rs_error *err)
{
    struct rs_ranked *self = rs_alloc(1, sizeof *self, err);
    size_t bytes = 0;
    enum rs_status status = RS_OK;

    *out = NULL;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->spec = *spec;
    self->from = spec->data;
    status = allocate(self, err);
    if (status == RS_OK)
        status = find_rows(self, err);
    if (status == RS_OK)
        status = list_columns(self, columns, n, err);
    if (status == RS_OK && !rs_size_mul(&bytes, self->n_columns,
                                        self->from->n_rows * sizeof(double)))
        status = rs_error_set(err, RS_ERR_NOMEM, "too many columns");
    if (status == RS_OK)
        status = rs_pages_new(&self->values, bytes, err);
    if (status == RS_OK) {
        rs_parallel(n_threads, self->n_columns, self, rank_one);
        if (atomic_load(&self->failed))
            status = rs_error_set(err, RS_ERR_NOMEM, "out of memory for ranks");
    }
    if (status != RS_OK) {
        rs_ranked_free(self);
        return status;
    }
    self->spec.data = &self->data;
    self->spec.ranks = self;
    *out = self;
    return RS_OK;
}
