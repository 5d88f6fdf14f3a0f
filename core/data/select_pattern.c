/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "select_pattern.h"

#include <errno.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads digits up to end; false when there are none or they are too many. */
static bool read_count(uint64_t *out, const char *text, size_t len)
{
    uint64_t value = 0;

    if (len == 0 || len > 18)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    *out = value;
    return true;
}

/* p{first:last}q, taken apart. */
struct braces {
    const char *prefix;
    size_t prefix_len;
    const char *suffix;
    uint64_t first, last;
    int width; /* digits to fill up to when first has leading zeros */
};

static bool braces_parse(struct braces *out, const char *text)
{
    const char *open = strchr(text, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    const char *colon =
        close == NULL ? NULL : memchr(open, ':', (size_t)(close - open));

    if (colon == NULL ||
        !read_count(&out->first, open + 1, (size_t)(colon - open - 1)) ||
        !read_count(&out->last, colon + 1, (size_t)(close - colon - 1)))
        return false;
    out->prefix = text;
    out->prefix_len = (size_t)(open - text);
    out->suffix = close + 1;
    out->width = open[1] == '0' ? (int)(colon - open - 1) : 1;
    return true;
}

static enum rs_pattern_result match_braces(struct rs_pattern_hits *hits,
                                           const struct rs_name_index *names,
                                           const struct braces *braces)
{
    char name[RS_PATTERN_NAME];

    if (braces->first > braces->last)
        return RS_PATTERN_BACKWARDS;
    for (uint64_t i = braces->first; i <= braces->last; i++) {
        int len = snprintf(name, sizeof name, "%.*s%0*" PRIu64 "%s",
                           (int)braces->prefix_len, braces->prefix,
                           braces->width, i, braces->suffix);
        size_t column = names->n;
        if (len > 0 && (size_t)len < sizeof name)
            column = rs_name_index_find(names, name, (size_t)len);
        if (column == names->n) {
            memcpy(hits->missing, name, sizeof name);
            return RS_PATTERN_MISS;
        }
        hits->columns[hits->n++] = column;
    }
    return RS_PATTERN_HIT;
}

/* One end of a range: an exact name or #position. */
static enum rs_pattern_result range_end(size_t *out,
                                        const struct rs_name_index *names,
                                        const char *text, size_t len)
{
    uint64_t position = 0;

    *out = rs_name_index_find(names, text, len);
    if (*out < names->n)
        return RS_PATTERN_HIT;
    if (len < 2 || text[0] != '#' || !read_count(&position, text + 1, len - 1))
        return RS_PATTERN_MISS;
    if (position == 0 || position > names->n)
        return RS_PATTERN_POSITION;
    *out = (size_t)position - 1;
    return RS_PATTERN_HIT;
}

/* a:b. A name may hold colons, so each of them is tried. */
static enum rs_pattern_result match_range(struct rs_pattern_hits *hits,
                                          const struct rs_name_index *names,
                                          const char *text)
{
    enum rs_pattern_result worst = RS_PATTERN_MISS;

    for (const char *colon = strchr(text, ':'); colon != NULL;
         colon = strchr(colon + 1, ':')) {
        size_t from = 0;
        size_t to = names->n - 1;
        enum rs_pattern_result a =
            range_end(&from, names, text, (size_t)(colon - text));
        enum rs_pattern_result b =
            colon[1] == '\0'
                ? RS_PATTERN_HIT
                : range_end(&to, names, colon + 1, strlen(colon + 1));
        if (a == RS_PATTERN_POSITION || b == RS_PATTERN_POSITION)
            worst = RS_PATTERN_POSITION;
        if (a != RS_PATTERN_HIT || b != RS_PATTERN_HIT)
            continue;
        if (from > to)
            return RS_PATTERN_BACKWARDS;
        for (size_t j = from; j <= to; j++)
            hits->columns[hits->n++] = j;
        hits->by_pattern = true;
        return RS_PATTERN_HIT;
    }
    return worst;
}

static enum rs_pattern_result match_glob(struct rs_pattern_hits *hits,
                                         const struct rs_name_index *names,
                                         const char *text)
{
    for (size_t j = 0; j < names->n; j++)
        if (fnmatch(text, names->names[j], 0) == 0)
            hits->columns[hits->n++] = j;
    hits->by_pattern = true;
    return hits->n > 0 ? RS_PATTERN_HIT : RS_PATTERN_MISS;
}

enum rs_pattern_result rs_pattern_match(struct rs_pattern_hits *hits,
                                        const struct rs_name_index *names,
                                        const char *text)
{
    struct braces braces;
    enum rs_pattern_result result = RS_PATTERN_MISS;

    hits->n = 0;
    hits->by_pattern = false;
    hits->missing[0] = '\0';
    if (text[0] == '#' && strchr(text, ':') == NULL) {
        size_t column = 0;
        result = range_end(&column, names, text, strlen(text));
        if (result == RS_PATTERN_HIT)
            hits->columns[hits->n++] = column;
        if (result != RS_PATTERN_MISS)
            return result;
    }
    if (braces_parse(&braces, text))
        return match_braces(hits, names, &braces);
    result = match_range(hits, names, text);
    if (result != RS_PATTERN_MISS)
        return result;
    if (strpbrk(text, "*?[") != NULL)
        return match_glob(hits, names, text);
    return RS_PATTERN_MISS;
}
