/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset.h"

#include <stdlib.h>

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

void rs_dataset_free(struct rs_dataset *data)
{
    if (data == NULL)
        return;
    if (data->columns != NULL)
        for (size_t j = 0; j < data->n_columns; j++) {
            free(data->columns[j].name);
            rs_factor_free(data->columns[j].factor);
        }
    free(data->columns);
    rs_pages_free(&data->numbers);
    rs_pages_free(&data->bits);
    free(data);
}
