/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_hint.h"

#include "csv_read.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 256 }; /* lines that are looked at */

/* A record as a delimiter cuts it. */
struct line {
    const char *text; /* behind leading blanks */
    size_t number;    /* from 1, within the lines at hand */
    size_t n_fields;
    bool last_empty;
    bool has_value; /* some field is like a number */
};

/* All records that are not blank, up to some number. */
struct view {
    struct line lines[MOST];
    size_t n;
    char delimiter;
    const char *end; /* of the bytes */
};

/* ---- cutting ----------------------------------------------------- */

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool separates(char c, char delimiter)
{
    return delimiter == RS_CSV_BLANKS ? is_blank(c) : c == delimiter;
}

/* A number, as far as one byte tells, or what often stands for one. */
static bool is_value(const char *text, const char *end)
{
    if (end - text == 2 && memcmp(text, "NA", 2) == 0)
        return true;
    while (text < end && strchr("\" +-.", *text) != NULL)
        text++;
    return text < end && *text >= '0' && *text <= '9';
}

/* Whether the quote at `at` opens or closes: one within a word does not. */
static bool is_quote(const char *at, const char *begin, bool quoted,
                     char delimiter)
{
    return *at == '"' && (quoted || at == begin || at[-1] == '"' ||
                          is_blank(at[-1]) || separates(at[-1], delimiter));
}

/* Counts the fields of a record, of which no blank ends or begins one. */
static void measure(struct line *line, const char *end, char delimiter)
{
    const char *field = line->text;
    bool quoted = false;

    line->n_fields = 1;
    for (const char *at = line->text; at < end; at++) {
        quoted = quoted != is_quote(at, line->text, quoted, delimiter);
        if (quoted || !separates(*at, delimiter))
            continue;
        line->has_value = line->has_value || is_value(field, at);
        line->n_fields++;
        while (delimiter == RS_CSV_BLANKS && at + 1 < end && is_blank(at[1]))
            at++;
        field = at + 1;
    }
    line->has_value = line->has_value || is_value(field, end);
    line->last_empty = field == end;
}

/* What lines of comment begin with. */
static const char *const marks[] = {"#", "%", "!", "*", "//"};
enum { N_MARKS = sizeof marks / sizeof marks[0] };

static bool begins_with(const char *text, const char *end, const char *mark)
{
    size_t len = strlen(mark);

    return (size_t)(end - text) >= len && memcmp(text, mark, len) == 0;
}

static bool is_marked(const char *text, const char *end)
{
    for (size_t i = 0; i < N_MARKS; i++)
        if (begins_with(text, end, marks[i]))
            return true;
    return false;
}

/* Where the record ends that begins at `at`; counts its line ends but the last
 * one. NULL: the bytes end before. */
static const char *record_end(size_t *n_ends, const char *begin,
                              const char *end, char delimiter)
{
    bool is_comment = is_marked(begin, end);
    bool quoted = false;

    for (const char *at = begin; at < end; at++) {
        quoted =
            !is_comment && quoted != is_quote(at, begin, quoted, delimiter);
        if (is_line_end(*at) && !quoted)
            return at;
        *n_ends += *at == '\n' ? 1 : 0;
    }
    return NULL;
}

/* Blanks that are no part of a record at its ends. */
static bool is_around(char c, char delimiter)
{
    return is_blank(c) && (delimiter == RS_CSV_BLANKS || c != delimiter);
}

/* A record of a line, or several. Returns whether it is not blank. */
static bool take_record(struct line *line, const char *at, const char *end,
                        char delimiter)
{
    while (at < end && is_around(*at, delimiter))
        at++;
    while (end > at && is_around(end[-1], delimiter))
        end--;
    line->text = at;
    if (at < end)
        measure(line, end, delimiter);
    return at < end;
}

static void cut(struct view *out, const struct rs_layout_lines *lines,
                char delimiter)
{
    const char *end = lines->bytes + lines->n;
    size_t number = 1;

    out->n = 0;
    out->delimiter = delimiter;
    out->end = end;
    for (const char *at = lines->bytes; at < end && out->n < MOST;) {
        size_t n_ends = 0;
        const char *stop = record_end(&n_ends, at, end, delimiter);
        struct line line = {.number = number};
        if (take_record(&line, at, stop != NULL ? stop : end, delimiter))
            out->lines[out->n++] = line;
        if (stop == NULL)
            break;
        number += n_ends + 1;
        at = stop + 1;
        if (*stop == '\r' && at < end && *at == '\n')
            at++;
    }
}

/* Whether the line is a header by itself: words above numbers. */
static bool is_header(const struct view *view, size_t i)
{
    return i + 1 < view->n && !view->lines[i].has_value &&
           view->lines[i + 1].has_value;
}

/* ---- comments ---------------------------------------------------- */

/*
 * What the first line begins with, as comments do. Where the last such line is
 * the header, of as many fields as the last line of all, it is none: then those
 * above it have to begin with twice that.
 */
static void find_comment(char comment[3], const struct view *view)
{
    size_t n = 0;

    comment[0] = '\0';
    for (size_t i = 0; i < N_MARKS; i++)
        if (begins_with(view->lines[0].text, view->end, marks[i]))
            (void)snprintf(comment, 3, "%s", marks[i]);
    if (comment[0] == '\0')
        return;
    while (n < view->n && begins_with(view->lines[n].text, view->end, comment))
        n++;
    if (n == view->n || is_header(view, n) ||
        view->lines[n - 1].n_fields != view->lines[view->n - 1].n_fields)
        return;
    comment[1] = comment[0];
    comment[2] = '\0';
    if (n == 1 || !begins_with(view->lines[0].text, view->end, comment) ||
        begins_with(view->lines[n - 1].text, view->end, comment))
        comment[0] = '\0';
}

