/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input_shared.h"

#include "left_out.h"
#include "mem.h"
#include "not_numeric.h"
#include "spec.h"

#include <math.h>
#include <string.h>

enum rs_status rs_input_find_side(const struct rs_input_side *side,
                                  struct rs_input *input,
                                  const struct rs_column_choice *choice,
                                  const struct rs_table *table,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    const struct rs_selection *selection = side->selection;
    const struct rs_left_out left = {side->setting, selection, choice->place};
    size_t n = 0;
    size_t *columns = rs_alloc(selection->n, sizeof *columns, err);
    enum rs_status status = RS_OK;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < selection->n && status == RS_OK; i++) {
        size_t place = choice->place[selection->columns[i]];
        const struct rs_column *column = &input->data->columns[place];
        if (column->type == RS_TYPE_NUMERIC || column->factor != NULL)
            columns[n++] = place;
        else if (!selection->by_pattern[i])
            status = side->text
                         ? rs_not_numeric_x(column, table, err)
                         : rs_not_numeric(column, table, side->setting, err);
    }
    *side->columns = columns;
    *side->n = n;
    if (status == RS_OK && n < selection->n)
        status = rs_left_out_tell(input, &left, table, settings, err);
    if (status == RS_OK && n == 0)
        status = rs_error_set(err, RS_ERR_INCONSISTENT,
                              "{%s}: no numeric column is left", side->setting);
    return status;
}

/* The columns of the dataset that a selection is. */
static size_t *places_of(const struct rs_selection *selection,
                         const struct rs_column_choice *choice,
                         struct rs_error *err)
{
    size_t *columns = rs_alloc(selection->n, sizeof *columns, err);

    for (size_t i = 0; columns != NULL && i < selection->n; i++)
        columns[i] = choice->place[selection->columns[i]];
    return columns;
}

enum rs_status rs_input_find_roles(struct rs_input *input,
                                   const struct rs_column_choice *choice,
                                   const struct rs_table *table,
                                   struct rs_error *err)
{
    const struct rs_column *columns = input->data->columns;

    input->covariates = places_of(&choice->covariates, choice, err);
    if (input->covariates == NULL)
        return RS_ERR_NOMEM;
    input->n_covariates = choice->covariates.n;
    input->n_common = choice->n_common;
    for (int r = 0; r < RS_N_ROLES; r++) {
        struct rs_role_columns *role = &input->roles[r];
        role->columns = places_of(&choice->roles[r], choice, err);
        if (role->columns == NULL)
            return RS_ERR_NOMEM;
        role->n = choice->roles[r].n;
        for (size_t i = 0; i < role->n; i++)
            if (rs_roles[r].kind == RS_ROLE_NUMBERS &&
                columns[role->columns[i]].type != RS_TYPE_NUMERIC)
                return rs_not_numeric(&columns[role->columns[i]], table,
                                      rs_roles[r].setting, err);
    }
    return RS_OK;
}

static bool holds(const size_t *columns, size_t n, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == column)
            return true;
    return false;
}

enum rs_status rs_input_find_sets(struct rs_input *input,
                                  struct rs_column_choice *choice,
                                  struct rs_error *err)
{
    input->sets = rs_alloc(choice->sets.n, sizeof *input->sets, err);
    input->set_names = rs_alloc(choice->sets.n, sizeof *input->set_names, err);
    if (input->sets == NULL || input->set_names == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < choice->sets.n; k++) {
        struct rs_set_choice *from = &choice->sets.sets[k];
        struct rs_model_set *set = &input->sets[input->n_sets++];
        set->name = from->name;
        from->name = NULL;
        input->set_names[k] = set->name;
        set->covariates = rs_alloc(input->n_common + from->columns.n,
                                   sizeof *set->covariates, err);
        if (set->covariates == NULL)
            return RS_ERR_NOMEM;
        memcpy(set->covariates, input->covariates,
               input->n_common * sizeof *set->covariates);
        set->n = input->n_common;
        for (size_t i = 0; i < from->columns.n; i++) {
            size_t column = choice->place[from->columns.columns[i]];
            if (!holds(set->covariates, set->n, column))
                set->covariates[set->n++] = column;
        }
    }
    return RS_OK;
}

/* What counts are not: a number of rows, of which doubles can tell the sum. */
static enum rs_status check_counts(const struct rs_column *column,
                                   const char *path, size_t n_rows,
                                   struct rs_error *err)
{
    double sum = 0.0;

    for (size_t i = 0; i < n_rows; i++) {
        double count = column->values[i];
        sum += isnan(count) ? 0.0 : count;
        if (!isnan(count) && count != floor(count))
            return rs_error_set_at(
                err, RS_ERR_INCONSISTENT, path, 0, 0,
                "{weights-are} counts: column '%s' has %g in data row %zu, "
                "which is no whole number",
                column->name, count, i + 1);
    }
    if (sum > 0x1p53)
        return rs_error_set_at(err, RS_ERR_INCONSISTENT, path, 0, 0,
                               "{weights-are} counts: column '%s' counts more "
                               "than 2^53 rows",
                               column->name);
    return RS_OK;
}

/* Looks at what is in a column of weights. */
static enum rs_status check_weights(const struct rs_input *input,
                                    const struct rs_column *column,
                                    const struct rs_table *table, bool counts,
                                    struct rs_error *err)
{
    const char *path = rs_table_path(table, column->file_ix);

    for (size_t i = 0; i < input->data->n_rows; i++)
        if (column->values[i] < 0.0 || isinf(column->values[i]))
            return rs_error_set_at(
                err, RS_ERR_INCONSISTENT, path, 0, 0,
                "{weights}: column '%s' has the weight %g in data row %zu%s",
                column->name, column->values[i], i + 1,
                input->n_where_dropped > 0 ? " of those kept" : "");
    return counts ? check_counts(column, path, input->data->n_rows, err)
                  : RS_OK;
}

enum rs_status rs_input_find_weights(struct rs_input *input,
                                     const struct rs_column_choice *choice,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_error *err)
{
    bool counts = settings->selecting.weights_are == RS_WEIGHTS_ARE_COUNTS;
    const struct rs_role_columns *role = &input->roles[RS_ROLE_WEIGHTS];
    const struct rs_column *columns = input->data->columns;
    enum rs_status status = RS_OK;

    input->weighted = settings->selecting.weights.n > 0;
    if (input->weighted)
        input->weights = role->columns[0];
    for (size_t i = 0; i < role->n && status == RS_OK; i++)
        status = check_weights(input, &columns[role->columns[i]], table, counts,
                               err);
    if (choice->weights.of == NULL || status != RS_OK)
        return status;
    input->weights_of =
        rs_alloc(input->data->n_columns, sizeof *input->weights_of, err);
    if (input->weights_of == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < input->data->n_columns; j++) {
        size_t own = choice->weights.of[columns[j].file_ix];
        input->weights_of[j] =
            own >= choice->weights.n_names ? RS_NO_COLUMN : choice->place[own];
    }
    return RS_OK;
}
