/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result_columns.h"

#include "adjust.h"
#include "value_ask.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Whether a word stands for a column, alone or among others. */
static bool is_meant(int field, const char *word)
{
    const char *group = rs_fields[field].group;

    return (strcmp(word, "all") == 0 &&
            rs_fields[field].need != RS_NEED_NAMED) ||
           strcmp(word, rs_fields[field].name) == 0 ||
           (group != NULL && strcmp(word, group) == 0);
}

/* The fields that a word names: first to last. False when unknown. */
static bool find_fields(enum rs_field *first, enum rs_field *last,
                        const char *word)
{
    bool found = false;

    for (int i = 0; i < RS_FIELD_COUNT; i++)
        if (is_meant(i, word)) {
            *last = (enum rs_field)i;
            *first = found ? *first : *last;
            found = true;
        }
    return found;
}

struct rs_available rs_result_columns_of(unsigned rows)
{
    struct rs_available available = {.rows = rows};

    for (int field = 0; field < RS_FIELD_COUNT; field++)
        available.fields[field] = rs_fields[field].need <= RS_NEED_NAMED &&
                                  (rs_fields[field].rows & rows) != 0;
    return available;
}

static bool is_first(enum rs_field field, const struct rs_available *available)
{
    for (const enum rs_field *at = available->first; *at < RS_FIELD_COUNT; at++)
        if (*at == field)
            return true;
    return false;
}

/* Whether a column that can be there is in the default set. Where others say
 * what that is, it has what an option adds, too, and the status. */
static bool is_default(enum rs_field field,
                       const struct rs_available *available)
{
    bool shown = (rs_fields[field].shown & available->rows) != 0;

    if (available->first != NULL)
        shown = is_first(field, available) || field == RS_FIELD_STATUS ||
                (shown && rs_fields[field].need > RS_NEED_NAMED);
    return (shown || available->also[field]) && available->fields[field];
}

/* The method of {adjust} that makes a column; "": none does. */
static const char *method_of(enum rs_field field)
{
    for (int i = 0; i < RS_ADJUST_COUNT; i++)
        if (strcmp(rs_adjusts[i].column, rs_fields[field].name) == 0)
            return rs_adjusts[i].name;
    return "";
}

/* A column that only another option fills, or that terms do not have. */
static enum rs_status not_available(enum rs_field field,
                                    const struct rs_available *available,
                                    struct rs_error *err)
{
    static const char *const needs[] = {
        [RS_NEED_NOTHING] = "{columns}: '%s' needs {rows} terms",
        [RS_NEED_POOL] = "{columns}: '%s' needs {pool-groups}",
        [RS_NEED_NAMED] = "{columns}: '%s' needs {rows} terms",
        [RS_NEED_ADJUST] = "{columns}: '%s' needs {adjust} %s",
        [RS_NEED_PERMUTE] = "{columns}: '%s' needs {permute}",
        [RS_NEED_BOOTSTRAP] = "{columns}: '%s' needs {bootstrap}",
        [RS_NEED_COMPARE] = "{columns}: '%s' needs {compare}",
    };

    if (available->rows == RS_ROWS_TERMS)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: '%s' is of a pair, and the rows are "
                            "those of its terms ({rows})",
                            rs_fields[field].name);
    return rs_error_set(err, RS_ERR_USAGE, needs[rs_fields[field].need],
                        rs_fields[field].name, method_of(field));
}

static bool is_relative(const char *text)
{
    return text[0] == '+' || text[0] == '-';
}

static enum rs_status apply_word(struct rs_result_columns *out,
                                 bool shown[RS_FIELD_COUNT], bool relative,
                                 const char *word,
                                 const struct rs_available *available,
                                 struct rs_error *err)
{
    enum rs_field first = 0;
    enum rs_field last = 0;
    size_t n_found = 0; /* of the fields that the word names */

    if (is_relative(word) != relative)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: either a list, or changes that all "
                            "begin with + or -, not both");
    if (!find_fields(&first, &last, word + (relative ? 1 : 0)))
        return rs_value_refuse_named("columns", word + (relative ? 1 : 0), err);
    for (enum rs_field field = first; field <= last; field++) {
        if (!is_meant((int)field, word + (relative ? 1 : 0)))
            continue;
        if (!available->fields[field]) {
            if (field == last && n_found == 0)
                return not_available(field, available, err);
            continue;
        }
        n_found++;
        if (!relative && shown[field])
            return rs_error_set(err, RS_ERR_USAGE,
                                "{columns}: '%s' is there twice",
                                rs_fields[field].name);
        shown[field] = word[0] != '-';
        if (!relative)
            out->fields[out->n++] = field;
    }
    return RS_OK;
}

static void add_always(struct rs_result_columns *out,
                       const bool shown[RS_FIELD_COUNT],
                       const struct rs_available *available)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++)
        if (available->always[i] && available->fields[i] && !shown[i])
            out->fields[out->n++] = (enum rs_field)i;
}

/* Lists the columns that are shown: those of available->first first. */
static void put_in_order(struct rs_result_columns *out,
                         const bool shown[RS_FIELD_COUNT],
                         const struct rs_available *available)
{
    const enum rs_field *first = available->first;

    for (; first != NULL && *first < RS_FIELD_COUNT; first++)
        if (shown[*first])
            out->fields[out->n++] = *first;
    for (int i = 0; i < RS_FIELD_COUNT; i++)
        if (shown[i] && (available->first == NULL ||
                         !is_first((enum rs_field)i, available)))
            out->fields[out->n++] = (enum rs_field)i;
}

enum rs_status rs_result_columns_parse(struct rs_result_columns *out,
                                       const char *text,
                                       const struct rs_available *available,
                                       struct rs_error *err)
{
    bool relative = text == NULL || is_relative(text);
    bool shown[RS_FIELD_COUNT] = {false};
    char word[64];

    memset(out, 0, sizeof *out);
    for (int i = 0; relative && i < RS_FIELD_COUNT; i++)
        shown[i] = is_default((enum rs_field)i, available);
    while (text != NULL) {
        enum rs_status status = RS_OK;
        text = rs_value_next(word, sizeof word, text);
        status = apply_word(out, shown, relative, word, available, err);
        if (status != RS_OK)
            return status;
    }
    if (relative)
        put_in_order(out, shown, available);
    if (out->n == 0)
        return rs_error_set(err, RS_ERR_USAGE, "{columns}: none is left");
    add_always(out, shown, available);
    rs_result_columns_name(out, &(struct rs_naming){.style = RS_NAMING_OWN});
    return RS_OK;
}

void rs_result_columns_name(struct rs_result_columns *columns,
                            const struct rs_naming *naming)
{
    for (size_t i = 0; i < columns->n; i++) {
        rs_naming_column(columns->texts[i], naming, columns->fields[i]);
        columns->names[i] = columns->texts[i];
    }
}
