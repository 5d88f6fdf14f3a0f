/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weight_choice.h"

#include "mem.h"
#include "name_index.h"

#include <stdlib.h>
#include <string.h>

static const char setting[] = "weights-for";

/* One COLS=NAME. */
struct rule {
    char *columns; /* COLS; owned */
    const char *name;
};

/* ---- names ------------------------------------------------------- */

static enum rs_status read_rule(struct rule *out, const char *text,
                                struct rs_error *err)
{
    const char *equals = strrchr(text, '=');

    if (equals == NULL || equals == text || equals[1] == '\0')
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: '%s' is not COLS=COL, as in lab_*=w_*",
                            setting, text);
    out->name = equals + 1;
    out->columns = rs_text_copy(text, (size_t)(equals - text), err);
    return out->columns == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* What the * of an item took of a name that it matches: *len bytes from the
 * result on; of a name that no * has brought, all. */
static const char *taken(size_t *len, const char *item, const char *name)
{
    const char *star = strchr(item, '*');

    *len = strlen(name);
    if (star == NULL || strcmp(item, name) == 0)
        return name;
    *len -= strlen(item) - 1;
    return name + (star - item);
}

/* Several of these, and nobody knows what the * took. */
static bool is_plain(const char *item)
{
    const char *star = strchr(item, '*');

    return star == NULL ||
           (strchr(star + 1, '*') == NULL && strpbrk(item, "?[!") == NULL);
}

/* The weights' name for a column that an item has brought. */
static char *weights_name(const struct rule *rule, const char *item,
                          const char *column, struct rs_error *err)
{
    size_t len = 0;
    const char *part = taken(&len, item, column);
    size_t n_stars = 0;
    char *name = NULL;
    char *at = NULL;

    for (const char *s = rule->name; *s != '\0'; s++)
        n_stars += *s == '*' ? 1 : 0;
    name = rs_alloc(strlen(rule->name) + n_stars * len + 1, 1, err);
    at = name;
    for (const char *s = rule->name; name != NULL && *s != '\0'; s++) {
        if (*s != '*') {
            *at++ = *s;
            continue;
        }
        memcpy(at, part, len);
        at += len;
    }
    return name;
}

/* ---- columns ----------------------------------------------------- */

/* Notes the weights of a column. name: owned from now on. */
static enum rs_status note(struct rs_weight_choice *out,
                           const struct rs_name_index *names, size_t column,
                           char *name, struct rs_error *err)
{
    size_t found = rs_name_index_find(names, name, strlen(name));
    size_t weights = found < names->n ? found : RS_WEIGHTS_ABSENT;
    size_t before = out->of[column];

    if (before != RS_WEIGHTS_COMMON && before != weights) {
        free(name);
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: '%s' is given two columns of weights",
                            setting, names->names[column]);
    }
    out->of[column] = weights;
    free(out->wanted[column]);
    out->wanted[column] = weights == RS_WEIGHTS_ABSENT ? name : NULL;
    if (weights != RS_WEIGHTS_ABSENT)
        free(name);
    return RS_OK;
}

/* Weights by their name, which two files have. */
static enum rs_status refuse_shared(const struct rs_weight_choice *out,
                                    const struct rs_table *table, size_t column,
                                    struct rs_error *err)
{
    return out->of[column] == RS_WEIGHTS_ABSENT
               ? RS_OK
               : rs_table_refuse_shared(table, out->of[column], setting, err);
}

static enum rs_status apply_item(struct rs_weight_choice *out,
                                 const struct rs_table *table,
                                 const struct rs_name_index *names,
                                 const struct rule *rule, struct rs_item *item,
                                 struct rs_error *err)
{
    const struct rs_items one = {.items = item, .n = 1};
    struct rs_selection columns = {0};
    enum rs_status status = RS_OK;

    if (strchr(rule->name, '*') != NULL && !item->literal &&
        !is_plain(item->text))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: '%s' needs one * and no ?, [ or !, for the "
                            "* of '%s'",
                            setting, item->text, rule->name);
    status = rs_column_items(&columns, table, &one, setting, err);
    for (size_t i = 0; i < columns.n && status == RS_OK; i++) {
        char *name = weights_name(rule, item->text,
                                  names->names[columns.columns[i]], err);
        status = name == NULL ? RS_ERR_NOMEM
                              : note(out, names, columns.columns[i], name, err);
        if (status == RS_OK && strchr(rule->name, '*') == NULL)
            status = refuse_shared(out, table, columns.columns[i], err);
    }
    rs_selection_clear(&columns);
    return status;
}

static enum rs_status apply_rule(struct rs_weight_choice *out,
                                 const struct rs_table *table,
                                 const struct rs_name_index *names,
                                 const struct rule *rule, struct rs_error *err)
{
    const char *columns = rule->columns;
    const struct rs_list list = {&columns, 1};
    struct rs_items items;
    enum rs_status status = rs_items_split(&items, &list, setting, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < items.n && status == RS_OK; i++)
        status = apply_item(out, table, names, rule, &items.items[i], err);
    rs_items_clear(&items);
    return status;
}

enum rs_status rs_weight_choice_init(struct rs_weight_choice *out,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_error *err)
{
    const struct rs_list *asked = &settings->selecting.weights_for;
    size_t n = rs_table_n_columns(table);
    struct rs_name_index names;
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    if (asked->n == 0)
        return RS_OK;
    out->of = rs_alloc(n, sizeof *out->of, err);
    out->wanted = rs_alloc(n, sizeof *out->wanted, err);
    if (out->of == NULL || out->wanted == NULL)
        return RS_ERR_NOMEM;
    out->n_names = n;
    for (size_t j = 0; j < n; j++)
        out->of[j] = RS_WEIGHTS_COMMON;
    status = rs_name_index_init(&names, rs_table_names(table), n, err);
    if (status != RS_OK)
        return status;
    for (size_t k = 0; k < asked->n && status == RS_OK; k++) {
        struct rule rule = {0};
        status = read_rule(&rule, asked->values[k], err);
        if (status == RS_OK)
            status = apply_rule(out, table, &names, &rule, err);
        free(rule.columns);
    }
    rs_name_index_clear(&names);
    return status;
}

enum rs_status rs_weight_choice_check(const struct rs_weight_choice *choice,
                                      const struct rs_table *table,
                                      const struct rs_selection *used,
                                      struct rs_error *err)
{
    for (size_t i = 0; choice->of != NULL && i < used->n; i++) {
        size_t column = used->columns[i];
        if (choice->of[column] == RS_WEIGHTS_ABSENT)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: there is no column '%s', the weights "
                                "of '%s'",
                                setting, choice->wanted[column],
                                rs_table_names(table)[column]);
    }
    return RS_OK;
}

void rs_weight_choice_clear(struct rs_weight_choice *choice)
{
    for (size_t j = 0; choice->wanted != NULL && j < choice->n_names; j++)
        free(choice->wanted[j]);
    free(choice->wanted);
    free(choice->of);
    memset(choice, 0, sizeof *choice);
}
