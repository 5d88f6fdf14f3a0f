/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transformed.h"

#include "mem.h"
#include "name_index.h"
#include "not_numeric.h"

#include <stdlib.h>
#include <string.h>

static const char setting[] = "transform";

static enum rs_status not_used(const struct rs_transformed_of *of,
                               size_t position, struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_USAGE, "{%s}: '%s' %s", setting,
                        rs_table_names(of->table)[position],
                        rs_selection_has(of->weights, position)
                            ? "is the weights, which are used as they are"
                            : "is no dependent, independent or covariate");
}

enum rs_status rs_transformed_check(const struct rs_transformed *transforms,
                                    const struct rs_transformed_of *of,
                                    struct rs_error *err)
{
    for (size_t k = 0; k < transforms->list.n; k++) {
        const struct rs_selection *columns = &transforms->columns[k];
        for (size_t i = 0; i < columns->n; i++)
            if (!columns->by_pattern[i] && !of->used[columns->columns[i]])
                return not_used(of, columns->columns[i], err);
    }
    return RS_OK;
}

/* The columns of the dataset that a selection transforms.
 * out  out  [selection->n], *n of them */
static enum rs_status find_columns(size_t *out, size_t *n,
                                   const struct rs_selection *selection,
                                   const struct rs_dataset *data,
                                   const struct rs_transformed_of *of,
                                   struct rs_error *err)
{
    *n = 0;
    for (size_t i = 0; i < selection->n; i++) {
        size_t position = selection->columns[i];
        const struct rs_column *column = NULL;
        if (!of->used[position])
            continue;
        column = &data->columns[of->place[position]];
        if (column->type == RS_TYPE_NUMERIC && column->factor == NULL)
            out[(*n)++] = of->place[position];
        else if (!selection->by_pattern[i] && column->factor != NULL)
            return rs_error_set(err, RS_ERR_USAGE, "{%s}: '%s' is categories",
                                setting, column->name);
        else if (!selection->by_pattern[i])
            return rs_not_numeric(column, of->table, setting, err);
    }
    return RS_OK;
}

/* Results tell columns by their names. */
static enum rs_status check_names(const struct rs_dataset *data,
                                  const bool *changed, struct rs_error *err)
{
    const char **texts = rs_alloc(data->n_columns, sizeof *texts, err);
    struct rs_name_index names;
    enum rs_status status = RS_ERR_NOMEM;

    if (texts == NULL)
        return status;
    for (size_t j = 0; j < data->n_columns; j++)
        texts[j] = data->columns[j].name;
    status = rs_name_index_init(&names, texts, data->n_columns, err);
    for (size_t j = 0; j < data->n_columns && status == RS_OK; j++)
        if (changed[j] && rs_name_index_twin(&names, j) < data->n_columns)
            status = rs_error_set(err, RS_ERR_USAGE,
                                  "{%s}: two columns would be called '%s'",
                                  setting, texts[j]);
    rs_name_index_clear(&names);
    free(texts);
    return status;
}

enum rs_status rs_transformed_apply(struct rs_transformed *transforms,
                                    struct rs_dataset *data,
                                    const struct rs_transformed_of *of,
                                    unsigned n_threads, struct rs_error *err)
{
    size_t *columns = rs_alloc(data->n_columns, sizeof *columns, err);
    bool *changed = rs_alloc(data->n_columns, sizeof *changed, err);
    enum rs_status status =
        columns == NULL || changed == NULL ? RS_ERR_NOMEM : RS_OK;
    struct rs_transform_ask ask;
    size_t n = 0;

    for (size_t k = 0; k < transforms->list.n && status == RS_OK; k++) {
        status =
            find_columns(columns, &n, &transforms->columns[k], data, of, err);
        for (size_t i = 0; i < n && status == RS_OK; i++)
            changed[columns[i]] = true;
        ask = (struct rs_transform_ask){
            .step = transforms->list.items[k].step,
            .columns = columns,
            .n = n,
            .groups = of->groups->rows,
            .n_groups = of->groups->n,
        };
        if (status == RS_OK)
            status = rs_transform_apply(&transforms->n_lost[k], data, &ask,
                                        n_threads, err);
    }
    if (status == RS_OK && transforms->list.n > 0)
        status = check_names(data, changed, err);
    free(columns);
    free(changed);
    return status;
}

void rs_transformed_clear(struct rs_transformed *transforms)
{
    for (size_t k = 0; transforms->columns != NULL && k < transforms->list.n;
         k++)
        rs_selection_clear(&transforms->columns[k]);
    free(transforms->columns);
    free(transforms->n_lost);
    rs_transform_list_clear(&transforms->list);
    memset(transforms, 0, sizeof *transforms);
}
