/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "missing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum rs_status refuse_missing(const struct rs_dataset *data,
                                     const size_t *columns, size_t n,
                                     struct rs_error *err)
{
    for (size_t k = 0; k < n; k++) {
        const struct rs_column *column = &data->columns[columns[k]];
        if (column->n_missing > 0)
            return rs_error_set(
                err, RS_ERR_INCONSISTENT,
                "column '%s' has %zu missing value%s (--missing "
                "fail)",
                column->name, column->n_missing,
                column->n_missing == 1 ? "" : "s");
    }
    return RS_OK;
}

/* Moves the kept rows of one column to its front and recounts. */
static void compact_column(struct rs_column *column, const uint64_t *keep,
                           size_t n_rows, size_t n_kept)
{
    /* The dataset is ours to change until workers share it. */
    double *values = (double *)(uintptr_t)column->values;
    uint64_t *valid = (uint64_t *)(uintptr_t)column->valid;
    size_t to = 0;

    column->n_missing = 0;
    column->n_infinite = 0;
    for (size_t i = 0; i < n_rows; i++) {
        bool present = rs_column_has(column, i);
        if (!rs_rows_has(keep, i))
            continue;
        if (values != NULL) {
            values[to] = values[i];
            column->n_infinite += isinf(values[i]) ? 1 : 0;
        }
        if (column->factor != NULL)
            column->factor->codes[to] = column->factor->codes[i];
        column->n_missing += present ? 0 : 1;
        if (present)
            rs_rows_add(valid, to);
        else
            rs_rows_remove(valid, to);
        to++;
    }
    if (n_kept % 64 != 0)
        valid[n_kept / 64] &= ((uint64_t)1 << (n_kept % 64)) - 1;
}

static enum rs_status keep_complete_rows(struct rs_dataset *data,
                                         const size_t *columns, size_t n,
                                         uint64_t *n_rows_dropped,
                                         struct rs_error *err)
{
    size_t n_words = rs_bit_words(data->n_rows);
    uint64_t *keep = rs_alloc(n_words, sizeof *keep, err);
    size_t n_kept = 0;

    if (keep == NULL)
        return RS_ERR_NOMEM;
    memset(keep, 0xff, n_words * sizeof *keep);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n_words; i++)
            keep[i] &= data->columns[columns[k]].valid[i];
    n_kept = rs_rows_count(keep, n_words);
    *n_rows_dropped = data->n_rows - n_kept;
    if (n_kept > 0 && n_kept < data->n_rows) {
        for (size_t j = 0; j < data->n_columns; j++)
            compact_column(&data->columns[j], keep, data->n_rows, n_kept);
        data->n_rows = n_kept;
    }
    free(keep);
    if (n_kept == 0)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "no row is complete in all %zu columns used "
                            "(--missing listwise)",
                            n);
    return RS_OK;
}

/* Mean of the present finite cells (Neumaier's compensated sum). */
static double finite_mean(const struct rs_column *column, size_t n_rows)
{
    double sum = 0.0;
    double lost = 0.0;
    size_t n = 0;

    for (size_t i = 0; i < n_rows; i++) {
        double value = column->values[i];
        double total = sum + value;
        if (!isfinite(value))
            continue;
        lost += fabs(sum) >= fabs(value) ? (sum - total) + value
                                         : (value - total) + sum;
        sum = total;
        n++;
    }
    return (sum + lost) / (double)n;
}

static uint64_t fill_with_mean(struct rs_column *column, size_t n_rows)
{
    double *values = (double *)(uintptr_t)column->values;
    uint64_t *valid = (uint64_t *)(uintptr_t)column->valid;
    uint64_t n_filled = 0;
    double mean = 0.0;

    if (values == NULL || column->factor != NULL || column->n_missing == 0 ||
        column->n_missing + column->n_infinite == n_rows)
        return 0;
    mean = finite_mean(column, n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        if (rs_column_has(column, i))
            continue;
        values[i] = mean;
        rs_rows_add(valid, i);
        n_filled++;
    }
    column->n_missing = 0;
    return n_filled;
}

enum rs_status rs_missing_apply(struct rs_dataset *data, enum rs_missing policy,
                                const size_t *columns, size_t n,
                                uint64_t *n_rows_dropped, uint64_t *n_filled,
                                struct rs_error *err)
{
    *n_rows_dropped = 0;
    *n_filled = 0;
    switch (policy) {
    case RS_MISSING_PAIRWISE:
        return RS_OK;
    case RS_MISSING_LISTWISE:
        return keep_complete_rows(data, columns, n, n_rows_dropped, err);
    case RS_MISSING_MEAN:
        for (size_t k = 0; k < n; k++)
            *n_filled +=
                fill_with_mean(&data->columns[columns[k]], data->n_rows);
        return RS_OK;
    case RS_MISSING_FAIL:
        return refuse_missing(data, columns, n, err);
    }
    return rs_error_set(err, RS_ERR_INTERNAL, "unknown missing policy");
}
