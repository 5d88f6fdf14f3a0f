/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level_texts.h"

static const char *of_x(const struct rs_rows_shape *rows, size_t x,
                        enum rs_row_source source)
{
    const struct rs_factor *factor = rows->data->columns[x].factor;

    if (factor == NULL || factor->n_levels == 0)
        return NULL;
    if (source == RS_FROM_REFERENCE)
        return factor->levels[factor->reference];
    return factor->n_levels == 2 ? factor->levels[1 - factor->reference] : NULL;
}

const char *rs_level_text(const struct rs_rows_shape *rows,
                          enum rs_row_source source, size_t place)
{
    size_t n_columns = rows->data->n_columns;
    const char *const *texts =
        source == RS_FROM_LEVEL ? rows->term_levels : rows->term_references;

    if (place < n_columns)
        return of_x(rows, place, source);
    return texts == NULL || place == n_columns + rows->n_term_texts
               ? NULL
               : texts[place - n_columns];
}

static bool has(const struct rs_row_columns *columns, enum rs_row_source source)
{
    for (size_t i = 0; i < columns->n; i++)
        if (rs_fields[columns->fields[i]].source == source)
            return true;
    return false;
}

bool rs_level_text_wanted(const struct rs_rows_shape *rows,
                          enum rs_row_source source)
{
    return has(&rows->pairs, source) || has(&rows->terms, source);
}
