/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base_columns.h"

#include "errors.h"
#include "mem.h"
#include "row.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rs_base_absorbs(const struct rs_spec *spec, size_t i)
{
    const struct rs_factor *factor = rs_covariate_factor(spec, i);
    size_t first = spec->n_covariates; /* factor */
    size_t largest = 0;
    size_t most = 0;
    size_t dense = spec->dense_levels > 0 ? spec->dense_levels : RS_SOME_LEVELS;

    for (size_t j = spec->n_covariates; j-- > 0;)
        if (rs_covariate_factor(spec, j) != NULL) {
            first = j;
            if (rs_covariate_factor(spec, j)->n_levels >= most) {
                most = rs_covariate_factor(spec, j)->n_levels;
                largest = j;
            }
        }
    if (factor == NULL || most <= RS_FEW_LEVELS)
        return false;
    return i == largest || factor->n_levels > dense ||
           (!spec->intercept && i == first);
}

bool rs_base_terms_next(struct rs_base_terms *at, const struct rs_spec *spec)
{
    if (at->first == 0) {
        at->first = RS_TERM_COVARIATES;
    } else {
        at->covariate++;
        at->first += at->n;
        at->factor += at->absorbed ? 1 : 0;
    }
    if (at->covariate >= spec->n_covariates)
        return false;
    at->n = rs_covariate_terms(spec, at->covariate);
    at->absorbed = rs_base_absorbs(spec, at->covariate);
    return true;
}

/* Columns that the covariates need at most, and their most levels. */
static size_t count_columns(const struct rs_spec *spec, size_t *most_levels)
{
    size_t n = 0;

    *most_levels = 0;
    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_factor *factor = rs_covariate_factor(spec, i);
        if (rs_base_absorbs(spec, i))
            continue;
        n += rs_covariate_terms(spec, i);
        if (factor != NULL && factor->n_levels > *most_levels)
            *most_levels = factor->n_levels;
    }
    return n;
}

enum rs_status rs_base_absorb_new(struct rs_absorb **out,
                                  const struct rs_base_columns *base,
                                  struct rs_error *err)
{
    const struct rs_spec *spec = &base->spec;
    const struct rs_factor **factors =
        rs_alloc(spec->n_covariates, sizeof *factors, err);
    size_t n = 0;
    enum rs_status status = RS_OK;

    if (factors == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_base_absorbs(spec, i))
            factors[n++] = rs_covariate_factor(spec, i);
    status = rs_absorb_new(out, factors, n, base->n_rows, spec->intercept, err);
    free(factors);
    return status;
}

static enum rs_status find_absorbed(struct rs_base_columns *base,
                                    struct rs_error *err)
{
    bool any = false;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < base->spec.n_covariates; i++)
        any = any || rs_base_absorbs(&base->spec, i);
    if (!any)
        return RS_OK;
    status = rs_base_absorb_new(&base->absorb, base, err);
    if (status != RS_OK)
        return status;
    base->work = rs_absorb_work_new(base->absorb, err);
    return base->work == NULL ? RS_ERR_NOMEM : RS_OK;
}

enum rs_status rs_base_column_init(const struct rs_base_columns *base,
                                   struct rs_lsq_column *column,
                                   struct rs_error *err)
{
    enum rs_status status = rs_lsq_column_init(column, base->n_rows, err);

    if (status == RS_OK && base->absorb != NULL)
        status = rs_lsq_column_room(column, base->n_rows,
                                    rs_absorb_most_nodes(base->absorb), err);
    if (status != RS_OK)
        rs_lsq_column_clear(column);
    return status;
}

size_t rs_base_column_bytes(const struct rs_base_columns *base)
{
    size_t bytes = sizeof(double) * (base->n_rows + 8);

    if (base->absorb != NULL)
        bytes = 2 * bytes +
                sizeof(struct rs_dd) * rs_absorb_most_nodes(base->absorb);
    return bytes;
}

static enum rs_status allocate_weights(struct rs_base_columns *base,
                                       struct rs_error *err)
{
    base->root_all = rs_alloc(base->n_rows, sizeof *base->root_all, err);
    base->log_weights = rs_alloc(base->n_rows, sizeof *base->log_weights, err);
    base->weight_all = rs_alloc(base->n_rows, sizeof(double), err);
    base->root = rs_alloc(base->n_rows, sizeof *base->root, err);
    base->weight = rs_alloc(base->n_rows, sizeof *base->weight, err);
    return base->root_all == NULL || base->log_weights == NULL ||
                   base->weight_all == NULL || base->root == NULL ||
                   base->weight == NULL
               ? RS_ERR_NOMEM
               : RS_OK;
}

static enum rs_status allocate(struct rs_base_columns *base,
                               struct rs_error *err)
{
    size_t levels = 0;
    enum rs_status status = RS_OK;

