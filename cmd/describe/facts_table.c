/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts_table.h"

#include "fact_fields.h"
#include "visible.h"
#include "width.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    WIDTH = 80,
    GAP = 2,        /* between fields */
    LEAST_NAME = 8, /* columns that a name has at least */
    WISH_NAME = 20, /* for which numbers give digits */
    MOST_DIGITS = 4,
    LEAST_DIGITS = 3,
    MOST_BELOW = 10, /* levels that are listed below where they do not fit */
    CELL_BYTES = 4 * WIDTH + 1,
    BELOW_BYTES = 2048
};

/* ---- cells ------------------------------------------------------- */

/* 1e-05 is 1e-5, 1e+05 1e5. */
static void shorten_exponent(char *text)
{
    char *from = strchr(text, 'e');
    char *to = from;

    if (from == NULL)
        return;
    *to++ = *from++;
    if (*from == '-')
        *to++ = *from;
    from++;
    from += strspn(from, "0");
    memmove(to, from, strlen(from) + 1);
}

void rs_facts_number_text(char out[RS_FACTS_NUMBER], double value, int digits)
{
    double size = fabs(value);
    double whole = digits < MOST_DIGITS ? 1e6 : 1e10; /* below: all digits */

    digits = size < 0.1 && digits > LEAST_DIGITS ? LEAST_DIGITS : digits;
    if (size < whole && (value == floor(value) || size >= 1000.0))
        (void)snprintf(out, RS_FACTS_NUMBER, "%.0f", value);
    else if (size < 0.001)
        (void)snprintf(out, RS_FACTS_NUMBER, "%.*e", digits - 1, value);
    else
        (void)snprintf(out, RS_FACTS_NUMBER, "%.*g", digits, value);
    shorten_exponent(out);
}

static bool any_blank(const struct rs_factor *factor)
{
    for (size_t i = 0; i < factor->n_levels; i++)
        if (strpbrk(factor->levels[i], " ,") != NULL)
            return true;
    return false;
}

/* Columns of all levels on a line. */
static size_t width_of_levels(const struct rs_factor *factor)
{
    size_t separator = any_blank(factor) ? 2 : 1;
    size_t width = 1; /* of the mark */

    for (size_t i = 0; i < factor->n_levels; i++)
        width += rs_width_of(factor->levels[i]) + (i > 0 ? separator : 0);
    return width;
}

void rs_facts_levels_text(char *out, size_t cap, const struct rs_factor *factor,
                          size_t width)
{
    const char *comma = any_blank(factor) ? "," : "";
    bool all = width_of_levels(factor) <= width;
    size_t n = factor->n_levels;
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        char level[CELL_BYTES];
        bool mark = i == factor->reference && n <= RS_FACTS_LEVELS;
        size_t taken = rs_width_of(out);
        size_t behind = mark + strlen(comma) + strlen(" ...");
        (void)rs_visible_copy(level, sizeof level, factor->levels[i]);
        if ((!all && taken + rs_width_of(level) + behind > width) ||
            used + strlen(level) + behind >= cap) {
            (void)snprintf(out + used, cap - used, "...");
            return;
        }
        used += (size_t)snprintf(out + used, cap - used, "%s%s%s", level,
                                 mark ? "*" : "", i + 1 < n ? comma : "");
        if (i + 1 < n)
            used += (size_t)snprintf(out + used, cap - used, " ");
    }
}

/* A field of a column, as it is shown but for the name's cut. */
static void put_cell(char out[CELL_BYTES], const struct rs_fact_field *field,
                     const struct rs_facts *facts, int digits)
{
    struct rs_fact fact = {.kind = RS_FACT_NONE};

    out[0] = '\0';
    field->get(&fact, facts);
    if (fact.kind == RS_FACT_TEXT)
        (void)snprintf(out, CELL_BYTES, "%s", fact.text);
    else if (fact.kind == RS_FACT_REAL)
        rs_facts_number_text(out, fact.real, digits);
    else if (fact.kind == RS_FACT_COUNT && fact.count > RS_DISTINCT_MOST &&
             strcmp(field->name, "distinct") == 0)
        (void)snprintf(out, CELL_BYTES, ">%d", (int)RS_DISTINCT_MOST);
    else if (fact.kind == RS_FACT_COUNT)
        (void)snprintf(out, CELL_BYTES, "%" PRIu64, fact.count);
}

