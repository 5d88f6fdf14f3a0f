/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells_ask.h"

#include "column_list.h"
#include "mem.h"
#include "numread.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const default_na[] = {"", "NA", "N/A", "NaN", "null", "."};

/* As others write it: spreadsheets, databases, Python, R. */
static const char *const default_among[] = {
    "n/a", "NULL", "None", "<NA>", "#N/A", "#NA", "#DIV/0!", "#VALUE!"};

bool rs_cells_missing_word(const char *text)
{
    double value = 0.0;

    for (size_t i = 0; i < sizeof default_among / sizeof default_among[0]; i++)
        if (strcmp(text, default_among[i]) == 0)
            return true;
    return rs_number_read(&value, text, strlen(text), '.') == RS_NUMBER_NAN;
}

/* ---- values of --na ---------------------------------------------- */

struct rs_na_value {
    char *text;          /* that the others are pieces of */
    const char *columns; /* NULL: of all */
    bool adds;
    const char **texts; /* [n] */
    size_t n;
};

static bool is_escape(const char *at)
{
    return at[0] == '\\' && (at[1] == ',' || at[1] == '=');
}

/* The = behind the columns of a value; NULL: it names none. */
static char *find_equals(char *value)
{
    if (value[0] == '=' || value[0] == '+')
        return NULL;
    for (char *at = value; *at != '\0' && *at != ','; at++) {
        if (*at == '=')
            return at;
        at += is_escape(at) ? 1 : 0;
    }
    return NULL;
}

/* Ends the text at its first comma and takes the backslashes out, in place.
 * Returns what is behind the comma, or NULL. */
static char *cut(char *text)
{
    char *to = text;
    bool more = false;

    for (; *text != '\0' && *text != ','; text++) {
        text += is_escape(text) ? 1 : 0;
        *to++ = *text;
    }
    more = *text == ',';
    *to = '\0';
    return more ? text + 1 : NULL;
}

static enum rs_status read_value(struct rs_na_value *out, const char *value,
                                 struct rs_error *err)
{
    char *at = rs_text_copy(value, strlen(value), err);
    char *equals = NULL;

    out->text = at;
    if (at == NULL)
        return RS_ERR_NOMEM;
    equals = find_equals(at);
    if (equals != NULL) {
        *equals = '\0';
        out->columns = at;
        (void)cut(at);
        at = equals + 1;
    }
    out->adds = *at == '+';
    at += out->adds ? 1 : 0;
    while (at != NULL) {
        const char **texts = rs_grow(out->texts, out->n, sizeof *texts, err);
        char *next = cut(at);
        if (texts == NULL)
            return RS_ERR_NOMEM;
        out->texts = texts;
        out->texts[out->n++] = at;
        at = next;
    }
    return RS_OK;
}

/* ---- rules ------------------------------------------------------- */

/* What a rule becomes for some columns: one of these. */
struct step {
    const struct rs_na_value *na;
    bool truth, dates;
};

/* One list after another. */
static enum rs_status join(const char *const **out, struct rs_cells_ask *ask,
                           const struct rs_cell_rule *rule,
                           const struct rs_na_value *more, struct rs_error *err)
{
    const char ***lists = rs_grow(ask->lists, ask->n_lists, sizeof *lists, err);
    const char **list = NULL;

    if (lists == NULL)
        return RS_ERR_NOMEM;
    ask->lists = lists;
    list = rs_alloc(rule->n_na + more->n, sizeof *list, err);
    if (list == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < rule->n_na; i++)
        list[i] = rule->na[i];
    for (size_t i = 0; i < more->n; i++)
        list[rule->n_na + i] = more->texts[i];
    ask->lists[ask->n_lists++] = list;
    *out = list;
    return RS_OK;
}

static enum rs_status apply(struct rs_cell_rule *rule, struct rs_cells_ask *ask,
                            const struct step *step, struct rs_error *err)
{
    const struct rs_na_value *na = step->na;
    enum rs_status status = RS_OK;

    rule->truth = rule->truth || step->truth;
    rule->dates = rule->dates || step->dates;
    if (na != NULL && na->adds) {
        status = join(&rule->na, ask, rule, na, err);
        rule->n_na += na->n;
    } else if (na != NULL) {
        rule->na = na->texts;
        rule->n_na = na->n;
        rule->n_among = 0;
    }
    return status;
}

/* The rule that columns of the rule `from` get by a step.
 * made  inout  [n] of the rules that there were before it: what has become of
 *              each, SIZE_MAX: nothing yet */
static enum rs_status derive(size_t *out, struct rs_cells_ask *ask, size_t from,
                             size_t *made, const struct step *step,
                             struct rs_error *err)
{
    struct rs_cell_rule *rules = NULL;