    base->n_max = count_columns(&base->spec, &levels);
    base->rows = rs_alloc(base->n_words, sizeof *base->rows, err);
    base->values = rs_alloc(base->n_rows, sizeof *base->values, err);
    base->present = rs_alloc(levels, sizeof *base->present, err);
    base->columns = rs_alloc(base->n_max, sizeof *base->columns, err);
    base->use = rs_alloc(base->n_max, sizeof *base->use, err);
    base->terms = rs_alloc(base->n_max, sizeof *base->terms, err);
    if (base->rows == NULL || base->values == NULL || base->present == NULL ||
        base->columns == NULL || base->use == NULL || base->terms == NULL)
        return RS_ERR_NOMEM;
    status = find_absorbed(base, err);
    for (size_t j = 0; j < base->n_max && status == RS_OK; j++)
        status = rs_base_column_init(base, &base->columns[j], err);
    if (status != RS_OK || base->spec.weights == NULL)
        return status;
    return allocate_weights(base, err);
}

/* The weights, scaled by a power of four that brings the largest near 1, and
 * their roots; rows without a weight above 0 leave `rows`. */
static void take_weights(struct rs_base_columns *base)
{
    const double *w = base->spec.data->columns[*base->spec.weights].values;
    double most = 0.0;

    for (size_t i = 0; i < base->n_rows; i++)
        if (w[i] > most && isfinite(w[i]))
            most = w[i];
    (void)frexp(sqrt(most), &base->exponent);
    for (size_t i = 0; i < base->n_rows; i++) {
        if (w[i] > 0.0 && isfinite(w[i])) {
            base->weight_all[i] = ldexp(w[i], -2 * base->exponent);
            base->root_all[i] = ldexp(sqrt(w[i]), -base->exponent);
            base->log_weights[i] = log(w[i]);
        } else {
            rs_rows_remove(base->rows, i);
        }
    }
}

/* Rows that a column lacks leave `rows`. */
static void leave_rows(struct rs_base_columns *base, size_t column)
{
    (void)rs_rows_and(base->rows, base->rows,
                      base->spec.data->columns[column].valid, base->n_words);
}

static void find_rows(struct rs_base_columns *base)
{
    const struct rs_spec *spec = &base->spec;
    size_t others[RS_ERRORS_COLUMNS];
    size_t n_others = rs_errors_columns(others, spec);

    rs_rows_fill(base->rows, base->n_rows);
    for (size_t i = 0; i < spec->n_covariates; i++)
        leave_rows(base, spec->covariates[i]);
    for (size_t i = 0; i < n_others; i++)
        leave_rows(base, others[i]);
    if (base->root_all != NULL)
        take_weights(base);
    base->n = rs_rows_and(base->rows, base->rows, base->rows, base->n_words);
}

enum rs_status rs_base_columns_init(struct rs_base_columns *base,
                                    const struct rs_spec *spec,
                                    struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(base, 0, sizeof *base);
    base->spec = *spec;
    base->n_rows = spec->data->n_rows;
    base->n_words = rs_bit_words(base->n_rows);
    status = allocate(base, err);
    if (status == RS_OK)
        find_rows(base);
    else
        rs_base_columns_clear(base);
    return status;
}

void rs_base_columns_clear(struct rs_base_columns *base)
{
    for (size_t j = 0; base->columns != NULL && j < base->n_max; j++)
        rs_lsq_column_clear(&base->columns[j]);
    free(base->rows);
    free(base->weight_all);
    free(base->root_all);
    free(base->log_weights);
    free(base->weight);
    free(base->root);
    free(base->columns);
    free(base->use);
    free(base->terms);
    free(base->values);
    free(base->present);
    rs_contrast_clear(&base->intercept);
    rs_base_order_clear(&base->order);
    rs_absorb_work_free(base->work);
    rs_absorb_free(base->absorb);
    memset(base, 0, sizeof *base);
}

const struct rs_row_weights *rs_base_weights(const struct rs_base_columns *base)
{
    return base->root_all == NULL ? NULL : &base->weights;
}

/* Takes what is absorbed out of a column that has been prepared. */
static void take_out(struct rs_base_columns *base, struct rs_lsq_column *out)
{
    if (base->absorb == NULL)
        return;
    if (base->settled)
        rs_lsq_column_absorb(out, base->absorb, base->work, &base->intercept);
    else
        out->settled = false;
}

/* A column of values of the rows set last. */
static void set_column(struct rs_base_columns *base, struct rs_lsq_column *out,
                       const double *values)
{
    rs_lsq_column_set(out, values, base->n_set, rs_base_weights(base),
                      base->spec.intercept);
    take_out(base, out);
}

void rs_base_prepare_block(struct rs_base_columns *base,
                           struct rs_lsq_column *out,
                           const struct rs_block_values *values)
{
    rs_lsq_column_set_block(out, values, base->n_set, rs_base_weights(base),
                            base->spec.intercept);
    take_out(base, out);
}

