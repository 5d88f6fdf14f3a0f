/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "categories.h"

#include "human.h"
#include "level.h"
#include "mem.h"
#include "models.h"
#include "name_list.h"
#include "no_column.h"
#include "numtext.h"
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- loading ----------------------------------------------------- */

/* What a column is read as categories for. */
struct use {
    bool model;  /* models take it so */
    bool levels; /* rows go together by it */
    bool few;    /* models take it so, if there are few levels */
};

const char *rs_categories_need_numbers(const struct rs_settings *settings)
{
    const struct rs_model *model = rs_model_find(settings->modelling.model);

    if (model != NULL && (model->can & RS_CAN_BLOCKS) == 0)
        return "model";
    return settings->modelling.poly > 1 ? "poly" : NULL;
}

/* The columns of x that are categories; of one list with y, none is. */
static enum rs_status use_x(struct use *uses, const struct rs_input *input,
                            const struct rs_column_choice *choice,
                            const struct rs_settings *settings,
                            struct rs_error *err)
{
    const struct rs_selection *x = &choice->x;
    const char *numbers = rs_categories_need_numbers(settings);
    bool any_text = input->pairs == RS_PAIRS_LIST ||
                    (settings->selecting.independent.n > 0 &&
                     input->pairs != RS_PAIRS_UNIQUE);
    bool by_pattern = any_text && numbers == NULL;

    for (size_t i = 0; i < x->n; i++) {
        size_t position = x->columns[i];
        struct use *use = &uses[choice->place[position]];
        const struct rs_column *column =
            &input->data->columns[choice->place[position]];
        bool by_name = choice->is_factor[position] ||
                       (any_text && column->wordy && !x->by_pattern[i]);
        if (by_name && numbers != NULL)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s} takes numbers as {x}, and '%s' is "
                                "categories",
                                numbers, column->name);
        use->model = use->model || by_name;
        use->few = by_pattern && column->wordy && !by_name;
    }
    return RS_OK;
}

static bool goes_by_levels(enum rs_role_kind kind, const struct rs_input *input,
                           size_t column)
{
    return kind == RS_ROLE_LEVELS ||
           (kind == RS_ROLE_LOOKED &&
            input->data->columns[column].type == RS_TYPE_TEXT);
}

/* Adds what covariates and roles are.
 * uses  inout  [data->n_columns] */
static void use_others(struct use *uses, const struct rs_input *input,
                       const struct rs_column_choice *choice)
{
    for (size_t i = 0; i < choice->covariates.n; i++) {
        size_t position = choice->covariates.columns[i];
        size_t column = input->covariates[i];
        if (choice->is_factor[position] ||
            input->data->columns[column].type == RS_TYPE_TEXT)
            uses[column].model = true;
    }
    for (int r = 0; r < RS_N_ROLES; r++)
        for (size_t i = 0; i < input->roles[r].n; i++)
            if (goes_by_levels(rs_roles[r].kind, input,
                               input->roles[r].columns[i]))
                uses[input->roles[r].columns[i]].levels = true;
}

static enum rs_status load_all(struct rs_dataset *data, struct rs_table *table,
                               const struct use *uses, size_t *columns,
                               struct rs_error *err)
{
    struct rs_factors_ask ask = {.columns = columns};

    for (size_t j = 0; j < data->n_columns; j++)
        if (uses[j].model || uses[j].levels)
            columns[ask.n++] = j;
    return ask.n == 0 ? RS_OK : rs_table_load_factors(table, data, &ask, err);
}

/* Those that have few levels; the others have no factor then. */
static enum rs_status load_few(struct rs_dataset *data, struct rs_table *table,
                               const struct use *uses, size_t *columns,
                               size_t most, struct rs_error *err)
{
    struct rs_factors_ask ask = {.columns = columns, .most = most};

    for (size_t j = 0; j < data->n_columns; j++)
        if (uses[j].few && !uses[j].model && !uses[j].levels)
            columns[ask.n++] = j;
    return ask.n == 0 ? RS_OK : rs_table_load_factors(table, data, &ask, err);
}

enum rs_status rs_categories_load(struct rs_input *input,
                                  struct rs_table *table,
                                  const struct rs_column_choice *choice,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    struct rs_dataset *data = input->data;
    size_t most = (size_t)settings->selecting.max_levels;
    struct use *uses = rs_alloc(data->n_columns, sizeof *uses, err);
    size_t *columns = rs_alloc(data->n_columns, sizeof *columns, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (uses == NULL || columns == NULL)
        goto done;
    use_others(uses, input, choice);
    status = use_x(uses, input, choice, settings, err);
    if (status == RS_OK)
        status = load_all(data, table, uses, columns, err);
    if (status == RS_OK)
        status = load_few(data, table, uses, columns, most, err);
    for (size_t j = 0; j < data->n_columns && status == RS_OK; j++) {
        struct rs_column *column = &data->columns[j];
        if (!uses[j].levels)
            continue;
        column->levels = column->factor;
        if (!uses[j].model && (!uses[j].few || column->factor->n_levels > most))
            column->factor = NULL;
    }
done:
    free(uses);
    free(columns);
    return status;
}

/* ---- references -------------------------------------------------- */

/* Writes the levels, separated by commas, to size bytes; of many, the first and
 * how many more there are. */
static void put_levels(char *out, size_t size, const struct rs_factor *factor)
{
    static const size_t more_bytes = 32; /* " and 18446744073709551615 more" */
    size_t used = 0;
    size_t i = 0;

    out[0] = '\0';
    for (; i < factor->n_levels; i++) {
        const char *level = factor->levels[i];
        size_t len = strlen(level) + (i > 0 ? 2 : 0);
        if (used + len + more_bytes >= size)
            break;
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 i > 0 ? ", " : "", level);
    }
    if (i < factor->n_levels)
        (void)snprintf(out + used, size - used, "%s%zu %s",
                       i > 0 ? " and " : "", factor->n_levels - i,
                       i > 0 ? "more" : "levels");
}

