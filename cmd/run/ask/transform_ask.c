/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform_ask.h"

#include "column_ask.h"
#include "mem.h"
#include "value_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum rs_status not_a_call(const char *value, struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_USAGE,
                        "{transform}: '%s' is not NAME(COLS), as log(bmi) is",
                        value);
}

/* The len bytes of NAME or NAME:NUMBER. */
static enum rs_status refuse_name(const char *text, size_t len,
                                  struct rs_error *err)
{
    char name[64];
    size_t cut = strcspn(text, ":");

    (void)snprintf(name, sizeof name, "%.*s", (int)(cut < len ? cut : len),
                   text);
    return rs_value_refuse_named("transform", name, err);
}

/* Whether text begins as a value does. */
static bool begins_call(const char *text, size_t len)
{
    const char *open = memchr(text, '(', len);

    return open != NULL && rs_transform_is(text, (size_t)(open - text));
}

static bool is_nested(const char *text, size_t len)
{
    return begins_call(text, len) && text[len - 1] == ')';
}

/* Two values in one: a parenthesis that ends one, and one more behind it. */
static bool is_list(const char *columns)
{
    const char *end = columns;

    while ((end = strstr(end, "),")) != NULL) {
        end += 2;
        if (begins_call(end, strlen(end)))
            return true;
    }
    return false;
}

/* Adds the steps of a value, the innermost first. */
static enum rs_status add_steps(struct rs_transform_list *out,
                                const char *value, size_t len,
                                struct rs_error *err)
{
    const char *open = memchr(value, '(', len);
    struct rs_transform_item *item = NULL;
    struct rs_transform_step step;
    size_t inner = 0;
    enum rs_status status = RS_OK;

    if (open == NULL || open == value || value[len - 1] != ')')
        return not_a_call(value, err);
    if (!rs_transform_is(value, (size_t)(open - value)))
        return refuse_name(value, (size_t)(open - value), err);
    status = rs_transform_find(&step, value, (size_t)(open - value), err);
    if (status != RS_OK)
        return status;
    open++;
    inner = (size_t)(value + len - 1 - open);
    if (is_nested(open, inner))
        status = add_steps(out, open, inner, err);
    if (status != RS_OK)
        return status;
    item = &out->items[out->n];
    item->step = step;
    item->columns =
        is_nested(open, inner)
            ? rs_text_copy(item[-1].columns, strlen(item[-1].columns), err)
            : rs_text_copy(open, inner, err);
    out->n += item->columns == NULL ? 0 : 1;
    return item->columns == NULL ? RS_ERR_NOMEM : RS_OK;
}

static enum rs_status parse(struct rs_transform_list *out, const char *value,
                            struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (value[0] != '\0')
        status = add_steps(out, value, strlen(value), err);
    else
        status = not_a_call(value, err);
    if (status == RS_OK && is_list(out->items[out->n - 1].columns))
        status = rs_error_set(err, RS_ERR_USAGE,
                              "{transform}: '%s' are several; give {transform} "
                              "again for each",
                              value);
    return status;
}

/* No more steps than parentheses. */
static size_t most_steps(const struct rs_list *list)
{
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        for (const char *c = list->values[i]; *c != '\0'; c++)
            n += *c == '(' ? 1 : 0;
    return n;
}

enum rs_status rs_transform_list_init(struct rs_transform_list *out,
                                      const struct rs_list *list,
                                      struct rs_error *err)
{
    enum rs_status status = RS_OK;

    out->n = 0;
    out->items = rs_alloc(most_steps(list), sizeof *out->items, err);
    if (out->items == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < list->n && status == RS_OK; i++)
        status = parse(out, list->values[i], err);
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
