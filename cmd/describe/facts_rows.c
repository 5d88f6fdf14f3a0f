/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts_rows.h"

#include "fact_fields.h"
#include "json_string.h"
#include "numtext.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_number(const struct rs_fact *fact)
{
    char text[RS_NUMTEXT_MAX + 1];

    if (fact->kind == RS_FACT_COUNT) {
        (void)printf("%" PRIu64, fact->count);
        return;
    }
    text[rs_number_write(text, fact->real)] = '\0';
    (void)fputs(text, stdout);
}

/* ---- csv and tsv ------------------------------------------------- */

static bool needs_quotes(const char *text, char delimiter)
{
    return strpbrk(text, "\"\r\n") != NULL || strchr(text, delimiter) != NULL;
}

/* escape: commas, by which a list is taken apart. */
static void print_piece(const char *text, bool escape)
{
    for (; *text != '\0'; text++) {
        if (*text == '"')
            (void)putchar('"');
        if (escape && (*text == ',' || *text == '\\'))
            (void)putchar('\\');
        (void)putchar(*text);
    }
}

static void print_list_cell(const struct rs_fact *fact, char delimiter)
{
    bool escape = strcmp(fact->between, ",") == 0;
    bool quote = fact->n > 1 && strchr(fact->between, delimiter) != NULL;

    for (size_t i = 0; i < fact->n; i++)
        quote = quote || needs_quotes(fact->texts[i], delimiter);
    if (quote)
        (void)putchar('"');
    for (size_t i = 0; i < fact->n; i++) {
        (void)fputs(i > 0 ? fact->between : "", stdout);
        print_piece(fact->texts[i], escape);
    }
    if (quote)
        (void)putchar('"');
}

static void print_text(const char *text, char delimiter)
{
    bool quote = needs_quotes(text, delimiter);

    if (quote)
        (void)putchar('"');
    print_piece(text, false);
    if (quote)
        (void)putchar('"');
}

static void print_cell(const struct rs_fact *fact, char delimiter)
{
    switch (fact->kind) {
    case RS_FACT_NONE:
        return;
    case RS_FACT_TEXT:
        print_text(fact->text, delimiter);
        return;
    case RS_FACT_LIST:
        print_list_cell(fact, delimiter);
        return;
    case RS_FACT_COUNT:
    case RS_FACT_REAL:
        print_number(fact);
        return;
    }
}

static void print_cells(const struct rs_facts *facts, char delimiter)
{
    for (size_t f = 0; f < RS_N_FACT_FIELDS; f++) {
        struct rs_fact fact = {.kind = RS_FACT_NONE};
        if (f > 0)
            (void)putchar(delimiter);
        rs_fact_fields[f].get(&fact, facts);
        print_cell(&fact, delimiter);
    }
    (void)putchar('\n');
}

/* ---- JSON -------------------------------------------------------- */

static enum rs_status print_string(const char *text, struct rs_error *err)
{
    char *string = rs_alloc(RS_JSON_ESCAPED * strlen(text) + 2, 1, err);

    if (string == NULL)
        return RS_ERR_NOMEM;
    (void)fwrite(string, 1, (size_t)(rs_json_string(string, text) - string),
                 stdout);
    free(string);
    return RS_OK;
}

static enum rs_status print_list(const struct rs_fact *fact,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    (void)putchar('[');
    for (size_t i = 0; i < fact->n && status == RS_OK; i++) {
        (void)fputs(i > 0 ? "," : "", stdout);
        status = print_string(fact->texts[i], err);
    }
    (void)putchar(']');
    return status;
}

static enum rs_status print_value(const struct rs_fact *fact,
                                  struct rs_error *err)
{
    switch (fact->kind) {
    case RS_FACT_NONE:
        (void)fputs("null", stdout);
        break;
    case RS_FACT_TEXT:
        return print_string(fact->text, err);
    case RS_FACT_LIST:
        return print_list(fact, err);
    case RS_FACT_COUNT:
    case RS_FACT_REAL:
        print_number(fact);
        break;
    }
    return RS_OK;
}

static enum rs_status print_object(const struct rs_facts *facts,
                                   struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t f = 0; f < RS_N_FACT_FIELDS && status == RS_OK; f++) {
        struct rs_fact fact = {.kind = RS_FACT_NONE};
        (void)printf("%s\"%s\":", f == 0 ? "{" : ",", rs_fact_fields[f].name);
        rs_fact_fields[f].get(&fact, facts);
        status = print_value(&fact, err);
    }
    (void)fputs("}\n", stdout);
    return status;
}

/* ---- rows -------------------------------------------------------- */

static char delimiter_of(enum rs_format format)
{
    return format == RS_FORMAT_TSV ? '\t' : ',';
}

void rs_facts_rows_begin(enum rs_format format)
{
    if (format == RS_FORMAT_JSONL)
        return;
    for (size_t f = 0; f < RS_N_FACT_FIELDS; f++) {
        if (f > 0)
            (void)putchar(delimiter_of(format));
        (void)fputs(rs_fact_fields[f].name, stdout);
    }
    (void)putchar('\n');
}

enum rs_status rs_facts_row_print(const struct rs_facts *facts,
                                  enum rs_format format, struct rs_error *err)
{
    if (format == RS_FORMAT_JSONL)
        return print_object(facts, err);
    print_cells(facts, delimiter_of(format));
    return RS_OK;
}