/* ---- widths ------------------------------------------------------ */

struct layout {
    const struct rs_facts *facts; /* [n] */
    size_t n;
    int digits;
    size_t width[RS_N_FACT_FIELDS]; /* 0: the field is not shown */
    size_t name;                    /* columns of the longest name, and then
                                       of names as they are shown */
};

static bool is_shown(const struct rs_fact_field *field)
{
    return field->place <= RS_FACT_NUMBER;
}

/* A field is as wide as its widest cell and its title; one without cells is
 * not shown. Returns the columns of all but names. */
static size_t measure(struct layout *layout)
{
    size_t total = 0;

    for (size_t f = 1; f < RS_N_FACT_FIELDS; f++) {
        size_t widest = 0;
        for (size_t i = 0; i < layout->n && is_shown(&rs_fact_fields[f]); i++) {
            char cell[CELL_BYTES];
            size_t width = 0;
            put_cell(cell, &rs_fact_fields[f], &layout->facts[i],
                     layout->digits);
            width = strlen(cell); /* no names: all ASCII */
            widest = width > widest ? width : widest;
        }
        if (widest > 0 && widest < strlen(rs_fact_fields[f].name))
            widest = strlen(rs_fact_fields[f].name);
        layout->width[f] = widest;
        total += widest > 0 ? widest + GAP : 0;
    }
    return total;
}

static void drop(struct layout *layout, const char *name)
{
    for (size_t f = 0; f < RS_N_FACT_FIELDS; f++)
        if (strcmp(rs_fact_fields[f].name, name) == 0)
            layout->width[f] = 0;
}

static void lay_out(struct layout *layout)
{
    size_t longest = strlen(rs_fact_fields[0].name);
    size_t wish = 0;
    size_t others = 0;

    for (size_t i = 0; i < layout->n; i++) {
        size_t width = rs_width_of(layout->facts[i].column->name);
        longest = width > longest ? width : longest;
    }
    wish = longest < WISH_NAME ? longest : WISH_NAME;
    for (layout->digits = MOST_DIGITS;; layout->digits--) {
        others = measure(layout);
        if (others + wish <= WIDTH || layout->digits == LEAST_DIGITS)
            break;
    }
    if (others + LEAST_NAME > WIDTH)
        drop(layout, "sd");
    layout->name = others + LEAST_NAME > WIDTH ? LEAST_NAME : WIDTH - others;
    layout->name = longest < layout->name ? longest : layout->name;
}

/* ---- lines ------------------------------------------------------- */

/* Blanks that are still to be printed, so that none end a line. */
struct line {
    size_t at; /* columns that are printed, and blanks that are due */
    size_t due;
};

static void print_blanks(struct line *line, size_t n)
{
    line->due += n;
}

static void print_text(struct line *line, const char *text, size_t width)
{
    if (width == 0)
        return;
    (void)printf("%*s%s", (int)line->due, "", text);
    line->at += line->due + width;
    line->due = 0;
}

static void print_field(struct line *line, const char *text, size_t width,
                        bool right)
{
    size_t used = strlen(text);
    size_t pad = used < width ? width - used : 0;

    print_blanks(line, GAP + (right ? pad : 0));
    print_text(line, text, used);
    print_blanks(line, right ? 0 : pad);
}

static void print_name(struct line *line, const char *name, size_t width)
{
    char cut[CELL_BYTES];
    size_t used = 0;

    rs_width_cut_middle(cut, sizeof cut, name, width);
    used = rs_width_of(cut);
    print_text(line, cut, used);
    print_blanks(line, width > used ? width - used : 0);
}

/* In place of a text column's numbers, where there is room for as much as
 * helps. below: out: levels that should be listed below instead */
