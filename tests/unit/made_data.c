/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

double made_uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53;
}

double made_normal(uint64_t *state)
{
    double sum = -6.0;

    for (int i = 0; i < 12; i++)
        sum += made_uniform(state);
    return sum;
}

struct rs_dataset *made_data(const double *values, size_t n_rows,
                             size_t n_columns)
{
    struct rs_dataset *data = calloc(1, sizeof *data);

    ck_assert_ptr_nonnull(data);
    data->n_rows = n_rows;
    data->n_columns = n_columns;
    data->columns = calloc(n_columns, sizeof *data->columns);
    ck_assert_ptr_nonnull(data->columns);
    for (size_t j = 0; j < n_columns; j++) {
        struct rs_column *column = &data->columns[j];
        uint64_t *valid = calloc(rs_bit_words(n_rows) + 1, sizeof *valid);
        ck_assert_ptr_nonnull(valid);
        column->values = values + j * n_rows;
        column->valid = valid;
        for (size_t i = 0; i < n_rows; i++) {
            if (isnan(column->values[i]))
                column->n_missing++;
            else
                valid[i / 64] |= (uint64_t)1 << (i % 64);
            column->n_infinite += isinf(column->values[i]) ? 1 : 0;
        }
    }
    return data;
}

void made_data_free(struct rs_dataset *data)
{
    for (size_t j = 0; j < data->n_columns; j++) {
        rs_factor_free(data->columns[j].factor);
        free((void *)(uintptr_t)data->columns[j].valid);
    }
    free(data->columns);
    free(data);
}

void made_factor(struct rs_column *column, size_t n_rows, size_t n_levels)
{
    struct rs_factor *factor = calloc(1, sizeof *factor);

    ck_assert_ptr_nonnull(factor);
    factor->n_levels = n_levels;
    factor->levels = calloc(n_levels, sizeof *factor->levels);
    factor->codes = calloc(n_rows, sizeof *factor->codes);
    ck_assert(factor->levels != NULL && factor->codes != NULL);
    for (size_t l = 0; l < n_levels; l++) {
        factor->levels[l] = calloc(2, 1);
        ck_assert_ptr_nonnull(factor->levels[l]);
        factor->levels[l][0] = (char)('a' + l);
    }
    for (size_t i = 0; i < n_rows; i++)
        factor->codes[i] =
            isnan(column->values[i]) ? -1 : (int32_t)column->values[i];
    column->factor = factor;
}
