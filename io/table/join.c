/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "join.h"

#include "dataset_new.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum rs_status rs_keys_init(struct rs_keys *out, const char *const *texts,
                            size_t n, struct rs_error *err)
{
    out->texts = texts;
    out->n = n;
    return rs_name_index_init(&out->index, texts, n, err);
}

void rs_keys_clear(struct rs_keys *keys)
{
    rs_name_index_clear(&keys->index);
}

bool rs_keys_repeated(size_t *row, size_t *earlier, const struct rs_keys *keys)
{
    const size_t *sorted = keys->index.sorted;
    bool found = false;

    for (size_t i = 1; i < keys->n; i++) {
        /* equal keys stand side by side, by row */
        bool equal =
            strcmp(keys->texts[sorted[i - 1]], keys->texts[sorted[i]]) == 0;
        if (!equal || (found && sorted[i] >= *row))
            continue;
        *row = sorted[i];
        *earlier = sorted[i - 1];
        found = true;
    }
    return found;
}

enum rs_status rs_join_init(struct rs_join *out, const struct rs_keys *lists,
                            size_t n_lists, struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->rows = rs_alloc(n_lists, sizeof(size_t *), err);
    if (out->rows == NULL)
        return RS_ERR_NOMEM;
    out->n_lists = n_lists;
    for (size_t l = 0; l < n_lists; l++) {
        out->rows[l] = rs_alloc(lists[0].n, sizeof(size_t), err);
        if (out->rows[l] == NULL) {
            rs_join_clear(out);
            return RS_ERR_NOMEM;
        }
    }
    for (size_t i = 0; i < lists[0].n; i++) {
        const char *key = lists[0].texts[i];
        size_t len = strlen(key);
        size_t l = 1;
        out->rows[0][out->n_rows] = i;
        for (; l < n_lists; l++) {
            size_t row = rs_name_index_find(&lists[l].index, key, len);
            if (row == lists[l].n)
                break;
            out->rows[l][out->n_rows] = row;
        }
        out->n_rows += l == n_lists ? 1 : 0;
    }
    return RS_OK;
}

void rs_join_clear(struct rs_join *join)
{
    for (size_t l = 0; l < join->n_lists; l++)
        free(join->rows[l]);
    free(join->rows);
    memset(join, 0, sizeof *join);
}

void rs_join_column(struct rs_dataset *to, size_t to_column,
                    const struct rs_dataset *from, size_t from_column,
                    const size_t *rows)
{
    struct rs_column *source = &from->columns[from_column];
    struct rs_column *target = &to->columns[to_column];
    double *values = rs_dataset_cells(to, to_column);

    for (size_t i = 0; i < to->n_rows; i++) {
        if (source->values != NULL)
            values[i] = source->values[rows[i]];
        else
            values[i] = rs_column_has(source, rows[i]) ? 0.0 : NAN;
    }
    target->name = source->name;
    source->name = NULL;
    target->type = source->type;
    target->fault = source->fault;
    target->loss = source->loss;
    rs_dataset_finish(to, to_column);
    target->wordy = source->wordy;
    target->words = source->words;
    source->words = NULL;
    target->n_words = source->n_words;
    target->n_cells = source->n_cells;
}