/* The level that a text is: by value among numbers, else by bytes. n_levels:
 * none. */
static size_t find_level(const struct rs_column *column, const char *text,
                         char decimal)
{
    const struct rs_factor *factor = column->factor;
    enum rs_level_rule rule =
        column->type == RS_TYPE_NUMERIC ? RS_LEVEL_NUMBER : RS_LEVEL_TEXT;
    struct rs_level wanted;
    struct rs_level level;
    double value = 0.0;
    size_t i = 0;

    if (rule == RS_LEVEL_NUMBER && rs_number_read(&value, text, strlen(text),
                                                  decimal) == RS_NUMBER_INVALID)
        return factor->n_levels;
    if (!rs_level_read(&wanted, text, strlen(text), rule, decimal))
        return factor->n_levels;
    for (; i < factor->n_levels; i++)
        if (rs_level_read(&level, factor->levels[i], strlen(factor->levels[i]),
                          rule, decimal) &&
            rs_level_compare(&level, &wanted) == 0)
            break;
    return i;
}

/* COL=LEVEL, where both may have = in them: the column is the shortest of
 * that name. Returns its position in the header, or n_names. */
static size_t split(const char **level, const char *text,
                    const struct rs_table *table)
{
    size_t n_names = rs_table_n_columns(table);
    const char *const *names = rs_table_names(table);
    const char *at = strchr(text, '=');

    for (; at != NULL; at = strchr(at + 1, '=')) {
        size_t len = (size_t)(at - text);
        for (size_t j = 0; j < n_names; j++)
            if (strlen(names[j]) == len && memcmp(names[j], text, len) == 0) {
                *level = at + 1;
                return j;
            }
    }
    return n_names;
}

static enum rs_status no_column(const char *text, const struct rs_table *table,
                                struct rs_error *err)
{
    char name[128];

    if (strchr(text, '=') == NULL)
        return rs_error_set(err, RS_ERR_USAGE, "{ref}: '%s' is not COL=LEVEL",
                            text);
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "="), text);
    return rs_no_column("ref", name, rs_table_names(table),
                        rs_table_n_columns(table), err);
}

/* seen  inout  [columns of the table] that have been referred to */
static enum rs_status refer_one(struct rs_input *input, bool *seen,
                                const char *text, const struct rs_table *table,
                                char decimal, struct rs_error *err)
{
    const char *level = NULL;
    size_t position = split(&level, text, table);
    struct rs_column *column = NULL;
    size_t found = 0;
    char list[256];

    if (position == rs_table_n_columns(table))
        return no_column(text, table, err);
    if (rs_table_refuse_shared(table, position, "ref", err) != RS_OK)
        return RS_ERR_INCONSISTENT;
    if (seen[position])
        return rs_error_set(err, RS_ERR_USAGE, "{ref}: '%s' has two references",
                            rs_table_names(table)[position]);
    seen[position] = true;
    for (size_t j = 0; j < input->data->n_columns; j++)
        if (input->data->columns[j].file_ix == position)
            column = &input->data->columns[j];
    if (column == NULL || column->factor == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{ref}: '%s' is no independent or covariate that "
                            "is categories ({factor} makes it so)",
                            rs_table_names(table)[position]);
    found = find_level(column, level, decimal);
    if (found < column->factor->n_levels) {
        column->factor->reference = found;
        return RS_OK;
    }
    put_levels(list, sizeof list, column->factor);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{ref}: column '%s' has no level '%s'; there are %s",
                        column->name, level, list);
}

enum rs_status rs_categories_refer(struct rs_input *input,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_list *list = &settings->selecting.refs;
    bool *seen = rs_alloc(rs_table_n_columns(table), sizeof *seen, err);
    enum rs_status status = seen == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t i = 0; i < list->n && status == RS_OK; i++)
        status = refer_one(input, seen, list->values[i], table,
                           settings->reading.decimal, err);
    free(seen);
    return status;
}

/* ---- what is said of them ---------------------------------------- */

enum rs_status rs_categories_of(size_t **out, size_t *n,
                                const struct rs_input *input,
                                struct rs_error *err)
{
    const struct rs_column *columns = input->data->columns;
    size_t n_columns = input->data->n_columns;
    bool *seen = rs_alloc(n_columns, sizeof *seen, err);

    *n = 0;
    *out = rs_alloc(input->n_x + input->n_covariates, sizeof **out, err);
    for (size_t i = 0;
         seen != NULL && *out != NULL && i < input->n_x + input->n_covariates;
         i++) {
        size_t column =
            i < input->n_x ? input->x[i] : input->covariates[i - input->n_x];
        if (columns[column].factor != NULL && !seen[column])
            (*out)[(*n)++] = column;
        seen[column] = true;
    }
    free(seen);
    return seen == NULL || *out == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_category_text(char out[RS_CATEGORY_TEXT],
                      const struct rs_column *column)
{
    const struct rs_factor *factor = column->factor;
    char levels[120];
    struct rs_human n;

    put_levels(levels, sizeof levels, factor);
    if (factor->n_levels == 0)
        (void)snprintf(out, RS_CATEGORY_TEXT, "%.60s: no levels",
                       rs_name_shown(column->name));
    else
        (void)snprintf(
            out, RS_CATEGORY_TEXT, "%.60s: %s level%s, reference %.60s (%s)",
            rs_name_shown(column->name), rs_human_count(&n, factor->n_levels),
            rs_plural(factor->n_levels), factor->levels[factor->reference],
            levels);
}
