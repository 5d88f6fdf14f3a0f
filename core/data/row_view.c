/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rs_row_view {
    const struct rs_dataset *of;
    struct rs_dataset data;
    struct rs_factor *factors; /* [2][of->n_columns] and levels, of columns
                                  that have any */
    uint64_t *bits; /* [1 + n_holes][words]: all rows, then columns in which
                       cells are missing, one after another */
    size_t n_holes; /* columns with missing cells */
    size_t words;   /* room for so many in each */
};

/* Gives a column a factor of its own, if it has one. */
static void copy_factor(struct rs_factor **factor, struct rs_factor *own)
{
    if (*factor == NULL)
        return;
    *own = **factor;
    *factor = own;
}

enum rs_status rs_row_view_new(struct rs_row_view **out,
                               const struct rs_dataset *data,
                               struct rs_error *err)
{
    struct rs_row_view *view = rs_alloc(1, sizeof *view, err);
    size_t n = data->n_columns;

    *out = view;
    if (view == NULL)
        return RS_ERR_NOMEM;
    view->of = data;
    view->data.n_columns = n;
    view->data.columns = rs_alloc(n, sizeof *view->data.columns, err);
    view->factors = rs_alloc(2 * n, sizeof *view->factors, err);
    if (view->data.columns == NULL || view->factors == NULL) {
        rs_row_view_free(view);
        *out = NULL;
        return RS_ERR_NOMEM;
    }
    memcpy(view->data.columns, data->columns, n * sizeof *data->columns);
    for (size_t j = 0; j < n; j++) {
        struct rs_column *column = &view->data.columns[j];
        view->n_holes += column->n_missing > 0 ? 1 : 0;
        copy_factor(&column->factor, &view->factors[j]);
        copy_factor(&column->levels, &view->factors[n + j]);
    }
    return RS_OK;
}

void rs_row_view_free(struct rs_row_view *view)
{
    if (view == NULL)
        return;
    free(view->data.columns);
    free(view->factors);
    free(view->bits);
    free(view);
}

/* Room for the bits of so many rows. */
static enum rs_status reserve(struct rs_row_view *view, size_t n_rows,
                              struct rs_error *err)
{
    size_t words = rs_bit_words(n_rows);

    if (view->bits != NULL && words <= view->words)
        return RS_OK;
    if (words < 2 * view->words)
        words = 2 * view->words;
    free(view->bits);
    view->words = 0;
    view->data.n_rows = 0;
    view->bits = rs_alloc((1 + view->n_holes) * words, sizeof *view->bits, err);
    if (view->bits == NULL)
        return RS_ERR_NOMEM;
    view->words = words;
    return RS_OK;
}

size_t rs_rows_of_range(uint64_t *out, const uint64_t *set,
                        struct rs_row_range rows)
{
    size_t shift = rows.first % 64;
    size_t last = rows.n == 0 ? 0 : (rows.first + rows.n - 1) / 64;
    size_t from = rows.first / 64;
    size_t n_words = rs_bit_words(rows.n);

    for (size_t i = 0; i < n_words; i++, from++) {
        out[i] = set[from] >> shift;
        if (shift > 0 && from < last)
            out[i] |= set[from + 1] << (64 - shift);
    }
    if (rows.n % 64 != 0)
        out[n_words - 1] &= ((uint64_t)1 << (rows.n % 64)) - 1;
    return rs_rows_count(out, n_words);
}

static size_t count_infinite(const double *values, size_t n)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += isinf(values[i]) ? 1 : 0;
    return found;
}

enum rs_status rs_row_view_move(struct rs_row_view *view,
                                struct rs_row_range rows, struct rs_error *err)
{
    enum rs_status status = reserve(view, rows.n, err);
    uint64_t *next = view->bits;

    if (status != RS_OK)
        return status;
    rs_rows_fill(next, rows.n);
    view->data.n_rows = rows.n;
    for (size_t j = 0; j < view->data.n_columns; j++) {
        const struct rs_column *from = &view->of->columns[j];
        struct rs_column *column = &view->data.columns[j];
        column->valid = view->bits;
        if (from->n_missing > 0) {
            next += view->words;
            column->n_missing =
                rows.n - rs_rows_of_range(next, from->valid, rows);
            column->valid = next;
        }
        if (from->values != NULL)
            column->values = from->values + rows.first;
        if (from->n_infinite > 0)
            column->n_infinite = count_infinite(column->values, rows.n);
        if (from->factor != NULL)
            column->factor->codes = from->factor->codes + rows.first;
        if (from->levels != NULL)
            column->levels->codes = from->levels->codes + rows.first;
    }
    return RS_OK;
}

const struct rs_dataset *rs_row_view_data(const struct rs_row_view *view)
{
    return &view->data;
}
