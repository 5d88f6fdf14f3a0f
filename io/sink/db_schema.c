/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db_schema.h"

#include "mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char default_table[] = "fits";

/* Columns of runs before the counts by status, and behind them. */
static const struct rs_db_column runs_first[] = {
    {"run_id", RS_DB_INTEGER, true, false},
    {"command", RS_DB_TEXT, true, false},
    {"program", RS_DB_TEXT, true, false},
    {"libraries", RS_DB_TEXT, true, false},
    {"input", RS_DB_TEXT, true, false},
    {"input_hash", RS_DB_TEXT, false, false},
    {"notes", RS_DB_TEXT, false, true},
    {"note", RS_DB_TEXT, false, true},
    {"pairs", RS_DB_INTEGER, true, false},
    {"tiles", RS_DB_INTEGER, true, false},
    {"tiles_done", RS_DB_INTEGER, true, false},
    {"rows_written", RS_DB_INTEGER, true, false},
};

static const struct rs_db_column runs_last[] = {
    {"started", RS_DB_TIME, true, false},
    {"ended", RS_DB_TIME, false, false},
    {"complete", RS_DB_BOOLEAN, true, false},
};

enum {
    N_FIRST = sizeof runs_first / sizeof runs_first[0],
    N_LAST = sizeof runs_last / sizeof runs_last[0]
};

static enum rs_db_type type_of(enum rs_row_source source)
{
    if (rs_source_is_text(source))
        return RS_DB_TEXT;
    return source == RS_FROM_COUNT ? RS_DB_INTEGER : RS_DB_REAL;
}

/* Of a pair without a fit, too, there are names and a status. */
static bool is_required(const struct rs_field_info *info)
{
    return rs_source_is_text(info->source) &&
           !rs_source_may_lack(info->source) &&
           (info->rows & RS_ROWS_PAIRS) != 0;
}

/* Result columns that tables of earlier versions do not have by default. */
static bool is_late_field(enum rs_field field)
{
    return field == RS_FIELD_LEVEL || field == RS_FIELD_REFERENCE ||
           field == RS_FIELD_DF1;
}

static enum rs_status check_names(const struct rs_db_table *table,
                                  struct rs_error *err)
{
    for (size_t i = 0; i < table->n_columns; i++)
        for (size_t j = 0; j < i; j++)
            if (strcasecmp(table->columns[i].name, table->columns[j].name) == 0)
                return rs_error_set(err, RS_ERR_USAGE,
                                    "a table cannot have two columns '%s'",
                                    table->columns[i].name);
    return RS_OK;
}

/* NAME, or NAME followed by an end. */
static char *name_with(const char *name, const char *end, struct rs_error *err)
{
    size_t size = strlen(name) + strlen(end) + 1;
    char *text = rs_alloc(size, 1, err);

    if (text != NULL)
        (void)snprintf(text, size, "%s%s", name, end);
    return text;
}

static enum rs_status make_rows_table(struct rs_db_table *table,
                                      const struct rs_rows_shape *shape,
                                      const struct rs_row_columns *rows,
                                      struct rs_error *err)
{
    const struct rs_labels *labels = &shape->labels;
    size_t n = 1 + labels->n;

    table->later = shape->labels_later;
    table->columns = rs_alloc(n + rows->n, sizeof *table->columns, err);
    if (table->columns == NULL)
        return RS_ERR_NOMEM;
    table->n_columns = n + rows->n;
    table->columns[0] =
        (struct rs_db_column){"run_id", RS_DB_INTEGER, true, false};
    for (size_t k = 0; k < labels->n; k++)
        table->columns[1 + k] = (struct rs_db_column){labels->columns[k].name,
                                                      RS_DB_TEXT, true, false};
    for (size_t i = 0; i < rows->n; i++) {
        const struct rs_field_info *info = &rs_fields[rows->fields[i]];
        table->columns[n + i] = (struct rs_db_column){
            rows->names[i], type_of(info->source), is_required(info),
            is_late_field(rows->fields[i])};
    }
    return check_names(table, err);
}

/* Outcomes that the first version did not know. */
static bool is_later(enum rs_outcome outcome)
{
    switch (outcome) {
    case RS_FIT_Y_EXPLAINED:
    case RS_FIT_LEVERAGE_ONE:
    case RS_FIT_ONE_CLUSTER:
    case RS_FIT_NO_VARIANCE:
    case RS_FIT_LONELY_PSU:
    case RS_FIT_NO_REFERENCE:
        return true;
    default:
        return false;
    }
}

static enum rs_status make_runs_table(struct rs_db_table *table,
                                      struct rs_error *err)
{
    size_t n = N_FIRST + RS_FIT_N_OUTCOMES + N_LAST;
    size_t used = N_FIRST;

