/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform_ask.h"

#include "column_ask.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

static enum rs_status parse(struct rs_transform_item *out, const char *value,
                            struct rs_error *err)
{
    const char *open = strchr(value, '(');
    size_t len = strlen(value);
    enum rs_status status = RS_OK;

    if (open == NULL || open == value || value[len - 1] != ')')
        return rs_error_set(err, RS_ERR_USAGE,
                            "{transform}: '%s' is not NAME(COLS), as "
                            "log(bmi) is",
                            value);
    status = rs_transform_find(&out->by, value, (size_t)(open - value), err);
    if (status != RS_OK)
        return status;
    out->columns =
        rs_text_copy(open + 1, (size_t)(value + len - 1 - (open + 1)), err);
    return out->columns == NULL ? RS_ERR_NOMEM : RS_OK;
}

enum rs_status rs_transform_list_init(struct rs_transform_list *out,
                                      const struct rs_list *list,
                                      struct rs_error *err)
{
    enum rs_status status = RS_OK;

    out->n = 0;
    out->items = rs_alloc(list->n, sizeof *out->items, err);
    if (out->items == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < list->n && status == RS_OK; i++) {
        status = parse(&out->items[i], list->values[i], err);
        out->n += status == RS_OK ? 1 : 0;
    }
    if (status != RS_OK)
        rs_transform_list_clear(out);
    return status;
}

void rs_transform_list_clear(struct rs_transform_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->items[i].columns);
    free(list->items);
    memset(list, 0, sizeof *list);
}

enum rs_status rs_transform_list_add_files(struct rs_input_files *out,
                                           const struct rs_list *list,
                                           struct rs_error *err)
{
    struct rs_transform_list parsed;
    enum rs_status status = rs_transform_list_init(&parsed, list, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < parsed.n && status == RS_OK; i++) {
        const char *value = parsed.items[i].columns;
        const struct rs_list columns = {&value, 1};
        status = rs_items_add_files(out, &columns, err);
    }
    rs_transform_list_clear(&parsed);
    return status;
}
