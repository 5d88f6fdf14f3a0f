/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_sniff.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { LINES = 16 };

enum rs_status rs_sniff_kind(size_t *mark, const char *bytes, size_t n,
                             const char *path, struct rs_error *err)
{
    static const struct {
        const char *magic;
        size_t len;
        const char *what;
    } kinds[] = {
        {"\xff\xfe", 2, "UTF-16 text; UTF-8 is expected"},
        {"\xfe\xff", 2, "UTF-16 text; UTF-8 is expected"},
    };

    *mark = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (n >= kinds[i].len &&
            memcmp(bytes, kinds[i].magic, kinds[i].len) == 0)
            return rs_error_set_at(err, RS_ERR_MALFORMED, path, 1, 0, "%s",
                                   kinds[i].what);
    return RS_OK;
}

char rs_sniff_sep_line(const char *bytes, size_t n)
{
    size_t quotes = n > 0 && bytes[0] == '"' ? 1 : 0;
    size_t len = 2 * quotes + 5; /* of the line */

    if (n <= len || strncasecmp(bytes + quotes, "sep=", 4) != 0 ||
        (bytes[len] != '\n' && bytes[len] != '\r') ||
        (quotes > 0 && bytes[len - 1] != '"'))
        return '\0';
    return bytes[quotes + 4];
}

/* Counts a delimiter on each of the first lines, outside quotes. The last
 * line counts only when it is whole or the only one. */
static size_t count_lines(size_t counts[LINES], const char *bytes, size_t n,
                          char delimiter)
{
    size_t line = 0;
    bool quoted = false;
    bool empty = true;

    counts[0] = 0;
    for (size_t i = 0; i < n && line < LINES; i++) {
        char c = bytes[i];
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == delimiter)
            counts[line]++;
        if (c != '\n' && c != '\r') {
            empty = empty && c == ' ';
        } else if (!empty) {
            line++;
            empty = true;
            if (line < LINES)
                counts[line] = 0;
        }
    }
    return line == 0 ? 1 : line;
}

/* The best candidate so far. */
struct guess {
    char delimiter;
    size_t count; /* on the first line */
    bool regular; /* as many on the others */
};

static void try_delimiter(struct guess *best, const char *bytes, size_t n,
                          char delimiter)
{
    size_t counts[LINES];
    size_t lines = count_lines(counts, bytes, n, delimiter);
    bool regular = counts[0] > 0;

    for (size_t l = 1; l < lines; l++)
        regular = regular && counts[l] == counts[0];
    if ((regular && !best->regular) ||
        (regular == best->regular && counts[0] > best->count))
        *best = (struct guess){delimiter, counts[0], regular};
}

char rs_sniff_delimiter(const char *bytes, size_t n, char decimal)
{
    static const char candidates[] = {',', '\t', ';', '|'};
    struct guess best = {decimal == ',' ? ';' : ',', 0, false};

    for (size_t i = 0; i < sizeof candidates; i++)
        if (candidates[i] != decimal)
            try_delimiter(&best, bytes, n, candidates[i]);
    if (decimal == ',' && !best.regular) /* 1,5;2,5 has more commas */
        try_delimiter(&best, bytes, n, ',');
    return best.delimiter;
}