    table->columns = rs_alloc(n, sizeof *table->columns, err);
    if (table->columns == NULL)
        return RS_ERR_NOMEM;
    table->n_columns = n;
    memcpy(table->columns, runs_first, sizeof runs_first);
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        table->columns[used++] = (struct rs_db_column){
            rs_outcome_name((enum rs_outcome)i), RS_DB_INTEGER, true,
            is_later((enum rs_outcome)i)};
    memcpy(&table->columns[used], runs_last, sizeof runs_last);
    return RS_OK;
}

static enum rs_status make_names(struct rs_db_schema *schema, const char *name,
                                 bool own, struct rs_error *err)
{
    char **names = schema->names;

    names[RS_DB_FITS] = name_with(name, "", err);
    names[RS_DB_TERMS] =
        own ? name_with("terms", "", err) : name_with(name, "_terms", err);
    names[RS_DB_RUNS] =
        own ? name_with("runs", "", err) : name_with(name, "_runs", err);
    for (int i = 0; i < RS_DB_N_TABLES; i++)
        if (names[i] == NULL)
            return RS_ERR_NOMEM;
    schema->runs.name = names[RS_DB_RUNS];
    return RS_OK;
}

enum rs_status rs_db_schema_init(struct rs_db_schema *schema,
                                 const struct rs_rows_shape *rows,
                                 const char *table, struct rs_error *err)
{
    const char *name = table == NULL ? default_table : table;
    enum rs_status status = RS_OK;

    memset(schema, 0, sizeof *schema);
    if (name[0] == '\0')
        return rs_error_set(err, RS_ERR_USAGE, "{table}: the name is empty");
    status = make_names(schema, name, table == NULL, err);
    if (status == RS_OK)
        status = make_runs_table(&schema->runs, err);
    if (status == RS_OK && (rows->which & RS_ROWS_PAIRS) != 0) {
        schema->fits.name = schema->names[RS_DB_FITS];
        status = make_rows_table(&schema->fits, rows, &rows->pairs, err);
    }
    if (status == RS_OK && (rows->which & RS_ROWS_TERMS) != 0) {
        schema->terms.name = schema->names[RS_DB_TERMS];
        status = make_rows_table(&schema->terms, rows, &rows->terms, err);
    }
    if (status != RS_OK)
        rs_db_schema_clear(schema);
    return status;
}

void rs_db_schema_clear(struct rs_db_schema *schema)
{
    free(schema->fits.columns);
    free(schema->terms.columns);
    free(schema->runs.columns);
    for (int i = 0; i < RS_DB_N_TABLES; i++)
        free(schema->names[i]);
    memset(schema, 0, sizeof *schema);
}

const struct rs_db_table *rs_db_schema_table(const struct rs_db_schema *schema,
                                             int which)
{
    switch (which) {
    case RS_DB_FITS:
        return &schema->fits;
    case RS_DB_TERMS:
        return &schema->terms;
    default:
        return &schema->runs;
    }
}

const struct rs_db_column *
rs_db_match(size_t *next, const struct rs_db_table *table, const char *name)
{
    for (size_t i = 0; name != NULL && i < table->n_columns; i++)
        if (table->columns[i].added &&
            strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    while (*next < table->n_columns && table->columns[*next].added)
        ++*next;
    return *next < table->n_columns ? &table->columns[(*next)++] : NULL;
}

/* ---- SQL --------------------------------------------------------- */

static char *put_quoted(char *out, const char *name)
{
    *out++ = '"';
    for (; *name != '\0'; name++) {
        if (*name == '"')
            *out++ = '"';
        *out++ = *name;
    }
    *out++ = '"';
    *out = '\0';
    return out;
}

static char *put_text(char *out, const char *text)
{
    size_t len = strlen(text);

    memcpy(out, text, len + 1);
    return out + len;
}

char *rs_db_create_sql(const struct rs_db_table *table,
                       const char *const *types, const char *run_id,
                       struct rs_error *err)
{
    static const char not_null[] = " NOT NULL";
    bool is_key =
        table->n_columns > 1 && strcmp(table->columns[1].name, "command") == 0;
    size_t size = 64 + 2 * strlen(table->name) + strlen(run_id);
    char *text = NULL;
    char *at = NULL;

    for (size_t i = 0; i < table->n_columns; i++)
        size += 2 * strlen(table->columns[i].name) + sizeof not_null +
                strlen(types[table->columns[i].type]) + 8;
    text = rs_alloc(size, 1, err);
    if (text == NULL)
        return NULL;
    at = put_quoted(put_text(text, "CREATE TABLE "), table->name);
    at = put_text(at, " (");
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct rs_db_column *column = &table->columns[i];
        at = put_quoted(put_text(at, i > 0 ? ", " : ""), column->name);
        at = put_text(at, " ");
        if (i == 0 && is_key) {
            at = put_text(at, run_id);
            continue;
        }
        at = put_text(at, types[column->type]);
        at = put_text(at, column->required ? not_null : "");
    }
    (void)put_text(at, ")");
    return text;
}
