/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "where.h"

#include "cell_words.h"
#include "mem.h"
#include "not_numeric.h"
#include "row_take.h"

#include <stdlib.h>
#include <string.h>

static enum rs_status check_kind(const struct rs_condition_part *part,
                                 const struct rs_column *column,
                                 const struct rs_table *table,
                                 struct rs_error *err)
{
    char days[RS_CELL_ROOM];

    if (part->kind == RS_CONDITION_NUMBER && column->type == RS_TYPE_TEXT)
        return rs_not_numeric(column, table, "where", err);
    if (part->kind == RS_CONDITION_TEXT && column->type == RS_TYPE_NUMERIC &&
        rs_cell_date(days, part->text, strlen(part->text), '.') > 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{where}: column '%s' is numbers, and '%s' in "
                            "quotes is a text (as {dates} reads it: %s)",
                            column->name, part->text, days);
    if (part->kind == RS_CONDITION_TEXT && column->type == RS_TYPE_NUMERIC)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{where}: column '%s' is numbers, and '%s' in "
                            "quotes is a text",
                            column->name, part->text);
    return RS_OK;
}

/* The parts, of the columns of the dataset: the role has those of the names, in
 * their order.
 * out  out  [where->n] */
static enum rs_status bind(struct rs_condition_part *out,
                           const struct rs_input *input,
                           const struct rs_where *where,
                           const struct rs_table *table, struct rs_error *err)
{
    const size_t *columns = input->roles[RS_ROLE_WHERE].columns;
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < where->n && status == RS_OK; k++) {
        out[k] = where->parts[k];
        if (out[k].kind >= RS_CONDITION_NOT)
            continue;
        out[k].column = columns[out[k].column];
        status = check_kind(&out[k], &input->data->columns[out[k].column],
                            table, err);
    }
    return status;
}

/* Drops levels that no row has any more. */
static enum rs_status trim(struct rs_dataset *data, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t j = 0; j < data->n_columns && status == RS_OK; j++) {
        struct rs_column *column = &data->columns[j];
        if (column->factor != NULL)
            status = rs_factor_trim(column->factor, data->n_rows, err);
        if (column->levels != NULL && column->levels != column->factor &&
            status == RS_OK)
            status = rs_factor_trim(column->levels, data->n_rows, err);
    }
    return status;
}

/* The other rows stay in the design of a survey: they weigh nothing. A column
 * of weights that is text is an error elsewhere. */
static void weigh_nothing(struct rs_input *input, const uint64_t *rows)
{
    const struct rs_role_columns *role = &input->roles[RS_ROLE_WEIGHTS];
    struct rs_dataset *data = input->data;

    for (size_t k = 0; k < role->n; k++) {
        const struct rs_column *column = &data->columns[role->columns[k]];
        double *values = (double *)(uintptr_t)column->values;
        for (size_t i = 0; values != NULL && i < data->n_rows; i++)
            if (!rs_rows_has(rows, i) && values[i] > 0.0)
                values[i] = 0.0;
    }
    input->n_where_dropped =
        data->n_rows - rs_rows_count(rows, rs_bit_words(data->n_rows));
}

enum rs_status rs_where_apply(struct rs_input *input,
                              const struct rs_column_choice *choice,
                              const struct rs_table *table, bool survey,
                              unsigned n_threads, struct rs_error *err)
{
    struct rs_dataset *data = input->data;
    size_t n = choice->where.n;
    size_t n_words = rs_bit_words(data->n_rows);
    struct rs_condition_part *parts = rs_alloc(n, sizeof *parts, err);
    uint64_t *rows = rs_alloc(n_words, sizeof *rows, err);
    enum rs_status status =
        parts == NULL || rows == NULL ? RS_ERR_NOMEM : RS_OK;

    if (status != RS_OK || n == 0)
        goto done;
    status = bind(parts, input, &choice->where, table, err);
    if (status == RS_OK)
        status = rs_condition_rows(rows, data, parts, n, err);
    if (status == RS_OK && rs_rows_count(rows, n_words) == 0)
        status = rs_error_set(err, RS_ERR_INCONSISTENT,
                              "{where}: it holds for none of %zu rows",
                              data->n_rows);
    if (status == RS_OK && survey) {
        weigh_nothing(input, rows);
        goto done;
    }
    if (status == RS_OK)
        status = rs_dataset_keep_rows(&input->n_where_dropped, data, rows,
                                      n_threads, err);
    if (status == RS_OK)
        status = trim(data, err);
done:
    free(parts);
    free(rows);
    return status;
}
