/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"
#include "mem.h"
#include "model.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Full: all rows in which the covariates are present. */
enum which_rows { ROWS_NONE, ROWS_FULL, ROWS_SOME };

struct ols {
    struct rs_model_spec spec;
    size_t n_rows;
    size_t n_words;
    struct rs_lsq *lsq;

    /* rows of the current base and response */
    uint64_t *covariate_rows; /* rows that have all covariates */
    size_t n_full;            /* in `covariate_rows` */
    uint64_t *y_rows;         /* and y */
    size_t n_y;               /* in `y_rows` */
    uint64_t *pair_rows;      /* and x: the rows of the pair at hand */
    uint64_t *rows;           /* the rows set now */
    size_t n;                 /* in `rows` */
    enum which_rows which;
    size_t y;      /* column that is the response now; SIZE_MAX: none */
    size_t y_seen; /* column that y_rows belongs to */

    double *values;                         /* [n_rows] gathered cells */
    size_t *present;                        /* [most levels] rows per level */
    struct rs_lsq_column *base;             /* [n_base] covariates prepared */
    const struct rs_lsq_column **base_used; /* [n_base] */
    size_t n_base;
    struct rs_lsq_column y_column;
    struct rs_lsq_column x_column;

    /* Prepared columns over the full rows, kept for the next pair that needs
     * them. The first ones stay: pairs come y by y, and a cache that forgets
     * the oldest would forget each column just before its next use. */
    struct rs_lsq_column *cache; /* [data->n_columns] */
    size_t cache_left;           /* columns that may still be added */
};

/* ---- life ------------------------------------------------------------- */

/* Columns that the covariates need at most, and their most levels. */
static size_t count_base(const struct rs_model_spec *spec, size_t *most_levels)
{
    size_t n = 0;

    *most_levels = 0;
    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_factor *factor =
            spec->data->columns[spec->covariates[i]].factor;
        n += factor == NULL ? 1 : factor->n_levels;
        if (factor != NULL && factor->n_levels > *most_levels)
            *most_levels = factor->n_levels;
    }
    return n;
}

static void find_covariate_rows(struct ols *self)
{
    const struct rs_model_spec *spec = &self->spec;

    rs_rows_fill(self->covariate_rows, self->n_rows);
    self->n_full = self->n_rows;
    for (size_t i = 0; i < spec->n_covariates; i++)
        self->n_full = rs_rows_and(
            self->covariate_rows, self->covariate_rows,
            spec->data->columns[spec->covariates[i]].valid, self->n_words);
}

static void ols_close(void *state)
{
    struct ols *self = state;

    if (self == NULL)
        return;
    for (size_t j = 0; self->base != NULL && j < self->n_base; j++)
        rs_lsq_column_clear(&self->base[j]);
    for (size_t j = 0; self->cache != NULL && j < self->spec.data->n_columns;
         j++)
        rs_lsq_column_clear(&self->cache[j]);
    rs_lsq_column_clear(&self->y_column);
    rs_lsq_column_clear(&self->x_column);
    rs_lsq_free(self->lsq);
    free(self->covariate_rows);
    free(self->y_rows);
    free(self->rows);
    free(self->pair_rows);
    free(self->values);
    free(self->present);
    free(self->base);
    free(self->base_used);
    free(self->cache);
    free(self);
}

static enum rs_status allocate(struct ols *self, struct rs_error *err)
{
    size_t n = self->n_rows;
    size_t levels = 0;
    enum rs_status status = RS_OK;

    self->n_base = count_base(&self->spec, &levels);
    self->covariate_rows = rs_alloc(self->n_words, sizeof(uint64_t), err);
    self->y_rows = rs_alloc(self->n_words, sizeof(uint64_t), err);
    self->rows = rs_alloc(self->n_words, sizeof(uint64_t), err);
    self->pair_rows = rs_alloc(self->n_words, sizeof(uint64_t), err);
    self->values = rs_alloc(n, sizeof *self->values, err);
    self->present = rs_alloc(levels, sizeof *self->present, err);
    self->base = rs_alloc(self->n_base, sizeof *self->base, err);
    self->base_used = rs_alloc(self->n_base, sizeof *self->base_used, err);
    self->cache =
        rs_alloc(self->spec.data->n_columns, sizeof *self->cache, err);
    if (self->covariate_rows == NULL || self->y_rows == NULL ||
        self->rows == NULL || self->pair_rows == NULL || self->values == NULL ||
        self->present == NULL || self->base == NULL ||
        self->base_used == NULL || self->cache == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < self->n_base && status == RS_OK; j++)
        status = rs_lsq_column_init(&self->base[j], n, err);
    if (status == RS_OK)
        status = rs_lsq_column_init(&self->y_column, n, err);
    if (status == RS_OK)
        status = rs_lsq_column_init(&self->x_column, n, err);
    if (status == RS_OK)
        status =
            rs_lsq_new(&self->lsq, n, self->n_base, self->spec.intercept, err);
    return status;
}

static enum rs_status ols_open(void **state, const struct rs_model_spec *spec,
                               struct rs_error *err)
{
    struct ols *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->spec = *spec;
    self->n_rows = spec->data->n_rows;
    self->n_words = rs_bit_words(self->n_rows);
    self->which = ROWS_NONE;
    self->y = SIZE_MAX;
    self->y_seen = SIZE_MAX;
    self->cache_left =
        spec->cache_bytes / (sizeof(double) * (self->n_rows + 8));
    status = allocate(self, err);
    if (status != RS_OK) {
        ols_close(self);
        return status;
    }
    find_covariate_rows(self);
    *state = self;
    return RS_OK;
}

