/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "columns.h"

#include <math.h>
#include <string.h>

/* Columns begin on 64-byte boundaries. */
static size_t stride_of(size_t n_rows)
{
    return (n_rows + 7) / 8 * 8;
}

enum rs_status rs_columns_new(struct rs_dataset **out, size_t n_rows,
                              size_t n_columns, struct rs_error *err)
{
    struct rs_dataset *data = rs_alloc(1, sizeof *data, err);
    size_t n_words = rs_bit_words(n_rows);
    size_t cells = 0;
    size_t words = 0;
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (data == NULL)
        return RS_ERR_NOMEM;
    data->columns = rs_alloc(n_columns, sizeof *data->columns, err);
    if (data->columns == NULL)
        goto done;
    data->n_rows = n_rows;
    data->n_columns = n_columns;
    if (!rs_size_mul(&cells, stride_of(n_rows), n_columns) ||
        !rs_size_mul(&cells, cells, sizeof(double)) ||
        !rs_size_mul(&words, n_words, n_columns) ||
        !rs_size_mul(&words, words, sizeof(uint64_t))) {
        status = rs_error_set(err, RS_ERR_NOMEM, "the table is too large");
        goto done;
    }
    status = rs_pages_new(&data->numbers, cells, err);
    if (status == RS_OK)
        status = rs_pages_new(&data->bits, words, err);
    if (status != RS_OK)
        goto done;
    for (size_t j = 0; j < n_columns; j++) {
        data->columns[j].values = rs_columns_values(data, j);
        data->columns[j].valid = (uint64_t *)data->bits.base + j * n_words;
    }
    *out = data;
    data = NULL;
done:
    rs_dataset_free(data);
    return status;
}

double *rs_columns_values(const struct rs_dataset *data, size_t column)
{
    return (double *)data->numbers.base + column * stride_of(data->n_rows);
}

void rs_columns_finish(struct rs_dataset *data, size_t column)
{
    struct rs_column *out = &data->columns[column];
    const double *values = rs_columns_values(data, column);
    size_t n_words = rs_bit_words(data->n_rows);
    uint64_t *valid = (uint64_t *)data->bits.base + column * n_words;

    out->n_missing = 0;
    out->n_infinite = 0;
    for (size_t w = 0; w < n_words; w++) {
        size_t begin = 64 * w;
        size_t end = begin + 64 < data->n_rows ? begin + 64 : data->n_rows;
        uint64_t bits = 0;
        for (size_t i = begin; i < end; i++) {
            bits |= (uint64_t)(values[i] == values[i]) << (i - begin);
            out->n_infinite += isinf(values[i]) ? 1 : 0;
        }
        valid[w] = bits;
        out->n_missing += end - begin - (size_t)__builtin_popcountll(bits);
    }
    if (out->type == RS_TYPE_TEXT) {
        out->values = NULL;
        out->n_infinite = 0;
    }
}

void rs_columns_set_fault(struct rs_column *column, enum rs_fault_kind kind,
                          const char *text, size_t len)
{
    struct rs_fault *fault = &column->fault;
    size_t kept = len < sizeof fault->text ? len : sizeof fault->text - 4;

    column->type = RS_TYPE_TEXT;
    fault->kind = kind;
    memcpy(fault->text, text, kept);
    memcpy(fault->text + kept, kept < len ? "..." : "", kept < len ? 4 : 1);
}