void rs_base_prepare(struct rs_base_columns *base, struct rs_lsq_column *out,
                     const uint64_t *rows, size_t column)
{
    const double *values = base->spec.data->columns[column].values;

    if (base->n_set < base->n_rows) {
        (void)rs_rows_gather(base->values, values, rows, base->n_words);
        values = base->values;
    }
    set_column(base, out, values);
}

/* Adds the columns of a factor. */
static void prepare_levels(struct rs_base_columns *base, const uint64_t *rows,
                           const struct rs_base_terms *at)
{
    const struct rs_factor *factor =
        rs_covariate_factor(&base->spec, at->covariate);
    size_t reference = factor->n_levels;

    rs_factor_count(base->present, factor, rows, base->n_words);
    if (!rs_covariate_keeps_all(&base->spec, at->covariate))
        reference = rs_factor_reference(factor, base->present);
    for (size_t level = 0; level < factor->n_levels; level++) {
        if (base->present[level] == 0 || level == reference)
            continue;
        (void)rs_factor_gather(base->values, factor, level, rows,
                               base->n_words);
        base->terms[base->n_used] = at->first + level;
        set_column(base, &base->columns[base->n_used++], base->values);
    }
}

/* Makes the absorbed factors ready for the rows. */
static void set_absorbed(struct rs_base_columns *base, const uint64_t *rows)
{
    rs_contrast_clear(&base->intercept);
    base->settled =
        rs_absorb_set(base->absorb, rows, base->n_set,
                      base->root_all == NULL ? NULL : base->weight) == RS_OK &&
        rs_contrast_init(&base->intercept, base->absorb, 1, NULL) == RS_OK;
    base->lever = NAN;
    if (!base->settled || base->n_set == 0)
        return;
    rs_absorb_intercept(base->absorb, &base->intercept);
    base->lever = rs_absorb_spread(base->absorb, base->work, &base->intercept);
}

size_t rs_base_taken(const struct rs_base_columns *base)
{
    if (base->absorb != NULL)
        return rs_absorb_rank(base->absorb);
    return base->spec.intercept && base->n_set > 0 ? 1 : 0;
}

void rs_base_lend_lsq(const struct rs_base_columns *base, struct rs_lsq *lsq)
{
    if (base->absorb != NULL)
        rs_lsq_absorbed(lsq, rs_absorb_rank(base->absorb), base->lever);
    rs_lsq_base(lsq, base->use, base->n_used, base->n_set);
    if (base->spec.counts)
        rs_lsq_set_counts(lsq, base->n_all, rs_base_one(base));
}

void rs_base_columns_set(struct rs_base_columns *base, const uint64_t *rows,
                         size_t n)
{
    const struct rs_spec *spec = &base->spec;
    struct rs_base_terms at = {0};

    base->n_set = n;
    base->n_all = rs_base_count(base, rows, n);
    base->n_used = 0;
    if (base->root_all != NULL) {
        (void)rs_rows_gather(base->root, base->root_all, rows, base->n_words);
        (void)rs_rows_gather(base->weight, base->weight_all, rows,
                             base->n_words);
        rs_row_weights_set(&base->weights, base->weight, base->root, n);
    }
    if (base->absorb != NULL)
        set_absorbed(base, rows);
    while (rs_base_terms_next(&at, spec)) {
        if (at.absorbed)
            continue;
        if (rs_covariate_factor(spec, at.covariate) != NULL) {
            prepare_levels(base, rows, &at);
            continue;
        }
        rs_base_prepare(base, &base->columns[base->n_used], rows,
                        spec->covariates[at.covariate]);
        base->terms[base->n_used++] = at.first;
    }
    for (size_t j = 0; j < base->n_used; j++)
        base->use[j] = &base->columns[j];
}

void rs_base_counts(double *out, const struct rs_base_columns *base,
                    const uint64_t *rows)
{
    const struct rs_spec *spec = &base->spec;

    (void)rs_rows_gather(out, spec->data->columns[*spec->weights].values, rows,
                         base->n_words);
}

double rs_base_count(const struct rs_base_columns *base, const uint64_t *rows,
                     size_t n)
{
    const struct rs_spec *spec = &base->spec;
    double sum = 0.0;

    if (!spec->counts)
        return (double)n;
    for (size_t i = 0; i < base->n_rows; i++)
        if (rs_rows_has(rows, i))
            sum += spec->data->columns[*spec->weights].values[i];
    return sum;
}

double rs_base_log_weight(const struct rs_base_columns *base,
                          const uint64_t *rows)
{
    double sum = 0.0;

    if (base->spec.counts)
        return 0.0;
    for (size_t i = 0; base->log_weights != NULL && i < base->n_rows; i++)
        if (rs_rows_has(rows, i))
            sum += base->log_weights[i];
    return sum;
}
