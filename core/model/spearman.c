/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base_lsq.h"
#include "lsq.h"
#include "mem.h"
#include "model.h"
#include "rank_columns.h"
#include "ranked.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Spearman's rank correlation: least squares of the average ranks that y, x
 * and the covariates have among the rows of the pair (categories stay 0/1
 * columns). r is Pearson's of the ranks, or their partial correlation, and
 * t = r sqrt(df / (1 - r^2)) with n - 2 - c degrees of freedom, c being what
 * the covariates add (Conover 1999; R's cor.test without exact p).
 */

/* The columns of the dataset that ranks are written to. */
enum { OWN_Y, OWN_X, OWN_COVARIATES };

/* The part of the cache that columns' codes may take, by which it is divided;
 * prepared columns have the rest. */
static const size_t codes_share = 3;

struct spearman {
    struct rs_rank_columns ranks;
    struct rs_dataset own;       /* y, x and covariates, ranked among `rows` */
    double *values;              /* [columns][n_rows] of them */
    size_t *covariates;          /* their numbers in `own` */
    uint32_t *places;            /* [n_rows + 1] */
    struct rs_base_columns base; /* of `own` */
    struct rs_lsq *lsq;
    struct rs_lsq_column y_column, x_column;
    /* Columns over all rows of the run, for the next pair that needs them. */
    struct rs_lsq_column *cache; /* [data->n_columns] */
    size_t cache_left;           /* columns that may still be added */
    uint64_t *rows;              /* the rows set now: */
    uint64_t *pair_rows;         /* of the pair at hand */
    size_t n;
    size_t y; /* column that is the response now; RS_NO_COLUMN: none */
    const struct rs_spec *spec;
    bool no_memory; /* for some rows' absorbed factors */
};

/* ---- life -------------------------------------------------------- */

static void spearman_close(void *state)
{
    struct spearman *self = state;

    if (self == NULL)
        return;
    for (size_t j = 0; self->cache != NULL && j < self->spec->data->n_columns;
         j++)
        rs_lsq_column_clear(&self->cache[j]);
    free(self->cache);
    rs_lsq_column_clear(&self->y_column);
    rs_lsq_column_clear(&self->x_column);
    rs_lsq_free(self->lsq);
    rs_base_columns_clear(&self->base);
    rs_rank_columns_clear(&self->ranks);
    free(self->own.columns);
    free(self->values);
    free(self->covariates);
    free(self->places);
    free(self->rows);
    free(self->pair_rows);
    free(self);
}

/* The dataset of ranks: covariates have the rows that they have. */
static enum rs_status make_own(struct spearman *self, struct rs_error *err)
{
    const struct rs_spec *spec = self->spec;
    size_t n_rows = spec->data->n_rows;
    size_t n = OWN_COVARIATES + spec->n_covariates;

    self->own = (struct rs_dataset){.n_rows = n_rows, .n_columns = n};
    self->own.columns = rs_alloc(n, sizeof *self->own.columns, err);
    self->values = rs_alloc(n * n_rows, sizeof *self->values, err);
    self->covariates = rs_alloc(n, sizeof *self->covariates, err);
    if (self->own.columns == NULL || self->values == NULL ||
        self->covariates == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < n; j++) {
        if (j >= OWN_COVARIATES) {
            size_t i = j - OWN_COVARIATES;
            self->own.columns[j] = spec->data->columns[spec->covariates[i]];
            self->covariates[i] = j;
        }
        self->own.columns[j].values = self->values + j * n_rows;
    }
    return RS_OK;
}

static enum rs_status make_base(struct spearman *self, struct rs_error *err)
{
    struct rs_spec spec = *self->spec;
    enum rs_status status = RS_OK;

    spec.data = &self->own;
    spec.covariates = self->covariates;
    status = rs_base_columns_init(&self->base, &spec, err);
    if (status == RS_OK) {
        self->cache_left = (spec.cache_bytes - spec.cache_bytes / codes_share) /
                           rs_base_column_bytes(&self->base);
        status = rs_base_column_init(&self->base, &self->y_column, err);
    }
    if (status == RS_OK)
        status = rs_base_column_init(&self->base, &self->x_column, err);
    if (status == RS_OK)
        status = rs_lsq_new(&self->lsq, self->base.n_rows, self->base.n_max,
                            spec.intercept, err);
    return status;
}

static enum rs_status spearman_open(void **state, const struct rs_spec *spec,
                                    struct rs_error *err)
{
    struct spearman *self = rs_alloc(1, sizeof *self, err);
    size_t n_words = rs_bit_words(spec->data->n_rows);
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->spec = spec;
    self->y = RS_NO_COLUMN;
    self->places = rs_alloc(spec->data->n_rows + 1, sizeof(uint32_t), err);
    self->cache = rs_alloc(spec->data->n_columns, sizeof *self->cache, err);
    self->rows = rs_alloc(n_words, sizeof *self->rows, err);
    self->pair_rows = rs_alloc(n_words, sizeof *self->rows, err);
    if (self->places == NULL || self->rows == NULL || self->pair_rows == NULL ||
        self->cache == NULL)
        status = RS_ERR_NOMEM;
    if (status == RS_OK)
        status = rs_rank_columns_init(&self->ranks, spec,
                                      spec->cache_bytes / codes_share, err);
    if (status == RS_OK)
        status = make_own(self, err);
    if (status == RS_OK)
        status = make_base(self, err);
    if (status != RS_OK) {
        spearman_close(self);
        return status;
    }
    *state = self;
    return RS_OK;
}

/* ---- a pair ------------------------------------------------------ */

/* Ranks a column of the run among the rows set now. */
static void rank_column(struct spearman *self, size_t own, size_t column)
{
    enum rs_rank_side side = own == OWN_X ? RS_RANK_X : RS_RANK_Y;
    double *values = self->values + own * self->base.n_rows;

    rs_rank_among(values, rs_rank_column(&self->ranks, column, side),
                  self->rows, self->base.n_words, self->places);
    self->own.columns[own].values = values;
}

/* The ranks of y or x prepared, by way of the cache. */
static const struct rs_lsq_column *prepared(struct spearman *self, size_t own,
                                            size_t column)
{
    struct rs_lsq_column *out =
        own == OWN_Y ? &self->y_column : &self->x_column;
    struct rs_lsq_column *kept = &self->cache[column];
    bool full = self->n == self->base.n;
    const double *ranks = NULL;

    if (self->spec->ranks != NULL)
        ranks = rs_ranked_values(self->spec->ranks, column);
    if (full && kept->shifted != NULL)
        return kept;
    if (full && self->cache_left > 0 &&
        rs_base_column_init(&self->base, kept, NULL) == RS_OK) {
        self->cache_left--;
        out = kept;
    }
    if (full && ranks != NULL)
        self->own.columns[own].values = ranks;
    else
        rank_column(self, own, column);
    rs_base_prepare(&self->base, out, self->rows, own);
    return out;
}

/* Makes the rows of the pair the current ones, unless they are already. */
static void set_rows(struct spearman *self, size_t n)
{
    const struct rs_spec *spec = self->spec;
    size_t bytes = self->base.n_words * sizeof *self->rows;

    if (self->n == n && memcmp(self->rows, self->pair_rows, bytes) == 0)
        return;
    memcpy(self->rows, self->pair_rows, bytes);
    self->n = n;
    self->y = RS_NO_COLUMN;
    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_covariate_factor(spec, i) == NULL)
            rank_column(self, self->covariates[i], spec->covariates[i]);
    rs_base_columns_set(&self->base, self->rows, n);
    rs_base_to_lsq(&self->base, self->lsq);
    if (self->base.absorb != NULL && !self->base.settled)
        self->no_memory = true;
}

