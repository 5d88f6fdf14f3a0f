/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_info.h"

#include "mem.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- passwords -------------------------------------------------------------
 */

static const char secret[] = "password";
static const char blanks[] = " \t\n\r\f\v";

static void hide(char *from, const char *to)
{
    if (to == from)
        return;
    *from = '*';
    memmove(from + 1, to, strlen(to) + 1);
}

static bool is_blank(char c)
{
    return c != '\0' && strchr(blanks, c) != NULL;
}

/* Where the value of a parameter ends. In a URL at &; else at a blank, or
 * behind a quote, and a backslash takes the meaning of either. */
static char *value_end(char *at, bool in_url)
{
    bool quoted = *at == '\'';

    if (in_url)
        return at + strcspn(at, "&");
    if (quoted)
        at++;
    while (*at != '\0' && (quoted ? *at != '\'' : !is_blank(*at)))
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    return quoted && *at != '\0' ? at + 1 : at;
}

/* password=..., whatever stands before it in the word. */
static void hide_values(char *word)
{
    size_t len = sizeof secret - 1;

    for (char *at = word; *at != '\0'; at++) {
        const char *url = strstr(word, "://");
        char *value = at + len;
        if (strncasecmp(at, secret, len) != 0)
            continue;
        value += strspn(value, blanks);
        if (*value != '=')
            continue;
        value += 1 + strspn(value + 1, blanks);
        hide(value, value_end(value, url != NULL && url < at));
    }
}

/* Parameters of a URL whose names are written with %: they may say anything. */
static void hide_encoded(char *url)
{
    char *at = strchr(url, '?');

    while (at != NULL) {
        size_t name = strcspn(at + 1, "=&");
        char *value = at + 1 + name;
        if (*value == '=' && memchr(at + 1, '%', name) != NULL)
            hide(value + 1, value + strcspn(value + 1, "&") + 1);
        at = strchr(at + 1, '&');
    }
}

/* user:PASSWORD@: everything to the last @, for it may stand in a password. */
static void hide_user(char *url)
{
    char *colon = strchr(url + strlen("://"), ':');
    char *at = strrchr(url, '@');

    if (colon != NULL && at != NULL && colon < at)
        hide(colon + 1, at);
}

void rs_hide_passwords(char *word)
{
    char *url = NULL;

    hide_values(word);
    url = strstr(word, "://");
    if (url == NULL)
        return;
    hide_encoded(url);
    hide_user(url);
}

/* ---- words -----------------------------------------------------------------
 */

static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_@%+=:,./-";

    return word[0] != '\0' && word[strspn(word, plain)] == '\0';
}

/* A word as a shell takes it; out has room for 4 bytes for each and 2. */
static char *put_word(char *out, const char *word)
{
    static const char quote[] = "'\\''";
    size_t len = strlen(word);

    if (is_plain(word)) {
        memcpy(out, word, len);
        return out + len;
    }
    *out++ = '\'';
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            memcpy(out, quote, sizeof quote - 1);
            out += sizeof quote - 1;
        } else {
            *out++ = *word;
        }
    }
    *out++ = '\'';
    return out;
}

static char *words_text(const char *const *words, size_t n, bool hidden,
                        struct rs_error *err)
{
    size_t size = 1;
    char *text = NULL;
    char *at = NULL;

    for (size_t i = 0; i < n; i++)
        size += 4 * strlen(words[i]) + 3;
    text = rs_alloc(size, 1, err);
    if (text == NULL)
        return NULL;
    at = text;
    for (size_t i = 0; i < n; i++) {
        char *word = rs_text_copy(words[i], strlen(words[i]), err);
        if (word == NULL) {
            free(text);
            return NULL;
        }
        if (hidden)
            rs_hide_passwords(word);
        if (i > 0)
            *at++ = ' ';
        at = put_word(at, word);
        free(word);
    }
    *at = '\0';
    return text;
}

char *rs_command_text(const char *const *words, size_t n, struct rs_error *err)
{
    return words_text(words, n, true, err);
}

/* ---- the notes -------------------------------------------------------------
 */

enum rs_status rs_run_notes_init(struct rs_run_notes *out,
                                 const struct rs_options *options,
                                 const struct rs_input *input,
                                 const struct rs_plan *plan,
                                 struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->command = rs_command_text(options->words, options->n_words, err);
    if (out->command == NULL)
        return RS_ERR_NOMEM;
    out->input = words_text((const char *const *)options->files,
                            options->n_files, false, err);
    if (out->input == NULL)
        return RS_ERR_NOMEM;
    rs_version_libraries(out->libraries, sizeof out->libraries, "; ");
    out->info = (struct rs_run_info){
        .command = out->command,
        .program = "regsweep " RS_VERSION,
        .libraries = out->libraries,
        .input = out->input,
        .input_hash = input->hash,
        .n_pairs = plan->n_pairs,
        .n_tiles = plan->n_tiles,
    };
    return RS_OK;
}

void rs_run_notes_clear(struct rs_run_notes *notes)
{
    free(notes->command);
    free(notes->input);
    memset(notes, 0, sizeof *notes);
}
