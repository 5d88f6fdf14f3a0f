/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"

#include "dataset_new.h"
#include "source.h"
#include "source_memory.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    struct rs_memory_column *list = calloc(n_columns, sizeof *list);
    size_t *columns = calloc(n_columns, sizeof *columns);
    struct rs_source *source = NULL;
    struct rs_dataset *data = NULL;

    ck_assert(list != NULL && columns != NULL);
    for (size_t j = 0; j < n_columns; j++) {
        list[j].name = "";
        list[j].values = values + j * n_rows;
        columns[j] = j;
    }
    ck_assert_int_eq(
        rs_source_memory_new(&source, list, n_columns, n_rows, NULL), RS_OK);
    ck_assert_int_eq(rs_source_load(&data, source, columns, n_columns, NULL),
                     RS_OK);
    rs_source_close(source);
    free(list);
    free(columns);
    return data;
}

void made_data_refill(struct rs_dataset *data, const double *values)
{
    for (size_t j = 0; j < data->n_columns; j++)
        memcpy(rs_dataset_cells(data, j), values + j * data->n_rows,
               data->n_rows * sizeof *values);
}

void made_name(struct rs_dataset *data, size_t column, const char *name)
{
    free(data->columns[column].name);
    data->columns[column].name = strdup(name);
    ck_assert_ptr_nonnull(data->columns[column].name);
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
