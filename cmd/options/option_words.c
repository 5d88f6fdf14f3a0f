/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "option_words.h"

#include "name_index.h"
#include "rules.h"
#include "value_ask.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MEANS(setting, words) {setting, words, NULL},
#define SAYS(words, text)     {NULL, words, text},
const struct rs_option_words rs_option_words[] = {
#include "option_word_rows.h"
};
#undef MEANS
#undef SAYS

const size_t rs_n_option_words =
    sizeof rs_option_words / sizeof rs_option_words[0];

/* Whether a letter is one of the words. */
static bool has_letter(const char *words, char letter)
{
    for (;;) {
        size_t len = strcspn(words, "|");
        if (len == 1 && words[0] == letter)
            return true;
        if (words[len] == '\0')
            return false;
        words += len + 1;
    }
}

const struct rs_option_words *rs_option_words_find(const char *word)
{
    bool letter = word[0] != '\0' && word[1] == '\0';

    for (size_t i = 0; i < rs_n_option_words; i++)
        if (letter ? has_letter(rs_option_words[i].words, word[0])
                   : rs_value_is_among(rs_option_words[i].words, word))
            return &rs_option_words[i];
    return NULL;
}

/* The row of an option by its name, or its letter, of one of the commands;
 * NULL: there is none. */
static const struct rs_setting *find(const char *name, char letter,
                                     unsigned commands)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        if ((setting->commands & commands) != 0 &&
            (name != NULL ? strcmp(setting->name, name) == 0
                          : setting->letter == letter))
            return setting;
    }
    return NULL;
}

/* The first command that knows a setting. */
static const char *command_of(const struct rs_setting *setting)
{
    return rs_command_bit_name(setting->commands & -setting->commands);
}

/* shown: the option as it was written, without its value. */
static enum rs_status say_words(const char *shown,
                                const struct rs_option_words *words,
                                unsigned command, struct rs_error *err)
{
    const struct rs_setting *meant = NULL;
    char letter[8] = "";

    if (words->setting == NULL)
        return rs_error_set(err, RS_ERR_USAGE, "unknown option '%s': %s", shown,
                            words->text);
    meant = find(words->setting, 0, ~0U);
    if (meant->letter != 0)
        (void)snprintf(letter, sizeof letter, " (-%c)", meant->letter);
    if ((meant->commands & command) != 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown option '%s'; did you mean '--%s'%s?",
                            shown, meant->name, letter);
    return rs_error_set(
        err, RS_ERR_USAGE,
        "unknown option '%s'; did you mean '--%s'%s of 'regsweep %s'?", shown,
        meant->name, letter, command_of(meant));
}

/* The nearest name, or the letter in the other case. */
static enum rs_status say_near(const char *shown, char letter, unsigned command,
                               struct rs_error *err)
{
    const char *names[RS_N_SETTINGS];
    size_t n = 0;
    size_t near = 0;
    char other =
        (char)(islower((unsigned char)letter) ? toupper((unsigned char)letter)
                                              : tolower((unsigned char)letter));

    if (letter != '\0' && isalpha((unsigned char)letter) &&
        find(NULL, other, command) != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown option '%s'; did you mean '-%c'?", shown,
                            other);
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if ((rs_setting_table[i].commands & command) != 0)
            names[n++] = rs_setting_table[i].name;
    near = letter != '\0' ? n : rs_names_nearest(shown + 2, names, n);
    if (near < n)
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown option '%s'; did you mean '--%s'?", shown,
                            names[near]);
    return rs_error_set(err, RS_ERR_USAGE, "unknown option '%s'", shown);
}

enum rs_status rs_option_unknown(const char *word, char letter,
                                 unsigned command, struct rs_error *err)
{
    char shown[128];
    bool is_long = strncmp(word, "--", 2) == 0;
    const struct rs_setting *elsewhere = NULL;
    const struct rs_option_words *words = NULL;

    if (is_long)
        (void)snprintf(shown, sizeof shown, "%.*s", (int)strcspn(word, "="),
                       word);
    else
        (void)snprintf(shown, sizeof shown, "-%c", letter);
    letter = is_long ? '\0' : letter;
    elsewhere = find(is_long ? shown + 2 : NULL, letter, ~0U);
    if (elsewhere != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "'%s' is an option of 'regsweep %s'", shown,
                            command_of(elsewhere));
    words = rs_option_words_find(shown + (is_long ? 2 : 1));
    if (words != NULL)
        return say_words(shown, words, command, err);
    return say_near(shown, letter, command, err);
}
