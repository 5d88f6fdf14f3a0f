/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_list.h"

#include <string.h>

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
        status =
            rs_select(out, rs_table_names(table), rs_table_n_columns(table),
                      items->items, items->n, setting, err);
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