static void drop_comments(struct view *view, const char *comment)
{
    size_t kept = 0;

    if (comment[0] == '\0')
        return;
    for (size_t i = 0; i < view->n; i++)
        if (!begins_with(view->lines[i].text, view->end, comment))
            view->lines[kept++] = view->lines[i];
    view->n = kept;
}

/* ---- the table --------------------------------------------------- */

/* The first line from which on all have as many fields as the last; behind a
 * blank line, where a header stands there. */
static size_t first_alike(const struct view *view)
{
    const struct line *lines = view->lines;
    size_t first = view->n - 1;

    while (first > 0 && lines[first - 1].n_fields == lines[first].n_fields)
        first--;
    if (is_header(view, first))
        return first;
    for (size_t i = first + 1; i < view->n && i < first + 5; i++)
        if (lines[i].number > lines[i - 1].number + 1 && is_header(view, i))
            return i;
    return first;
}

static bool all_last_empty(const struct view *view, size_t from)
{
    for (size_t i = from; i < view->n; i++)
        if (!view->lines[i].last_empty)
            return false;
    return true;
}

/* The line that is the header of those from `first` on, which are alike. */
static size_t find_header(struct rs_layout *out, const struct view *view,
                          size_t first)
{
    const struct line *above = &view->lines[first > 0 ? first - 1 : 0];
    size_t n_fields = view->lines[first].n_fields;

    if (first == 0 || is_header(view, first))
        return first;
    out->last_nameless = above->n_fields == n_fields + 1 && above->last_empty;
    out->last_empty = above->n_fields < n_fields &&
                      above->n_fields + 2 >= n_fields &&
                      all_last_empty(view, first);
    out->row_names = above->n_fields + (out->last_empty ? 2 : 1) == n_fields;
    return out->last_nameless || out->last_empty || out->row_names ? first - 1
                                                                   : first;
}

/* The n lines above the header have fewer fields, or stand apart. */
static bool are_titles(const struct view *view, size_t n)
{
    const struct line *lines = view->lines;

    if (n > 0 && lines[n].number > lines[n - 1].number + 1)
        return true;
    for (size_t i = 0; i < n; i++)
        if (lines[i].n_fields >= lines[n].n_fields)
            return false;
    return true;
}

static bool try_view(struct rs_layout *out, struct view *view, bool has_header)
{
    size_t first = 0;
    size_t header = 0;
    size_t n_fields = 0;

    memset(out, 0, sizeof *out);
    if (view->n == 0)
        return false;
    find_comment(out->comment, view);
    drop_comments(view, out->comment);
    if (view->n < 2)
        return false;
    first = first_alike(view);
    header = has_header ? find_header(out, view, first) : first;
    n_fields = view->lines[first].n_fields;
    if (n_fields < 2 || !are_titles(view, header) || view->n - header < 2 ||
        view->n - header < header ||
        (header > 0 && header == first && has_header &&
         !is_header(view, first)))
        return false;
    out->n_skip = header > 0 ? view->lines[header].number - 1 : 0;
    out->delimiter = view->delimiter;
    return true;
}

/* Two fields below a header of one: other delimiters may fit better. */
static bool is_weak(const struct rs_layout *layout, const struct view *view)
{
    return (layout->row_names || layout->last_empty) &&
           view->lines[view->n - 1].n_fields == 2;
}

/* By the delimiter that was used, or else another. */
static bool search(struct rs_layout *out, const struct rs_layout_lines *lines)
{
    const char candidates[] = {lines->delimiter, ',', '\t', ';', '|',
                               RS_CSV_BLANKS,    '^', ':',  '~', '\x01'};
    bool found = false;
    bool sure = false;

    for (size_t i = 0; i < sizeof candidates && !sure; i++) {
        struct view view;
        struct rs_layout layout;
        cut(&view, lines, candidates[i]);
        if (!try_view(&layout, &view, lines->has_header))
            continue;
        sure = !is_weak(&layout, &view);
        if (sure || !found)
            *out = layout;
        found = true;
    }
    return found;
}

/* Whether a reader that looks for a delimiter finds this one, once the lines
 * above the header are not there. */
static bool is_found_then(const struct rs_layout *layout,
                          const struct rs_layout_lines *lines)
{
    return lines->is_found && memchr(",\t;|", layout->delimiter, 4) != NULL &&
           (layout->n_skip > 0 || layout->comment[0] != '\0');
}

bool rs_layout_find(struct rs_layout *out, const struct rs_layout_lines *lines)
{
    if (!search(out, lines))
        return false;
    if (out->delimiter == lines->delimiter || is_found_then(out, lines))
        out->delimiter = '\0';
    if (out->n_skip > 0) {
        out->n_skip += lines->n_above;
        out->comment[0] = '\0'; /* above the header, most likely */
    }
    return out->delimiter != '\0' || out->comment[0] != '\0' ||
           out->n_skip > 0 ||
           ((out->last_empty || out->last_nameless) && !lines->drops_last) ||
           (out->row_names && !lines->names_first);
}
