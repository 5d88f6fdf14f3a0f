/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes the table of result columns into a man page. Run by the Makefile:
 *     columndoc TEMPLATE
 * In TEMPLATE a line `@COLUMNS shown@` is replaced by what the columns mean
 * that rows of pairs show, `@COLUMNS asked@` by those on request, `@COLUMNS
 * named@` by those (of terms, too) that `all` leaves out, `@COLUMNS optional@`
 * by those that another option adds; `@GROUPS@` is what the words for several
 * columns stand for, `@NAMES style@` what columns are called elsewhere. Within
 * a line, `@TERMS shown@`, `@TERMS asked@` and `@TERMS named@` are the names of
 * those of rows of terms.
 */
#include "fields.h"
#include "naming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A set of columns, by a word of the template. */
static bool is_in(const struct rs_field_info *info, unsigned rows,
                  const char *set)
{
    bool shown = (info->shown & rows) != 0;

    if ((info->rows & rows) == 0)
        return false;
    if (strcmp(set, "named") == 0)
        return info->need == RS_NEED_NAMED;
    if (strcmp(set, "optional") == 0)
        return info->need != RS_NEED_NOTHING && info->need != RS_NEED_NAMED;
    return info->need == RS_NEED_NOTHING &&
           shown == (strcmp(set, "shown") == 0);
}

/* ---- texts ------------------------------------------------------- */

/* How the fonts of a text begin, by its marks; NULL: no mark. */
static const char *font_for(char c, bool bold)
{
    switch (c) {
    case '{':
        return "\\fI";
    case '[':
        return "\\fB\\-\\-";
    case '*':
        return bold ? "\\fP" : "\\fB";
    case '}':
    case ']':
        return "\\fP";
    default:
        return NULL;
    }
}

/* A text that is no roff. */
static void put_roff(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '-')
            (void)fputs("\\-", stdout);
        else
            (void)putchar(*text);
}

/* A text of field_rows.h as roff: a sentence begins on a line of its own, and
 * the dashes of options are no hyphens. */
static void put_text(const char *text)
{
    bool bold = false;
    bool option = false;
    char before = ' ';

    for (; *text != '\0'; before = *text++) {
        const char *font = font_for(*text, bold);
        bold ^= *text == '*';
        option = *text == '[' || (option && *text != ']');
        if (font != NULL)
            (void)fputs(font, stdout);
        else if (*text == '-' && (option || before == ' '))
            (void)fputs("\\-", stdout);
        else
            (void)putchar(*text == ' ' && before == '.' ? '\n' : *text);
    }
    (void)putchar('\n');
}

/* Neighbours without a text of their own share that of the last of them. */
static void put_columns(const char *set)
{
    unsigned rows = RS_ROWS_PAIRS;
    bool heading = false;

    if (strcmp(set, "named") == 0)
        rows |= RS_ROWS_TERMS;
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        const struct rs_field_info *info = &rs_fields[i];
        if (!is_in(info, rows, set))
            continue;
        if (heading)
            (void)printf(" \", \" %s", info->name);
        else
            (void)printf(".TP\n%s %s", info->man == NULL ? ".BR" : ".B",
                         info->name);
        heading = info->man == NULL;
        if (heading)
            continue;
        (void)putchar('\n');
        put_text(info->man);
    }
}

/* Columns of a group are neighbours, or nearly. */
static void put_groups(void)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        const char *group = rs_fields[i].group;
        bool first = group != NULL;
        for (int k = 0; k < i && first; k++)
            first = rs_fields[k].group == NULL ||
                    strcmp(rs_fields[k].group, group) != 0;
        if (!first)
            continue;
        (void)printf(".TP\n.B %s\n", group);
        for (int k = i; k < RS_FIELD_COUNT; k++)
            if (rs_fields[k].group != NULL &&
                strcmp(rs_fields[k].group, group) == 0)
                (void)printf("%s%s", k == i ? "" : ", ", rs_fields[k].name);
        (void)putchar('\n');
    }
}

