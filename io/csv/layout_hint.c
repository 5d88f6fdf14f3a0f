/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_hint.h"

#include "csv_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 256 }; /* lines that are looked at */

/* A record as a delimiter cuts it. */
struct line {
    const char *text; /* behind leading blanks */
    size_t number;    /* from 1, within the lines at hand */
    size_t n_fields;
    bool last_empty;
    bool has_number; /* some field begins like one */
};

/* All records that are not blank, up to some number. */
struct view {
    struct line lines[MOST];
    size_t n;
    char delimiter;
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

static bool begins_number(const char *text, const char *end)
{
    while (text < end && strchr("\" +-.", *text) != NULL)
        text++;
    return text < end && *text >= '0' && *text <= '9';
}

/* Counts the fields of a record, of which no blank ends or begins one. */
static void measure(struct line *line, const char *end, char delimiter)
{
    const char *field = line->text;
    bool quoted = false;

    line->n_fields = 1;
    for (const char *at = line->text; at < end; at++) {
        quoted = quoted != (*at == '"');
        if (quoted || !separates(*at, delimiter))
            continue;
        line->has_number = line->has_number || begins_number(field, at);
        line->n_fields++;
        while (delimiter == RS_CSV_BLANKS && at + 1 < end && is_blank(at[1]))
            at++;
        field = at + 1;
    }
    line->has_number = line->has_number || begins_number(field, end);
    line->last_empty = field == end;
}

/* Where the record ends that begins at `at`; counts its line ends but the last
 * one. NULL: the bytes end before. */
static const char *record_end(size_t *n_ends, const char *at, const char *end)
{
    bool quoted = false;

    for (; at < end; at++) {
        quoted = quoted != (*at == '"');
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
    for (const char *at = lines->bytes; at < end && out->n < MOST;) {
        size_t n_ends = 0;
        const char *stop = record_end(&n_ends, at, end);
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
    return i + 1 < view->n && !view->lines[i].has_number &&
           view->lines[i + 1].has_number;
}

/* ---- comments ---------------------------------------------------- */

static bool begins_with(const struct line *line, const char *text)
{
    return strncmp(line->text, text, strlen(text)) == 0;
}

/*
 * What the first line begins with, as comments do. Where the last such line is
 * the header, of as many fields as the last line of all, it is none: then those
 * above it have to begin with twice that.
 */
static void find_comment(char comment[3], const struct view *view)
{
    static const char *const marks[] = {"#", "%", "!", "*", "//"};
    size_t n = 0;

    comment[0] = '\0';
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (begins_with(&view->lines[0], marks[i]))
            (void)snprintf(comment, 3, "%s", marks[i]);
    if (comment[0] == '\0')
        return;
    while (n < view->n && begins_with(&view->lines[n], comment))
        n++;
    if (n == view->n || is_header(view, n) ||
        view->lines[n - 1].n_fields != view->lines[view->n - 1].n_fields)
        return;
    comment[1] = comment[0];
    comment[2] = '\0';
    if (n == 1 || !begins_with(&view->lines[0], comment) ||
        begins_with(&view->lines[n - 1], comment))
        comment[0] = '\0';
}

static void drop_comments(struct view *view, const char *comment)
{
    size_t kept = 0;

    if (comment[0] == '\0')
        return;
    for (size_t i = 0; i < view->n; i++)
        if (!begins_with(&view->lines[i], comment))
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
    out->last_empty =
        above->n_fields + 1 == n_fields && all_last_empty(view, first);
    out->row_names = above->n_fields + 1 == n_fields && !out->last_empty;
    return out->last_nameless || out->last_empty || out->row_names ? first - 1
                                                                   : first;
}

/* Lines above the header are other than those of the table, or stand apart. */
static bool are_titles(const struct view *view, size_t n, size_t n_fields)
{
    const struct line *lines = view->lines;

    if (n > 0 && lines[n].number > lines[n - 1].number + 1)
        return true;
    for (size_t i = 0; i < n; i++)
        if (lines[i].n_fields >= n_fields)
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
    if (n_fields < 2 || !are_titles(view, header, n_fields) ||
        view->n - header < 2 ||
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

bool rs_layout_find(struct rs_layout *out, const struct rs_layout_lines *lines)
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
    if (!found)
        return false;
    if (out->delimiter == lines->delimiter)
        out->delimiter = '\0';
    if (out->n_skip > 0) {
        out->n_skip += lines->n_above;
        out->comment[0] = '\0'; /* above the header, most likely */
    }
    return out->delimiter != '\0' || out->comment[0] != '\0' ||
           out->n_skip > 0 || out->last_empty || out->last_nameless ||
           out->row_names;
}

/* ---- words ------------------------------------------------------- */

/* What there is to say, and to type. */
struct offer {
    char reasons[5][80];
    struct rs_error options[5];
    size_t n;
};

static RS_PRINTF(2, 3) struct rs_error *add(struct offer *offer,
                                            const char *reason, ...)
{
    va_list args;

    va_start(args, reason);
    (void)vsnprintf(offer->reasons[offer->n], sizeof offer->reasons[0], reason,
                    args);
    va_end(args);
    return &offer->options[offer->n++];
}

static void offer_delimiter(struct offer *offer, char delimiter)
{
    struct rs_error *option = NULL;

    if (delimiter == RS_CSV_BLANKS) {
        option = add(offer, "blanks separate the fields");
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} blanks");
    } else if (delimiter == '\t') {
        option = add(offer, "tabs separate the fields");
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} tab");
    } else if (delimiter == '\x01') {
        option = add(offer, "bytes of value 1 separate the fields");
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} $'\\x01'");
    } else {
        option = add(offer, "'%c' separates the fields", delimiter);
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} '%c'", delimiter);
    }
}

static void fill(struct offer *offer, const struct rs_layout *layout)
{
    if (layout->n_skip > 0)
        (void)rs_error_set(
            add(offer, "the header is on line %zu", layout->n_skip + 1),
            RS_ERR_USAGE, "{skip} %zu", layout->n_skip);
    if (layout->comment[0] != '\0')
        (void)rs_error_set(add(offer, "lines that begin with %s are comments",
                               layout->comment),
                           RS_ERR_USAGE, "{comment} '%s'", layout->comment);
    if (layout->delimiter != '\0')
        offer_delimiter(offer, layout->delimiter);
    if (layout->last_empty)
        (void)rs_error_set(add(offer, "the last field of every line is empty"),
                           RS_ERR_USAGE, "{trailing-delimiter}");
    if (layout->last_nameless)
        (void)rs_error_set(add(offer, "the last name of the header is empty"),
                           RS_ERR_USAGE, "{trailing-delimiter}");
    if (layout->row_names)
        (void)rs_error_set(add(offer, "R leaves out the name of the first "
                                      "column"),
                           RS_ERR_USAGE, "{row-names} NAME");
}

static void put(struct rs_error *err, const char *before, const char *text)
{
    size_t len = strlen(err->text);

    (void)snprintf(err->text + len, sizeof err->text - len, "%s%s", before,
                   text);
}

void rs_layout_offer(struct rs_error *err, const struct rs_layout *layout)
{
    struct offer offer = {.n = 0};

    if (err == NULL)
        return;
    fill(&offer, layout);
    for (size_t i = 0; i < offer.n; i++)
        put(err, i == 0 ? "; " : ", ", offer.reasons[i]);
    for (size_t i = 0; i < offer.n; i++)
        put(err, i == 0 ? ": " : " ", offer.options[i].text);
}
