/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base_lsq.h"
#include "lsq.h"
#include "lsq_errors.h"
#include "mem.h"
#include "model.h"
#include "row.h"
#include "row_set.h"
#include "terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Full: all rows in which the covariates are present. */
enum which_rows { ROWS_NONE, ROWS_FULL, ROWS_SOME };

struct ols {
    struct rs_base_columns base;
    struct rs_lsq *lsq;

    uint64_t *y_rows;    /* rows of the base that have y */
    size_t n_y;          /* in `y_rows` */
    size_t y_seen;       /* column that y_rows belongs to */
    uint64_t *pair_rows; /* and x: the rows of the pair at hand */
    uint64_t *rows;      /* the rows set now */
    size_t n;            /* in `rows` */
    double log_weight;   /* of them */
    enum which_rows which;
    size_t y; /* column that is the response now; RS_NO_COLUMN: none */

    struct rs_lsq_column y_column;
    struct rs_lsq_column x_column;
    struct rs_lsq_term *covariates; /* [base.n_max] */
    struct rs_errors_room errors;   /* of robust ones; x NULL: classical */

    /* of absorbed levels */
    struct rs_contrast contrast;
    double *spreads; /* [rs_term_count] by term, of the rows set now; NaN: not
                        known; NULL: nothing is absorbed */
    bool any_spread; /* one is known */
    bool no_memory;  /* for some rows' absorbed factors */

    /* Prepared columns over the full rows, kept for the next pair that needs
     * them. The first ones stay: pairs come y by y, and a cache that forgets
     * the oldest would forget each column just before its next use. */
    struct rs_lsq_column *cache; /* [data->n_columns] */
    size_t cache_left;           /* columns that may still be added */
};

/* ---- life -------------------------------------------------------- */

static void ols_close(void *state)
{
    struct ols *self = state;

    if (self == NULL)
        return;
    for (size_t j = 0;
         self->cache != NULL && j < self->base.spec.data->n_columns; j++)
        rs_lsq_column_clear(&self->cache[j]);
    rs_lsq_column_clear(&self->y_column);
    rs_lsq_column_clear(&self->x_column);
    rs_lsq_free(self->lsq);
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

static void forget_spreads(struct ols *self)
{
    size_t n = rs_term_count(&self->base.spec);

    for (size_t t = 0; self->any_spread && t < n; t++)
        self->spreads[t] = NAN;
    self->any_spread = false;
}

static enum rs_status allocate(struct ols *self, struct rs_error *err)
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
        status = rs_errors_room_init(&self->errors, rs_errors_of(spec), n, err);
    if (status == RS_OK)
        status =
            rs_lsq_new(&self->lsq, n, self->base.n_max, spec->intercept, err);
    return status;
}

static enum rs_status ols_open(void **state, const struct rs_spec *spec,
                               struct rs_error *err)
{
    struct ols *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    status = rs_base_columns_init(&self->base, spec, err);
    self->which = ROWS_NONE;
    self->y = RS_NO_COLUMN;
    self->y_seen = RS_NO_COLUMN;
    if (status == RS_OK) {
        self->cache_left =
            spec->cache_bytes / rs_base_column_bytes(&self->base);
        status = allocate(self, err);
    }
    if (status != RS_OK) {
        ols_close(self);
        return status;
    }
    *state = self;
    return RS_OK;
}

/* A column prepared on the rows set now, by way of the cache; `scratch` is
 * used where that is full. */
static const struct rs_lsq_column *
prepared(struct ols *self, struct rs_lsq_column *scratch, size_t column)
{
    struct rs_lsq_column *kept = &self->cache[column];

    if (self->which == ROWS_FULL && kept->shifted != NULL)
        return kept;
    if (self->which == ROWS_FULL && self->cache_left > 0 &&
        rs_base_column_init(&self->base, kept, NULL) == RS_OK) {
        self->cache_left--;
        scratch = kept;
    }
    rs_base_prepare(&self->base, scratch, self->rows, column);
    return scratch;
}