/* a, b and c */
static void put_terms(const char *set)
{
    size_t n = 0;
    size_t k = 0;

    for (int i = 0; i < RS_FIELD_COUNT; i++)
        n += is_in(&rs_fields[i], RS_ROWS_TERMS, set);
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        if (!is_in(&rs_fields[i], RS_ROWS_TERMS, set))
            continue;
        k++;
        (void)printf("%s\\fI%s\\fP",
                     k == 1  ? ""
                     : k < n ? ", "
                             : " and ",
                     rs_fields[i].name);
    }
}

/* ---- names elsewhere --------------------------------------------- */

/* A name of the table as it is for a confidence level of 0.95. */
static void put_name(const struct rs_naming_row *row)
{
    const struct rs_naming naming = {row->style, ~0U, 0.95};
    char name[RS_COLUMN_NAME_SIZE];

    if (row->field == RS_FIELD_COUNT || strchr(row->name, '$') == NULL) {
        put_roff(row->name);
        return;
    }
    rs_naming_column(name, &naming, row->field);
    put_roff(name);
}

/* Whether a style is the one that --naming calls so. */
static bool is_style(enum rs_naming_style style, const char *word)
{
    const char *at = RS_NAMING_WORDS;

    for (int i = 0; i < (int)style; i++)
        at = strchr(at, '|') + 1;
    return strcspn(at, "|") == strlen(word) &&
           strncmp(at, word, strlen(word)) == 0;
}

/* Theirs, ours and what is to be said of it, of a style by its word. */
static void put_names(const char *word)
{
    (void)puts(".TS\nlB lI lx.");
    for (size_t i = 0; i < rs_n_naming_rows; i++) {
        const struct rs_naming_row *row = &rs_naming_rows[i];
        if (!is_style(row->style, word))
            continue;
        (void)puts("T{");
        put_name(row);
        (void)printf("\nT}\t%s\tT{\n", row->field == RS_FIELD_COUNT
                                           ? "\\-"
                                           : rs_fields[row->field].name);
        put_text(row->man == NULL ? "" : row->man);
        (void)puts("T}");
    }
    (void)puts(".TE");
}

/* ---- the page ---------------------------------------------------- */

/* False when there is no such mark. */
static bool put_mark(const char *mark)
{
    char word[16] = "";
    char set[16] = "";

    (void)sscanf(mark, "%15s %15s", word, set);
    if (strcmp(word, "COLUMNS") == 0)
        put_columns(set);
    else if (strcmp(word, "GROUPS") == 0)
        put_groups();
    else if (strcmp(word, "TERMS") == 0)
        put_terms(set);
    else if (strcmp(word, "NAMES") == 0)
        put_names(set);
    else
        return false;
    return true;
}

/* A line with a mark in it, or without. */
static bool put_line(char *line)
{
    char *begin = strchr(line, '@');
    char *end = begin == NULL ? NULL : strchr(begin + 1, '@');
    const char *behind = end == NULL ? NULL : end + 1;

    if (end == NULL)
        return fputs(line, stdout) >= 0;
    *begin = '\0';
    *end = '\0';
    (void)fputs(line, stdout);
    if (!put_mark(begin + 1))
        return false;
    /* a mark that makes lines of its own stands alone */
    if (strncmp(begin + 1, "TERMS", 5) == 0)
        (void)fputs(behind, stdout);
    return true;
}

int main(int argc, char **argv)
{
    char line[4096];
    bool good = true;
    FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;

    if (in == NULL) {
        (void)fputs("usage: columndoc TEMPLATE\n", stderr);
        return EXIT_FAILURE;
    }
    while (good && fgets(line, sizeof line, in) != NULL)
        good = put_line(line);
    (void)fclose(in);
    if (!good)
        (void)fputs("columndoc: unknown mark\n", stderr);
    return good && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
