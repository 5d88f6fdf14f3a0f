/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void rs_factor_free(struct rs_factor *factor)
{
    if (factor == NULL)
        return;
    if (factor->levels != NULL)
        for (size_t i = 0; i < factor->n_levels; i++)
            free(factor->levels[i]);
    free(factor->levels);
    free(factor->codes);
    free(factor);
}

enum rs_status rs_factor_trim(struct rs_factor *factor, size_t n_rows,
                              struct rs_error *err)
{
    int32_t *codes = rs_alloc(factor->n_levels, sizeof *codes, err);
    size_t used = 0;

    if (codes == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n_rows; i++)
        if (factor->codes[i] >= 0)
            codes[factor->codes[i]] = 1;
    for (size_t k = 0; k < factor->n_levels; k++) {
        if (codes[k] == 0) {
            free(factor->levels[k]);
            continue;
        }
        factor->levels[used] = factor->levels[k];
        codes[k] = (int32_t)used++;
    }
    for (size_t i = 0; i < n_rows; i++)
        if (factor->codes[i] >= 0)
            factor->codes[i] = codes[factor->codes[i]];
    factor->n_levels = used;
    factor->reference = 0;
    free(codes);
    return RS_OK;
}

/* Places for the cells of n more columns. */
static enum rs_status map_copies(struct rs_dataset *data, size_t n,
                                 struct rs_error *err)
{
    size_t bytes = (data->n_rows + 7) / 8 * 8 + rs_bit_words(data->n_rows);

    assert(data->copies.base == NULL);
    if (!rs_size_mul(&bytes, bytes, sizeof(double)) ||
        !rs_size_mul(&bytes, bytes, n))
        return rs_error_set(err, RS_ERR_NOMEM, "the table is too large");
    return rs_pages_new(&data->copies, bytes, err);
}

/* A copy whose cells lie at values and bits. */
static enum rs_status copy_column(struct rs_column *out,
                                  const struct rs_column *from, size_t n_rows,
                                  double *values, uint64_t *bits,
                                  struct rs_error *err)
{
    *out = *from;
    out->factor = NULL;
    out->levels = NULL;
    out->words = NULL;
    out->loss = (struct rs_loss){0};
    out->name = rs_text_copy(from->name, strlen(from->name), err);
    memcpy(values, from->values, n_rows * sizeof *values);
    memcpy(bits, from->valid, rs_bit_words(n_rows) * sizeof *bits);
    out->values = values;
    out->valid = bits;
    return out->name == NULL ? RS_ERR_NOMEM : RS_OK;
}

enum rs_status rs_dataset_copy_columns(struct rs_dataset *data,
                                       const size_t *columns, size_t n,
                                       struct rs_error *err)
{
    size_t n_before = data->n_columns;
    size_t stride = (data->n_rows + 7) / 8 * 8;
    size_t n_words = rs_bit_words(data->n_rows);
    struct rs_column *more = NULL;
    double *values = NULL;
    uint64_t *bits = NULL;
    enum rs_status status = map_copies(data, n, err);

    if (status != RS_OK)
        return status;
    values = data->copies.base;
    bits = (uint64_t *)(values + n * stride);
    more = realloc(data->columns, (n_before + n) * sizeof *more);
    if (more == NULL) {
        rs_pages_free(&data->copies);
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    }
    data->columns = more;
    for (size_t k = 0; k < n && status == RS_OK; k++)
        status = copy_column(&more[data->n_columns++], &more[columns[k]],
                             data->n_rows, values + k * stride,
                             bits + k * n_words, err);
    return status;
}

void rs_dataset_free(struct rs_dataset *data)
{
    if (data == NULL)
        return;
    if (data->columns != NULL)
        for (size_t j = 0; j < data->n_columns; j++) {
            free(data->columns[j].name);
            free(data->columns[j].words);
            if (data->columns[j].levels != data->columns[j].factor)
                rs_factor_free(data->columns[j].levels);
            rs_factor_free(data->columns[j].factor);
        }
    free(data->columns);
    rs_pages_free(&data->numbers);
    rs_pages_free(&data->bits);
    rs_pages_free(&data->copies);
    free(data);
}
