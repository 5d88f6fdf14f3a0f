/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_list.h"

#include "formula.h"

#include <string.h>
#include <sys/stat.h>

/* A formula; a column may be called so. */
static enum rs_status refuse_formula(const struct rs_items *items,
                                     const struct rs_table *table,
                                     struct rs_error *err)
{
    size_t n = rs_table_n_columns(table);

    for (size_t i = 0; i < items->n; i++) {
        const char *text = items->items[i].text;
        char options[512];
        size_t j = 0;
        if (items->items[i].literal || !rs_formula_is(text))
            continue;
        while (j < n && strcmp(rs_table_names(table)[j], text) != 0)
            j++;
        if (j < n)
            continue;
        rs_formula_options(options, sizeof options, text);
        return rs_error_set(err, RS_ERR_USAGE,
                            "'%s' is a formula, which is written as options: "
                            "%s",
                            text, options);
    }
    return RS_OK;
}

/* Of a list that the shell made of a pattern, the first name is its value. */
static enum rs_status refuse_file(const struct rs_items *items,
                                  const struct rs_table *table,
                                  const char *setting, struct rs_error *err)
{
    struct stat st;

    for (size_t i = 0; i < items->n; i++) {
        const char *text = items->items[i].text;
        struct rs_selection one = {0};
        if (items->items[i].literal || stat(text, &st) != 0)
            continue;
        if (rs_select(&one, rs_table_names(table), rs_table_n_columns(table),
                      &items->items[i], 1, setting, NULL) != RS_OK)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: no column '%s', which is a file: names "
                                "in it are @%s, and patterns are quoted ('*')",
                                setting, text, text);
        rs_selection_clear(&one);
    }
    return RS_ERR_USAGE;
}

/* The key of a join is in no list; "no such column" would not say why. */
static enum rs_status refuse_key(const struct rs_items *items, const char *key,
                                 const char *setting, struct rs_error *err)
{
    for (size_t i = 0; i < items->n && key != NULL; i++)
        if (strcmp(items->items[i].text, key) == 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: '%s' is the {key}, which can be in no "
                                "list",
                                setting, key);
    return RS_OK;
}

enum rs_status rs_column_items(struct rs_selection *out,
                               const struct rs_table *table,
                               const struct rs_items *items, const char *key,
                               const char *setting, struct rs_error *err)
{
    enum rs_status status = refuse_key(items, key, setting, err);

    if (status == RS_OK)
        status = refuse_formula(items, table, err);
    if (status != RS_OK)
        return status;
    status = rs_select(out, rs_table_names(table), rs_table_n_columns(table),
                       items->items, items->n, setting, err);
    return status == RS_ERR_USAGE ? refuse_file(items, table, setting, err)
                                  : status;
}

enum rs_status rs_column_list(struct rs_selection *out,
                              const struct rs_table *table,
                              const struct rs_list *list, const char *key,
                              const char *setting, struct rs_error *err)
{
    struct rs_items items;
    enum rs_status status = rs_items_split(&items, list, setting, err);

    if (status != RS_OK)
        return status;
    status = rs_column_items(out, table, &items, key, setting, err);
    rs_items_clear(&items);
    return status;
}
