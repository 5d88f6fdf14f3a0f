/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell_quote.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* A word as it is typed, up to the cursor. */
struct typed {
    size_t from;  /* where readline's word begins */
    size_t at;    /* how much of it is kept as it is typed */
    size_t shown; /* bytes of the word, without quotes, that are before at */
    char quote;   /* that is open at its end; 0: none */
};

static bool is_break(const char *breaks, char c)
{
    return c != '\'' && c != '"' && strchr(breaks, c) != NULL;
}

/* Goes through the word, with what is open at each byte. */
static struct typed look_at(const struct rs_shell_line *line,
                            const char *breaks, size_t kept)
{
    struct typed typed = {0};
    size_t unquoted_from = 0;
    size_t shown = 0;

    for (size_t i = 0; i < line->raw_len;) {
        const char *raw = line->raw + i;
        bool mark = false;
        size_t n = rs_shell_step(&typed.quote, &mark, RS_BASH, raw);
        bool open = typed.quote != '\0';
        i = i + n < line->raw_len ? i + n : line->raw_len;
        if (n == 1 && !mark && !open && is_break(breaks, raw[0]))
            unquoted_from = i;
        if (mark || !open)
            typed.from = open ? i : unquoted_from;
        shown += mark ? 0 : 1;
        if (shown <= kept || typed.from == i) {
            typed.at = i;
            typed.shown = shown;
        }
    }
    return typed;
}

size_t rs_bash_quoted_room(const struct rs_shell_line *line, const char *text)
{
    return line->raw_len + 4 * strlen(text) + 1;
}

/* Whether a character needs a backslash, by the quote that is open. */
static bool needs_backslash(char c, char quote)
{
    if (quote != '\0')
        return quote == '"' && strchr("\"\\$`", c) != NULL;
    return !isalnum((unsigned char)c) && (unsigned char)c < 0x80 &&
           strchr("_-./,:=+@%", c) == NULL;
}

void rs_bash_quoted(char *out, const struct rs_shell_line *line,
                    const char *breaks, size_t kept, const char *text)
{
    const struct typed typed = look_at(line, breaks, kept);
    size_t n_raw = typed.at > typed.from ? typed.at - typed.from : 0;

    memcpy(out, line->raw + typed.from, n_raw);
    out += n_raw;
    text += typed.shown > kept ? typed.shown - kept : 0;
    for (; *text != '\0'; text++) {
        if (typed.quote == '\'' && *text == '\'') {
            memcpy(out, "'\\'", 3); /* closes, and opens again */
            out += 3;
        } else if (needs_backslash(*text, typed.quote)) {
            *out++ = '\\';
        }
        *out++ = *text;
    }
    *out = '\0';
}
