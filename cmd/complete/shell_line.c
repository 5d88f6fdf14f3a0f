/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell_line.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

static const char blanks[] = " \t\n";
static const char operators[] = "<>|;&";

enum rs_shell rs_shell_of(const char *name)
{
    static const char *const names[RS_N_SHELLS] = {"bash", "zsh", "fish"};
    int shell = 0;

    while (shell < RS_N_SHELLS && strcmp(names[shell], name) != 0)
        shell++;
    return (enum rs_shell)shell;
}

/* ---- quotes ------------------------------------------------------ */

/* Whether a backslash takes the meaning of the character behind it. */
static bool escapes(enum rs_shell shell, char quote, char behind)
{
    if (behind == '\0')
        return false;
    if (quote == '\'')
        return shell == RS_FISH && (behind == '\'' || behind == '\\');
    return quote == '\0' || strchr("\"\\$`", behind) != NULL;
}

size_t rs_shell_step(char *quote, bool *mark, enum rs_shell shell,
                     const char *raw)
{
    *mark = false;
    if (raw[0] == '\\' && escapes(shell, *quote, raw[1]))
        return 2;
    if (*quote == '\0' ? raw[0] == '\'' || raw[0] == '"' : raw[0] == *quote) {
        *quote = *quote == '\0' ? raw[0] : '\0';
        *mark = true;
    }
    return 1;
}

/*
 * Takes the quotes off len bytes.
 * out  out  [len + 1]
 * Returns the quote that is open at the end; 0: none.
 */
static char unquote(char *out, enum rs_shell shell, const char *raw, size_t len)
{
    char quote = '\0';
    bool mark = false;

    for (size_t i = 0; i < len;) {
        size_t n = rs_shell_step(&quote, &mark, shell, raw + i);
        n = i + n > len ? 1 : n;
        if (!mark)
            *out++ = raw[i + n - 1];
        i += n;
    }
    *out = '\0';
    return quote;
}

/* Bytes of the word that a text begins with. */
static size_t word_length(enum rs_shell shell, const char *raw)
{
    char quote = '\0';
    bool mark = false;
    size_t i = 0;

    while (raw[i] != '\0' &&
           (quote != '\0' || (strchr(blanks, raw[i]) == NULL &&
                              strchr(operators, raw[i]) == NULL)))
        i += rs_shell_step(&quote, &mark, shell, raw + i);
    return i;
}

/* ---- words ------------------------------------------------------- */

static char *unquoted(enum rs_shell shell, const char *raw, size_t len,
                      struct rs_error *err)
{
    char *text = rs_alloc(len + 1, 1, err);

    if (text != NULL)
        (void)unquote(text, shell, raw, len);
    return text;
}

static void drop_words(struct rs_shell_line *line)
{
    for (size_t i = 0; i < line->n; i++)
        free(line->words[i]);
    free(line->words);
    line->words = NULL;
    line->n = 0;
}

static enum rs_status add_word(struct rs_shell_line *out, enum rs_shell shell,
                               const char *raw, size_t len,
                               struct rs_error *err)
{
    char **words = rs_grow(out->words, out->n, sizeof *words, err);

    if (words == NULL)
        return RS_ERR_NOMEM;
    out->words = words;
    words[out->n] = unquoted(shell, raw, len, err);
    return words[out->n++] == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* The word at the cursor, which may be none yet. */
static enum rs_status set_current(struct rs_shell_line *out,
                                  enum rs_shell shell, const char *raw,
                                  size_t len, struct rs_error *err)
{
    out->raw = raw;
    out->raw_len = len;
    out->n_before = out->n;
    out->current = unquoted(shell, raw, len, err);
    return out->current == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* Whether a redirection follows, of the descriptor that a word is. */
static bool is_descriptor(const char *raw, size_t len)
{
    return len > 0 && strspn(raw, "0123456789") == len &&
           (raw[len] == '<' || raw[len] == '>');
}

/* Takes operators: a command ends, or a redirection begins. */
static size_t take_operators(struct rs_shell_line *out, bool *redirects,
                             const char *raw)
{
    size_t n = strspn(raw, operators);

    *redirects = raw[strcspn(raw, "<>")] != '\0' && strcspn(raw, "<>") < n;
    if (!*redirects && out->current == NULL)
        drop_words(out);
    return n;
}

enum rs_status rs_shell_line_split(struct rs_shell_line *out,
                                   enum rs_shell shell, const char *line,
                                   size_t cursor, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    bool redirects = false;

    memset(out, 0, sizeof *out);
    for (size_t at = strspn(line, blanks); status == RS_OK;) {
        size_t len = word_length(shell, line + at);
        if (out->current == NULL && cursor <= at + len) {
            size_t typed = cursor > at ? cursor - at : 0;
            status = set_current(out, shell, line + cursor - typed, typed, err);
            out->redirected = redirects;
            redirects = redirects && cursor < at;
            len = cursor < at ? 0 : len;
        } else if (len > 0) {
            if (!redirects && !is_descriptor(line + at, len))
                status = add_word(out, shell, line + at, len, err);
            redirects = false;
        } else if (line[at] == '\0') {
            break;
        } else {
            len = take_operators(out, &redirects, line + at);
            if (!redirects && out->current != NULL)
                break;
        }
        at += len;
        at += strspn(line + at, blanks);
    }
    return status;
}

void rs_shell_line_clear(struct rs_shell_line *line)
{
    drop_words(line);
    free(line->current);
    memset(line, 0, sizeof *line);
}
