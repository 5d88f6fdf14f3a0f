/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_info.h"

#include "mem.h"
#include "passwords.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

/* ---- words ------------------------------------------------------- */

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

/* ---- the notes --------------------------------------------------- */

enum rs_status rs_run_notes_new(struct rs_run_notes **out,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    struct rs_run_notes *notes = rs_alloc(1, sizeof *notes, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (notes == NULL)
        return RS_ERR_NOMEM;
    notes->command = rs_command_text(settings->words, settings->n_words, err);
    notes->input = words_text((const char *const *)settings->files.values,
                              settings->files.n, false, err);
    if (settings->writing.note != NULL) {
        notes->note = rs_text_copy(settings->writing.note,
                                   strlen(settings->writing.note), err);
        status = notes->note == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    if (notes->command == NULL || notes->input == NULL || status != RS_OK) {
        rs_run_notes_free(notes);
        return RS_ERR_NOMEM;
    }
    if (notes->note != NULL)
        rs_hide_passwords(notes->note);
    rs_version_libraries(notes->libraries, sizeof notes->libraries, "; ");
    notes->info = (struct rs_run_info){
        .command = notes->command,
        .program = "regsweep " RS_VERSION,
        .libraries = notes->libraries,
        .input = notes->input,
        .note = notes->note,
    };
    *out = notes;
    return RS_OK;
}

void rs_run_notes_free(struct rs_run_notes *notes)
{
    if (notes == NULL)
        return;
    free(notes->command);
    free(notes->input);
    free(notes->note);
    free(notes);
}