/* ---- a pair ------------------------------------------------------ */

/* Finds the rows that have y, x and the covariates; *n is how many. */
static const uint64_t *find_rows(struct ols *self, size_t *n, size_t y,
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
static void set_rows(struct ols *self, const uint64_t *rows, size_t n)
{
    size_t bytes = self->base.n_words * sizeof *rows;
    enum which_rows which = n == self->base.n ? ROWS_FULL : ROWS_SOME;

    if (self->which == which && self->n == n &&
        (which == ROWS_FULL || memcmp(self->rows, rows, bytes) == 0))
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
    self->errors.base_known = false;
}

static void set_response(struct ols *self, size_t y)
{
    if (self->y == y)
        return;
    rs_lsq_response(self->lsq, prepared(self, &self->y_column, y));
    self->y = y;
}

/* Returns false when there are too few rows to try; *n is how many. */
static bool solve(struct ols *self, struct rs_lsq_result *result, size_t *n,
                  size_t y, size_t x)
{
    const uint64_t *rows = find_rows(self, n, y, x);

    if (*n < self->base.spec.min_n || *n == 0)
        return false;
    set_rows(self, rows, *n);
    if (self->base.absorb != NULL && !rs_lsq_has_df(self->lsq, result))
        return true;
    set_response(self, y);
    rs_lsq_fit(self->lsq, result, prepared(self, &self->x_column, x));
    return true;
}

/* A robust standard error in the place of the classical one. */
static void find_errors(struct ols *self, struct rs_lsq_result *result)
{
    struct rs_errors_room *room = &self->errors;

    if (!room->base_known) {
        self->no_memory =
            rs_absorbed_left(room->levels, &self->base, NULL) != RS_OK ||
            self->no_memory;
        rs_lsq_base_left(room->base, room->levels, self->lsq);
        room->base_known = true;
    }
    rs_lsq_errors(self->lsq, result, room);
}

static void ols_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    struct ols *self = state;
    struct rs_lsq_result result;
    size_t n = 0;

    if (!solve(self, &result, &n, y, x)) {
        rs_fit_clear(out, RS_FIT_N_TOO_SMALL, n);
        return;
    }
    rs_fit_clear(out, result.outcome, n);
    out->df = result.df > 0.0 ? result.df : 0.0;
    out->n_coef = (double)result.rank;
    out->intercept = result.intercept.estimate;
    out->beta = result.x.estimate;
    out->r2 = result.r2;
    out->sigma = ldexp(result.sigma, self->base.exponent);
    out->log_weight = self->log_weight;
    if (result.outcome != RS_FIT_OK)
        return;
    if (rs_errors_robust(&self->base.spec)) {
        out->r = result.t / hypot(result.t, sqrt(result.df));
        find_errors(self, &result);
        out->outcome = result.outcome;
    }
    if (result.outcome != RS_FIT_OK)
        return;
    out->se = result.x.se;
    out->stat = result.t;
}

/* The coefficient that a term's contrast makes, after the order of terms has
 * been heeded. */
static struct rs_lsq_term find_sum(struct ols *self,
                                   const struct rs_lsq_result *result,
                                   size_t term, size_t kept, int exponent)
{
    struct rs_lsq_sum sum = {&self->contrast, self->spreads[term], kept,
                             exponent};

    rs_base_order_apply(&self->base.order, term, &self->contrast);
    if (isnan(sum.spread)) {
        sum.spread = rs_absorb_spread(self->base.absorb, self->base.work,
                                      &self->contrast);
        self->spreads[term] = sum.spread;
        self->any_spread = true;
    }
    return rs_lsq_sum_term(self->lsq, &sum, result);
}

