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
        size_t j = 0;
        if (items->items[i].literal || !rs_formula_is(text))
            continue;
        while (j < n && strcmp(rs_table_names(table)[j], text) != 0)
            j++;
        if (j < n)
            continue;
        return rs_formula_refuse(text, err);
    }
    return RS_OK;
}

/* The first item that is in no column; NULL: none. */
static const char *find_missed(const struct rs_items *items,
                               const struct rs_table *table)
{
    for (size_t i = 0; i < items->n; i++) {
        struct rs_selection one = {0};
        enum rs_status status =
            rs_select(&one, rs_table_names(table), rs_table_n_columns(table),
                      &items->items[i], 1, "", NULL);
        rs_selection_clear(&one);
        if (status == RS_ERR_USAGE)
            return items->items[i].text;
    }
    return NULL;
}

/* What a name may be that no column has: a file, as a shell makes of a pattern
 * or where @ is forgotten; a line of a file that has a variable a line. */
static enum rs_status refuse_missed(const struct rs_items *items,
                                    const struct rs_table *table,
                                    const char *setting, struct rs_error *err)
{
    const char *text = find_missed(items, table);
    const char *path = text == NULL ? NULL : rs_table_has_line(table, text);
    struct stat st;

    if (path != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: no column '%s', but a line of '%s' begins "
                            "so: a variable a line is {transpose}",
                            setting, text, path);
    if (text != NULL && stat(text, &st) == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: no column '%s', which is a file: names in "
                            "it are @%s, and patterns are quoted ('*')",
                            setting, text, text);
    return RS_ERR_USAGE;
}

static bool has_column(const struct rs_table *table, const char *name)
{
    for (size_t j = 0; j < rs_table_n_columns(table); j++)
        if (strcmp(rs_table_names(table)[j], name) == 0)
            return true;
    return false;
}

/* The key of a join is in no list; "no such column" would not say why. */
static enum rs_status refuse_key(const struct rs_items *items,
                                 const struct rs_table *table,
                                 const char *setting, struct rs_error *err)
{
    for (size_t i = 0; i < items->n; i++)
        if (rs_table_is_key(table, items->items[i].text) &&
            !has_column(table, items->items[i].text))
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: '%s' is the {key}, which can be in no "
                                "list",
                                setting, items->items[i].text);
    return RS_OK;
}

enum rs_status rs_column_items(struct rs_selection *out,
                               const struct rs_table *table,
                               const struct rs_items *items,
                               const char *setting, struct rs_error *err)
{
    enum rs_status status = refuse_key(items, table, setting, err);

    if (status == RS_OK)
        status = refuse_formula(items, table, err);
    if (status != RS_OK)
        return status;
    status = rs_select(out, rs_table_names(table), rs_table_n_columns(table),
                       items->items, items->n, setting, err);
    if (status == RS_ERR_USAGE)
        return refuse_missed(items, table, setting, err);
    for (size_t i = 0; i < out->n && status == RS_OK; i++)
        if (!out->by_pattern[i])
            status =
                rs_table_refuse_shared(table, out->columns[i], setting, err);
    if (status != RS_OK)
        rs_selection_clear(out);
    return status;
}

enum rs_status rs_column_list(struct rs_selection *out,
                              const struct rs_table *table,
                              const struct rs_list *list, const char *setting,
                              struct rs_error *err)
{
    struct rs_items items;
    enum rs_status status = rs_items_split(&items, list, setting, err);

    if (status != RS_OK)
        return status;
    status = rs_column_items(out, table, &items, setting, err);
    rs_items_clear(&items);
    return status;
}
