/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rank_columns.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum rs_status rs_rank_columns_init(struct rs_rank_columns *out,
                                    const struct rs_spec *spec,
                                    size_t cache_bytes, struct rs_error *err)
{
    size_t n_rows = spec->data->n_rows;

    memset(out, 0, sizeof *out);
    out->data = spec->data;
    if (n_rows >= RS_NO_CODE)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "{model}: %zu rows are too many to be ranked",
                            n_rows);
    out->left = cache_bytes / (sizeof(uint32_t) * (n_rows + 8));
    out->columns = rs_alloc(spec->data->n_columns, sizeof *out->columns, err);
    out->room = rs_alloc(RS_RANKS_ROOM * n_rows, sizeof *out->room, err);
    if (out->columns == NULL || out->room == NULL)
        return RS_ERR_NOMEM;
    for (int side = 0; side < 2; side++) {
        out->in_scratch[side] = RS_NO_COLUMN;
        out->scratch[side].codes = rs_alloc(n_rows, sizeof(uint32_t), err);
        if (out->scratch[side].codes == NULL)
            return RS_ERR_NOMEM;
    }
    return RS_OK;
}

void rs_rank_columns_clear(struct rs_rank_columns *columns)
{
    for (size_t j = 0; columns->columns != NULL && j < columns->data->n_columns;
         j++)
        free(columns->columns[j].codes);
    free(columns->columns);
    free(columns->room);
    for (int side = 0; side < 2; side++)
        free(columns->scratch[side].codes);
    memset(columns, 0, sizeof *columns);
}

static void make(struct rs_rank_columns *columns, struct rs_rank_column *out,
                 size_t column)
{
    out->n_levels =
        rs_rank_codes(out->codes, columns->data->columns[column].values,
                      columns->data->n_rows, columns->room);
}

const struct rs_rank_column *rs_rank_column(struct rs_rank_columns *columns,
                                            size_t column,
                                            enum rs_rank_side side)
{
    struct rs_rank_column *kept = &columns->columns[column];

    if (kept->codes != NULL)
        return kept;
    if (columns->left > 0) {
        columns->left--;
        kept->codes = rs_alloc(columns->data->n_rows, sizeof(uint32_t), NULL);
        if (kept->codes != NULL) {
            make(columns, kept, column);
            return kept;
        }
    }
    if (columns->in_scratch[side] != column)
        make(columns, &columns->scratch[side], column);
    columns->in_scratch[side] = column;
    return &columns->scratch[side];
}

void rs_rank_among(double *ranks, const struct rs_rank_column *column,
                   const uint64_t *rows, size_t n_words, uint32_t *places)
{
    const uint32_t *codes = column->codes;

    memset(places, 0, (column->n_levels + 1) * sizeof *places);
    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1)
            places[codes[64 * w + (size_t)__builtin_ctzll(bits)] + 1]++;
    /* places[c]: how many are below level c */
    for (size_t c = 0; c < column->n_levels; c++)
        places[c + 1] += places[c];
    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1) {
            size_t i = 64 * w + (size_t)__builtin_ctzll(bits);
            ranks[i] = 0.5 * ((double)places[codes[i]] +
                              (double)places[codes[i] + 1] + 1.0);
        }
}