/* The term of an absorbed level; false when it has none. */
static bool find_level(struct ols *self, struct rs_term *out,
                       const struct rs_lsq_result *result, size_t factor,
                       size_t level, size_t term)
{
    struct rs_lsq_term fitted = {NAN, NAN};
    enum rs_level_state state =
        rs_absorb_level(self->base.absorb, factor, level, &self->contrast);

    if (state == RS_LEVEL_ABSENT || state == RS_LEVEL_REFERENCE)
        return false;
    if (state == RS_LEVEL_FITTED &&
        !rs_base_order_ends(&self->base.order, term))
        fitted = find_sum(self, result, term, SIZE_MAX, 0);
    *out = (struct rs_term){term, fitted.estimate, fitted.se};
    return true;
}

/* Columns that stand beside the absorbed factors, where a level is dropped in
 * the place of one of them. */
static void reorder(struct ols *self, const struct rs_lsq_result *result)
{
    const struct rs_base_columns *base = &self->base;
    size_t kept = 0;

    for (size_t j = 0; j < base->n_used && base->order.n > 0; j++) {
        bool is_kept = kept < rs_lsq_base_rank(self->lsq) &&
                       rs_lsq_base_column(self->lsq, kept) == j;
        self->contrast.n = 0;
        if (is_kept || base->order.kept[j])
            self->covariates[j] =
                find_sum(self, result, base->terms[j],
                         is_kept ? kept : SIZE_MAX, base->use[j]->exponent);
        kept += is_kept ? 1 : 0;
    }
}

/* Terms of the covariates, in their order; returns how many. */
static size_t covariate_terms(struct ols *self, struct rs_term *out,
                              const struct rs_lsq_result *result)
{
    const struct rs_base_columns *base = &self->base;
    struct rs_base_terms at = {0};
    size_t used = 0;
    size_t dense = 0;

    while (rs_base_terms_next(&at, &base->spec)) {
        size_t end = at.first + at.n;
        for (size_t level = 0; at.absorbed && level < at.n; level++)
            if (find_level(self, &out[used], result, at.factor, level,
                           at.first + level))
                used++;
        for (; dense < base->n_used && base->terms[dense] < end; dense++)
            out[used++] = (struct rs_term){base->terms[dense],
                                           self->covariates[dense].estimate,
                                           self->covariates[dense].se};
    }
    return used;
}

static bool set_contrast(struct ols *self)
{
    rs_contrast_clear(&self->contrast);
    if (self->base.absorb == NULL)
        return true;
    if (rs_contrast_init(&self->contrast, self->base.absorb,
                         self->base.order.n + 1, NULL) != RS_OK)
        self->no_memory = true;
    return !self->no_memory;
}

static size_t ols_terms(void *state, size_t y, size_t x, struct rs_term *out)
{
    struct ols *self = state;
    const struct rs_base_columns *base = &self->base;
    struct rs_lsq_result result;
    size_t used = 0;
    size_t n = 0;

    if (!solve(self, &result, &n, y, x) ||
        (result.outcome != RS_FIT_OK && result.outcome != RS_FIT_PERFECT) ||
        !set_contrast(self))
        return 0;
    rs_lsq_terms(self->lsq, self->covariates, &result);
    reorder(self, &result);
    if (base->spec.intercept)
        out[used++] = (struct rs_term){
            RS_TERM_INTERCEPT, result.intercept.estimate, result.intercept.se};
    out[used++] = (struct rs_term){RS_TERM_X, result.x.estimate, result.x.se};
    used += covariate_terms(self, &out[used], &result);
    return used;
}

static bool ols_lacked_memory(const void *state)
{
    const struct ols *self = state;

    return self->no_memory;
}

const struct rs_model rs_model_ols = {
    .name = "ols",
    .help = "least squares",
    .can = RS_CAN_TERMS | RS_CAN_TILE | RS_CAN_WEIGHTS | RS_CAN_PERMUTE |
           RS_CAN_BOOTSTRAP | RS_CAN_COVARIATES | RS_CAN_LINE,
    .open = ols_open,
    .fit = ols_fit,
    .terms = ols_terms,
    .lacked_memory = ols_lacked_memory,
    .close = ols_close,
};
