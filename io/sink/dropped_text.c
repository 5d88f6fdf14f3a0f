/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dropped_text.h"

bool rs_dropped_wanted(const struct rs_rows_shape *rows)
{
    for (size_t i = 0; i < rows->pairs.n; i++)
        if (rows->pairs.fields[i] == RS_FIELD_DROPPED)
            return true;
    return false;
}

size_t rs_dropped_most(const struct rs_rows_shape *rows)
{
    size_t longest = 0;

    if (!rs_dropped_wanted(rows))
        return 0;
    for (size_t j = 0; j < rows->data->n_columns; j++) {
        size_t len = strlen(rows->data->columns[j].name);
        longest = len > longest ? len : longest;
    }
    return rows->n_covariates * (longest + 1) + 1;
}

size_t rs_dropped_unpack(char *out, const struct rs_rows_shape *rows,
                         const char *list)
{
    char *at = out;

    for (size_t k = 0; k < rows->n_covariates; k++) {
        uint64_t place = rs_row_whole(list, k * sizeof place);
        const char *name = NULL;
        size_t len = 0;
        if (place == 0)
            break;
        name = rows->data->columns[place - 1].name;
        len = strlen(name);
        if (k > 0)
            *at++ = RS_DROPPED_BETWEEN;
        memcpy(at, name, len);
        at += len;
    }
    *at = '\0';
    return (size_t)(at - out);
}
