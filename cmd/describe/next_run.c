/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "next_run.h"

#include "command_words.h"
#include "name_index.h"
#include "row_set.h"
#include "run_info.h"
#include "visible.h"
#include "width.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_X = 2,
    MEASURED = 6, /* more values than this are no codes */
    MOST_LEVELS = 10,
    LEAST_ROWS = 3,
    X_WIDTH = 70,    /* columns of a second x and the first */
    NAME_BYTES = 256 /* longer names are not offered */
};

/* ---- columns ----------------------------------------------------- */

/* Whether a list has the name as it is, but for commas. */
static bool can_be_typed(const char *name)
{
    char shown[4 * NAME_BYTES];
    size_t len = strlen(name);

    if (len == 0 || len >= NAME_BYTES || strchr("!@#- ", name[0]) != NULL ||
        name[len - 1] == ' ' || strpbrk(name, "\\{}") != NULL)
        return false;
    (void)rs_visible_copy(shown, sizeof shown, name);
    return strcmp(shown, name) == 0;
}

static bool is_number(const struct rs_facts *facts)
{
    return facts->column->type == RS_TYPE_NUMERIC &&
           facts->looks == RS_LOOKS_WELL && facts->n_distinct > 2 &&
           facts->column->n_infinite == 0 && facts->column->unit == NULL;
}

static bool is_measured(const struct rs_facts *facts)
{
    const double *values = facts->column->values;

    if (!is_number(facts) || facts->n_distinct <= MEASURED)
        return false;
    for (size_t i = 0; i < facts->n_rows; i++)
        if (values[i] == values[i] && values[i] != floor(values[i]))
            return true;
    return false;
}

static bool is_many(const struct rs_facts *facts)
{
    return is_number(facts) && facts->n_distinct > MEASURED;
}

static bool is_category(const struct rs_facts *facts)
{
    return facts->column->type == RS_TYPE_TEXT && !facts->bad &&
           facts->looks == RS_LOOKS_WELL && facts->n_distinct > 1 &&
           facts->n_distinct <= MOST_LEVELS;
}

/* Columns of a command, of rows that have them all. */
struct choice {
    const struct rs_facts *facts; /* [n] */
    size_t n;
    const struct rs_table *table;
    struct rs_name_index names; /* of all columns */
    bool *taken;                /* [n] */
    uint64_t *rows;             /* that have what is taken */
    uint64_t *both;             /* scratch */
};

/* Whether the name of a column of the table is that of two. */
static bool is_shared(const struct choice *choice, size_t column)
{
    const struct rs_name_index *names = &choice->names;

    return rs_name_index_twin(names, column) < names->n ||
           rs_table_refuse_shared(choice->table, column, "", NULL) != RS_OK;
}

/* Takes the first column that is like this and leaves half of the rows; NULL:
 * none is. */
static const struct rs_facts *take(struct choice *choice,
                                   bool (*is_like)(const struct rs_facts *))
{
    for (size_t i = 0; i < choice->n; i++) {
        const struct rs_facts *facts = &choice->facts[i];
        size_t n_words = rs_bit_words(facts->n_rows);
        size_t n = 0;
        if (choice->taken[i] || !is_like(facts) ||
            !can_be_typed(facts->column->name) ||
            is_shared(choice, facts->column->file_ix))
            continue;
        n = rs_rows_and(choice->both, choice->rows, facts->column->valid,
                        n_words);
        if (2 * n < facts->n_rows || n < LEAST_ROWS)
            continue;
        memcpy(choice->rows, choice->both, n_words * sizeof *choice->rows);
        choice->taken[i] = true;
        return facts;
    }
    return NULL;
}

static enum rs_status begin_choice(struct choice *out,
                                   const struct rs_facts *facts, size_t n,
                                   const struct rs_table *table,
                                   struct rs_error *err)
{
    size_t n_words = n == 0 ? 1 : rs_bit_words(facts[0].n_rows);

    *out = (struct choice){.facts = facts, .n = n, .table = table};
    out->taken = rs_alloc(n, sizeof *out->taken, err);
    out->rows = rs_alloc(n_words, sizeof *out->rows, err);
    out->both = rs_alloc(n_words, sizeof *out->both, err);
    if (out->taken == NULL || out->rows == NULL || out->both == NULL)
        return RS_ERR_NOMEM;
    memset(out->rows, 0xff, n_words * sizeof *out->rows);
    return rs_name_index_init(&out->names, rs_table_names(table),
                              rs_table_n_columns(table), err);
}

static void end_choice(struct choice *choice)
{
    rs_name_index_clear(&choice->names);
    free(choice->taken);
    free(choice->rows);
    free(choice->both);
}