static void print_levels(const struct rs_factor **below, struct line *line,
                         const struct rs_facts *facts)
{
    char text[CELL_BYTES];
    size_t at = line->at + line->due + GAP;
    const struct rs_factor *factor = facts->column->factor;
    size_t room = at + LEAST_NAME < WIDTH ? WIDTH - at : 0;

    *below = NULL;
    if (facts->column->type == RS_TYPE_NUMERIC || facts->bad)
        return;
    if (factor != NULL && facts->looks == RS_LOOKS_WELL &&
        factor->n_levels <= MOST_BELOW && width_of_levels(factor) > room &&
        width_of_levels(factor) < 2 * WIDTH) {
        *below = factor;
        return;
    }
    if (room == 0)
        return;
    if (factor != NULL) {
        rs_facts_levels_text(text, sizeof text, factor, room);
    } else {
        char cell[CELL_BYTES];
        (void)snprintf(cell, sizeof cell, "%s ...", facts->column->fault.text);
        rs_width_cut_end(text, sizeof text, cell, room);
    }
    print_blanks(line, GAP);
    print_text(line, text, rs_width_of(text));
}

/* A text below a row, broken at blanks. */
static void print_below(const char *text)
{
    size_t at = 0; /* columns of the line; 0: it is to be begun */
    size_t indent = GAP;

    while (*text != '\0') {
        char word[CELL_BYTES];
        size_t len = strcspn(text, " ");
        size_t width = 0;
        (void)snprintf(word, sizeof word, "%.*s", (int)len, text);
        width = rs_width_of(word);
        if (at > 0 && at + 1 + width > WIDTH) {
            (void)putchar('\n');
            at = 0;
            indent = 2 * GAP;
        }
        (void)printf("%*s%s", (int)(at == 0 ? indent : 1), "", word);
        at += width + (at == 0 ? indent : 1);
        text += len + strspn(text + len, " ");
    }
    (void)putchar('\n');
}

static void print_row(const struct layout *layout, const struct rs_facts *facts)
{
    struct line line = {0, 0};
    const struct rs_factor *below = NULL;
    char levels[BELOW_BYTES];

    print_name(&line, facts->column->name, layout->name);
    for (size_t f = 1; f < RS_N_FACT_FIELDS; f++) {
        const struct rs_fact_field *field = &rs_fact_fields[f];
        char cell[CELL_BYTES];
        if (layout->width[f] == 0 || (field->place == RS_FACT_NUMBER &&
                                      facts->column->type != RS_TYPE_NUMERIC))
            continue;
        put_cell(cell, field, facts, layout->digits);
        print_field(&line, cell, layout->width[f],
                    field->place != RS_FACT_LEFT);
    }
    print_levels(&below, &line, facts);
    (void)putchar('\n');
    if (below == NULL)
        return;
    rs_facts_levels_text(levels, sizeof levels, below, sizeof levels);
    print_below(levels);
}

static void print_all_below(const struct rs_facts *facts)
{
    for (size_t f = 0; f < RS_N_FACT_FIELDS; f++) {
        struct rs_fact fact = {.kind = RS_FACT_NONE};
        char shown[BELOW_BYTES];
        if (rs_fact_fields[f].place != RS_FACT_BELOW)
            continue;
        rs_fact_fields[f].get(&fact, facts);
        if (fact.kind == RS_FACT_TEXT) {
            (void)rs_visible_copy(shown, sizeof shown, fact.text);
            print_below(shown);
        }
        for (size_t i = 0; i < fact.n; i++)
            print_below(fact.texts[i]);
    }
}

void rs_facts_table_print(const struct rs_facts *facts, size_t n)
{
    struct layout layout = {.facts = facts, .n = n};
    struct line line = {0, 0};

    lay_out(&layout);
    print_name(&line, rs_fact_fields[0].name, layout.name);
    for (size_t f = 1; f < RS_N_FACT_FIELDS; f++)
        if (layout.width[f] > 0)
            print_field(&line, rs_fact_fields[f].name, layout.width[f],
                        rs_fact_fields[f].place != RS_FACT_LEFT);
    (void)putchar('\n');
    for (size_t i = 0; i < n; i++) {
        print_row(&layout, &facts[i]);
        print_all_below(&facts[i]);
    }
}