/* Returns false when there are too few rows to try; *n is how many. */
static bool solve(struct spearman *self, struct rs_lsq_result *result,
                  size_t *n, size_t y, size_t x)
{
    const struct rs_column *columns = self->spec->data->columns;
    size_t n_words = self->base.n_words;

    (void)rs_rows_and(self->pair_rows, self->base.rows, columns[y].valid,
                      n_words);
    *n = rs_rows_and(self->pair_rows, self->pair_rows, columns[x].valid,
                     n_words);
    if (*n < self->spec->min_n || *n == 0)
        return false;
    set_rows(self, *n);
    if (self->base.absorb != NULL && !rs_lsq_has_df(self->lsq, result))
        return true;
    if (self->y != y)
        rs_lsq_response(self->lsq, prepared(self, OWN_Y, y));
    self->y = y;
    rs_lsq_fit(self->lsq, result, prepared(self, OWN_X, x));
    return true;
}

static void spearman_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    struct spearman *self = state;
    struct rs_lsq_result result;
    size_t n = 0;

    if (!solve(self, &result, &n, y, x)) {
        rs_fit_clear(out, RS_FIT_N_TOO_SMALL, n);
        return;
    }
    rs_fit_clear(out, result.outcome, n);
    out->df = result.df > 0.0 ? result.df : 0.0;
    out->n_coef = (double)result.rank;
    if (result.outcome == RS_FIT_PERFECT)
        out->r = copysign(1.0, result.x.estimate);
    if (result.outcome == RS_FIT_OK)
        out->stat = result.t;
}

static bool spearman_lacked_memory(const void *state)
{
    const struct spearman *self = state;

    return self->no_memory;
}

const struct rs_model rs_model_spearman = {
    .name = "spearman",
    .help = "Spearman's rank correlation",
    .can = RS_CAN_TILE | RS_CAN_COVARIATES,
    .open = spearman_open,
    .fit = spearman_fit,
    .lacked_memory = spearman_lacked_memory,
    .close = spearman_close,
};
