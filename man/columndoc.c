/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes the table of result columns into a man page. Run by the Makefile:
 *     columndoc TEMPLATE
 * In TEMPLATE a line `@COLUMNS shown@` is replaced by what the columns mean
 * that rows of pairs show, `@COLUMNS asked@` by those on request, `@COLUMNS
 * named@` by those (of terms, too) that `all` leaves out, `@COLUMNS optional@`
 * by those that another option adds; `@GROUPS@` is what the words for several
 * columns stand for, `@NAMES@` what columns are called elsewhere. Within a
 * line, `@TERMS shown@`, `@TERMS asked@` and `@TERMS named@` are the names of
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

/* What --naming calls a column; in parentheses where that is our name. */
static void put_naming(enum rs_naming style, enum rs_field field)
{
    static const double level = 0.95;
    char name[RS_COLUMN_NAME_SIZE];
    bool ours = rs_fields[field].elsewhere[style - RS_NAMING_BROOM] == NULL;

    rs_naming_column(name, style, field, false, level);
    (void)printf(ours ? "\t(%s)" : "\t%s", name);
}

static bool has_names(const struct rs_field_info *info)
{
    bool any = false;

    for (int k = 0; k < RS_N_TOOLS; k++)
        any = any || info->elsewhere[k] != NULL;
    return any;
}

static void put_names(void)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        if (!has_names(&rs_fields[i]))
            continue;
        (void)fputs(rs_fields[i].name, stdout);
        put_naming(RS_NAMING_BROOM, (enum rs_field)i);
        put_naming(RS_NAMING_PLINK, (enum rs_field)i);
        for (int k = RS_TOOL_PLINK + 1; k < RS_N_TOOLS; k++) {
            const char *name = rs_fields[i].elsewhere[k];
            (void)printf("\t%s", name == NULL ? "" : name);
        }
        (void)putchar('\n');
    }
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
        put_names();
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