/* ---- words ------------------------------------------------------- */

/* -y NAME, or NAME,NAME */
static enum rs_status add_list(struct rs_command_words *words,
                               const char *option,
                               const struct rs_facts *const *list, size_t n,
                               struct rs_error *err)
{
    char text[MOST_X * 2 * NAME_BYTES];
    size_t used = 0;
    enum rs_status status = RS_OK;

    if (n == 0)
        return RS_OK;
    for (size_t i = 0; i < n; i++) {
        const char *name = list[i]->column->name;
        if (i > 0)
            text[used++] = ',';
        for (; *name != '\0'; name++) {
            if (*name == ',')
                text[used++] = '\\';
            text[used++] = *name;
        }
    }
    text[used] = '\0';
    status = rs_command_words_add(words, option, err);
    return status == RS_OK ? rs_command_words_add(words, text, err) : status;
}

/* What makes codes for missing missing. */
static enum rs_status add_na(struct rs_command_words *words,
                             const struct rs_facts *facts, struct rs_error *err)
{
    char texts[RS_MISSING_CODE_TEXT];
    char na[RS_MISSING_CODE_TEXT];
    enum rs_status status = RS_OK;

    if (facts->codes.n == 0)
        return RS_OK;
    rs_missing_codes_write(texts, &facts->codes, ",");
    rs_missing_na(na, facts->column->name, texts);
    na[strlen(na) - 1] = '\0'; /* the words are quoted where they need it */
    status = rs_command_words_add(words, "--na", err);
    return status == RS_OK ? rs_command_words_add(words, na + 1, err) : status;
}

/* Of all columns that are taken. */
static enum rs_status add_nas(struct rs_command_words *words,
                              const struct choice *choice, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < choice->n && status == RS_OK; i++)
        if (choice->taken[i])
            status = add_na(words, &choice->facts[i], err);
    return status;
}

static size_t width_of_names(const struct rs_facts *const *list, size_t n)
{
    size_t width = 0;

    for (size_t i = 0; i < n; i++)
        width += rs_width_of(list[i]->column->name) + 1;
    return width;
}

static enum rs_status add_columns(struct rs_command_words *words, bool *found,
                                  struct choice *choice, struct rs_error *err)
{
    const struct rs_facts *y = take(choice, is_measured);
    const struct rs_facts *x[MOST_X] = {NULL};
    const struct rs_facts *category = NULL;
    size_t n_x = 0;
    enum rs_status status = RS_OK;

    if (y == NULL)
        y = take(choice, is_many);
    if (y == NULL)
        y = take(choice, is_number);
    while (n_x < MOST_X && (x[n_x] = take(choice, is_number)) != NULL)
        n_x++;
    while (n_x > 1 && width_of_names(x, n_x) > X_WIDTH)
        choice->taken[x[--n_x] - choice->facts] = false;
    category = take(choice, is_category);
    *found = y != NULL && (n_x > 0 || category != NULL);
    if (!*found)
        return RS_OK;
    status = add_list(words, "-y", &y, 1, err);
    if (status == RS_OK && n_x > 0)
        status = add_list(words, "-x", x, n_x, err);
    if (status == RS_OK && category != NULL)
        status = add_list(words, n_x > 0 ? "-c" : "-x", &category, 1, err);
    return status;
}

/* Whether all words are on a terminal what they are. */
static bool are_seen(const struct rs_command_words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const char *text = words->texts[i];
        while (*text != '\0') {
            char piece[RS_VISIBLE_PIECE];
            const char *from = text;
            (void)rs_visible_next(piece, &text);
            if (strlen(piece) != (size_t)(text - from) ||
                memcmp(piece, from, strlen(piece)) != 0)
                return false;
        }
    }
    return true;
}

enum rs_status rs_next_run(char **out, const struct rs_facts *facts, size_t n,
                           const struct rs_table *table,
                           const struct rs_settings *settings,
                           struct rs_error *err)
{
    struct rs_command_words words = {0};
    struct choice choice;
    bool found = false;
    enum rs_status status = begin_choice(&choice, facts, n, table, err);

    *out = NULL;
    if (status == RS_OK)
        status = rs_command_words_begin(&words, "run", settings, err);
    if (status == RS_OK)
        status = add_columns(&words, &found, &choice, err);
    if (status == RS_OK && found)
        status = add_nas(&words, &choice, err);
    if (status == RS_OK && found && are_seen(&words)) {
        *out = rs_command_text((const char *const *)words.texts, words.n, err);
        status = *out == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    rs_command_words_clear(&words);
    end_choice(&choice);
    return status;
}
