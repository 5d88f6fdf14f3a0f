/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_ask.h"

#include "mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static enum rs_status add_item(struct rs_items *out, const char *text,
                               bool literal, struct rs_error *err)
{
    struct rs_item *items = rs_grow(out->items, out->n, sizeof *items, err);

    if (items == NULL)
        return RS_ERR_NOMEM;
    out->items = items;
    out->items[out->n].text = text;
    out->items[out->n].literal = literal;
    out->n++;
    return RS_OK;
}

static enum rs_status add_file(struct rs_items *out, const char *path,
                               struct rs_error *err)
{
    struct rs_lines *lines =
        rs_grow(out->files, out->n_files, sizeof *lines, err);
    enum rs_status status = RS_OK;

    if (lines == NULL)
        return RS_ERR_NOMEM;
    out->files = lines;
    lines += out->n_files;
    status = rs_lines_read(lines, path, err);
    if (status != RS_OK)
        return status;
    out->n_files++;
    for (size_t i = 0; i < lines->n && status == RS_OK; i++)
        status = add_item(out, lines->lines[i], true, err);
    return status;
}

/* Cuts the text up to the next comma that has no backslash before it, and
 * ends it with a NUL, all in place. Returns the item behind the comma, or
 * NULL. */
static char *cut_item(char *text)
{
    char *to = text;

    for (; *text != '\0' && *text != ','; text++) {
        if (text[0] == '\\' && text[1] == ',')
            text++;
        *to++ = *text;
    }
    text = *text == ',' ? text + 1 : NULL;
    *to = '\0';
    return text;
}

/* A copy of an option's value, owned by out, to be cut to items. */
static char *new_text(struct rs_items *out, const char *value,
                      struct rs_error *err)
{
    char *text = rs_text_copy(value, strlen(value), err);
    char **texts = rs_grow(out->texts, out->n_texts, sizeof *texts, err);

    if (texts != NULL)
        out->texts = texts;
    if (texts == NULL || text == NULL) {
        free(text);
        return NULL;
    }
    out->texts[out->n_texts++] = text;
    return text;
}

/* An item without the blanks before it, by which @FILE is known. */
static const char *list_file(const char *item)
{
    return item + strspn(item, " \t");
}

static enum rs_status split_one(struct rs_items *out, const char *value,
                                const char *setting, struct rs_error *err)
{
    char *item = new_text(out, value, err);
    enum rs_status status = item == NULL ? RS_ERR_NOMEM : RS_OK;

    while (item != NULL && status == RS_OK) {
        char *next = cut_item(item);
        if (item[0] == '\0')
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: an empty name in '%s'", setting, value);
        if (*list_file(item) == '@')
            status = add_file(out, list_file(item) + 1, err);
        else
            status = add_item(out, item, false, err);
        item = next;
    }
    return status;
}

enum rs_status rs_items_split(struct rs_items *out, const struct rs_list *list,
                              const char *setting, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < list->n && status == RS_OK; i++)
        status = split_one(out, list->values[i], setting, err);
    if (status == RS_OK && list->n > 0 && out->n == 0)
        status =
            rs_error_set(err, RS_ERR_USAGE, "{%s}: the list is empty", setting);
    if (status != RS_OK)
        rs_items_clear(out);
    return status;
}

enum rs_status rs_items_add_files(struct rs_input_files *out,
                                  const struct rs_list *list,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < list->n && status == RS_OK; i++) {
        const char *value = list->values[i];
        char *text = rs_text_copy(value, strlen(value), err);
        if (text == NULL)
            return RS_ERR_NOMEM;
        for (char *item = text; item != NULL && status == RS_OK;) {
            char *next = cut_item(item);
            if (*list_file(item) == '@')
                status = rs_input_files_add(out, list_file(item) + 1, err);
            item = next;
        }
        free(text);
    }
    return status;
}

void rs_items_clear(struct rs_items *items)
{
    for (size_t i = 0; i < items->n_texts; i++)
        free(items->texts[i]);
    for (size_t i = 0; i < items->n_files; i++)
        rs_lines_clear(&items->files[i]);
    free(items->items);
    free(items->texts);
    free(items->files);
    memset(items, 0, sizeof *items);
}