/* ---- preparing columns -------------------------------------------------- */

/* Prepares a column on the rows set now. */
static void prepare(struct ols *self, struct rs_lsq_column *out, size_t column)
{
    const double *values = self->spec.data->columns[column].values;

    if (self->n < self->n_rows) {
        (void)rs_rows_gather(self->values, values, self->rows, self->n_words);
        values = self->values;
    }
    rs_lsq_column_set(out, values, self->n, self->spec.intercept);
}

/* The same, by way of the cache; `scratch` is used where that is full. */
static const struct rs_lsq_column *
prepared(struct ols *self, struct rs_lsq_column *scratch, size_t column)
{
    struct rs_lsq_column *kept = &self->cache[column];

    if (self->which == ROWS_FULL && kept->shifted != NULL)
        return kept;
    if (self->which == ROWS_FULL && self->cache_left > 0 &&
        rs_lsq_column_init(kept, self->n_rows, NULL) == RS_OK) {
        self->cache_left--;
        prepare(self, kept, column);
        return kept;
    }
    prepare(self, scratch, column);
    return scratch;
}

/* 0/1 columns for the levels present in the rows set now. The first present
 * level is the reference; without an intercept the first factor keeps all
 * its levels, as in R. Returns how many columns were made. */
static size_t prepare_levels(struct ols *self, struct rs_lsq_column *out,
                             const struct rs_factor *factor, bool keep_all)
{
    size_t made = 0;
    bool reference = keep_all;

    memset(self->present, 0, factor->n_levels * sizeof *self->present);
    for (size_t i = 0; i < self->n_rows; i++)
        if ((self->rows[i / 64] >> (i % 64) & 1) != 0)
            self->present[factor->codes[i]]++;
    for (size_t level = 0; level < factor->n_levels; level++) {
        size_t n = 0;
        if (self->present[level] == 0)
            continue;
        if (!reference) {
            reference = true;
            continue;
        }
        for (size_t i = 0; i < self->n_rows; i++)
            if ((self->rows[i / 64] >> (i % 64) & 1) != 0)
                self->values[n++] =
                    factor->codes[i] == (int32_t)level ? 1.0 : 0.0;
        rs_lsq_column_set(&out[made++], self->values, self->n,
                          self->spec.intercept);
    }
    return made;
}

static void prepare_base(struct ols *self)
{
    const struct rs_model_spec *spec = &self->spec;
    bool keep_all = !spec->intercept;
    size_t used = 0;

    for (size_t i = 0; i < spec->n_covariates; i++) {
        size_t column = spec->covariates[i];
        const struct rs_factor *factor = spec->data->columns[column].factor;
        if (factor == NULL) {
            prepare(self, &self->base[used++], column);
            continue;
        }
        used += prepare_levels(self, &self->base[used], factor, keep_all);
        keep_all = false;
    }
    for (size_t j = 0; j < used; j++)
        self->base_used[j] = &self->base[j];
    rs_lsq_base(self->lsq, self->base_used, used, self->n);
}

/* ---- a pair -------------------------------------------------------------- */

/* Finds the rows that have y, x and the covariates; *n is how many. */
static const uint64_t *find_rows(struct ols *self, size_t *n, size_t y,
                                 size_t x)
{
    const struct rs_column *columns = self->spec.data->columns;

    if (self->y_seen != y) {
        self->n_y = rs_rows_and(self->y_rows, self->covariate_rows,
                                columns[y].valid, self->n_words);
        self->y_seen = y;
    }
    *n = self->n_y;
    if (columns[x].n_missing == 0)
        return self->y_rows;
    *n = rs_rows_and(self->pair_rows, self->y_rows, columns[x].valid,
                     self->n_words);
    return self->pair_rows;
}

/* Makes these rows the current ones, unless they are already. As all rows of
 * a pair are full ones, their number tells when they are the full rows. */
static void set_rows(struct ols *self, const uint64_t *rows, size_t n)
{
    size_t bytes = self->n_words * sizeof *rows;
    enum which_rows which = n == self->n_full ? ROWS_FULL : ROWS_SOME;

    if (self->which == which && self->n == n &&
        (which == ROWS_FULL || memcmp(self->rows, rows, bytes) == 0))
        return;
    memcpy(self->rows, rows, bytes);
    self->which = which;
    self->n = n;
    self->y = SIZE_MAX;
    prepare_base(self);
}

static void set_response(struct ols *self, size_t y)
{
    if (self->y == y)
        return;
    rs_lsq_response(self->lsq, prepared(self, &self->y_column, y));
    self->y = y;
}

static void ols_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    struct ols *self = state;
    struct rs_lsq_result result;
    size_t n = 0;
    const uint64_t *rows = find_rows(self, &n, y, x);

    rs_fit_clear(out, RS_FIT_N_TOO_SMALL, n);
    if (n < self->spec.min_n || n == 0)
        return;
    set_rows(self, rows, n);
    set_response(self, y);
    rs_lsq_fit(self->lsq, &result, prepared(self, &self->x_column, x));
    rs_fit_clear(out, result.outcome, n);
    out->df = result.df > 0.0 ? result.df : 0.0;
    out->n_coef = (double)result.rank;
    out->intercept = result.intercept.estimate;
    out->beta = result.x.estimate;
    out->r2 = result.r2;
    out->sigma = result.sigma;
    if (result.outcome != RS_FIT_OK)
        return;
    out->se = result.x.se;
    out->stat = result.t;
}

const struct rs_model rs_model_ols = {
    .name = "ols",
    .help = "least squares",
    .open = ols_open,
    .fit = ols_fit,
    .close = ols_close,
};