    if (made[from] == SIZE_MAX) {
        rules = rs_grow(ask->rules, ask->n, sizeof *rules, err);
        if (rules == NULL)
            return RS_ERR_NOMEM;
        ask->rules = rules;
        rules[ask->n] = rules[from];
        made[from] = ask->n++;
        *out = made[from];
        return apply(&rules[made[from]], ask, step, err);
    }
    *out = made[from];
    return RS_OK;
}

static enum rs_status take_step(struct rs_cells_ask *ask,
                                const struct rs_selection *columns,
                                const struct step *step, struct rs_error *err)
{
    size_t *made = rs_alloc(ask->n, sizeof *made, err);
    enum rs_status status = made == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t i = 0; made != NULL && i < ask->n; i++)
        made[i] = SIZE_MAX;
    for (size_t i = 0; i < columns->n && status == RS_OK; i++) {
        size_t *of = &ask->of[columns->columns[i]];
        status = derive(of, ask, *of, made, step, err);
    }
    free(made);
    return status;
}

/* ---- settings ---------------------------------------------------- */

enum rs_status rs_cells_ask_init(struct rs_cells_ask *out,
                                 const struct rs_settings *settings,
                                 struct rs_error *err)
{
    const struct rs_list *na = &settings->missing.na;
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->rules = rs_alloc(1, sizeof *out->rules, err);
    out->values = rs_alloc(na->n, sizeof *out->values, err);
    if (out->rules == NULL || out->values == NULL)
        return RS_ERR_NOMEM;
    out->n = 1;
    out->rules[0] = (struct rs_cell_rule){
        .na = default_na,
        .n_na = sizeof default_na / sizeof default_na[0],
        .among = default_among,
        .n_among = sizeof default_among / sizeof default_among[0],
        .loose = settings->reading.numbers == RS_NUMBERS_LOOSE,
    };
    for (size_t i = 0; i < na->n && status == RS_OK; i++) {
        struct rs_na_value *value = &out->values[out->n_values++];
        const struct step step = {.na = value};
        status = read_value(value, na->values[i], err);
        if (status == RS_OK && value->columns == NULL)
            status = apply(&out->rules[0], out, &step, err);
    }
    return status;
}

static enum rs_status take_list(struct rs_cells_ask *ask,
                                const struct rs_table *table,
                                const struct rs_list *list, const char *setting,
                                const struct step *step, struct rs_error *err)
{
    struct rs_selection columns = {0};
    enum rs_status status = rs_column_list(&columns, table, list, setting, err);

    if (status == RS_OK)
        status = take_step(ask, &columns, step, err);
    rs_selection_clear(&columns);
    return status;
}

/* The columns of values of --na, one item each. */
static enum rs_status take_values(struct rs_cells_ask *ask,
                                  const struct rs_table *table,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < ask->n_values && status == RS_OK; i++) {
        const struct step step = {.na = &ask->values[i]};
        struct rs_item item = {ask->values[i].columns, false};
        const struct rs_items items = {.items = &item, .n = 1};
        struct rs_selection columns = {0};
        if (item.text == NULL)
            continue;
        status = rs_column_items(&columns, table, &items, "na", err);
        if (status == RS_OK)
            status = take_step(ask, &columns, &step, err);
        rs_selection_clear(&columns);
    }
    return status;
}

static enum rs_status check_rules(const struct rs_cells_ask *ask,
                                  const struct rs_table *table,
                                  struct rs_error *err)
{
    for (size_t j = 0; j < rs_table_n_columns(table); j++)
        if (ask->rules[ask->of[j]].truth && ask->rules[ask->of[j]].dates)
            return rs_error_set(err, RS_ERR_USAGE,
                                "column '%s' is in {truth} and {dates}",
                                rs_table_names(table)[j]);
    return RS_OK;
}

enum rs_status rs_cells_ask_columns(struct rs_cells_ask *ask,
                                    const struct rs_table *table,
                                    const struct rs_settings *settings,
                                    struct rs_error *err)
{
    const struct rs_reading_settings *reading = &settings->reading;
    const struct step truth = {.truth = true};
    const struct step dates = {.dates = true};
    enum rs_status status = RS_OK;

    ask->of = rs_alloc(rs_table_n_columns(table), sizeof *ask->of, err);
    if (ask->of == NULL)
        return RS_ERR_NOMEM;
    status = take_values(ask, table, err);
    if (status == RS_OK)
        status = take_list(ask, table, &reading->truth, "truth", &truth, err);
    if (status == RS_OK)
        status = take_list(ask, table, &reading->dates, "dates", &dates, err);
    return status == RS_OK ? check_rules(ask, table, err) : status;
}

void rs_cells_ask_clear(struct rs_cells_ask *ask)
{
    for (size_t i = 0; i < ask->n_values; i++) {
        free(ask->values[i].text);
        free(ask->values[i].texts);
    }
    for (size_t i = 0; i < ask->n_lists; i++)
        free(ask->lists[i]);
    free(ask->values);
    free(ask->lists);
    free(ask->rules);
    free(ask->of);
    memset(ask, 0, sizeof *ask);
}
