/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command_words.h"

#include "csv_read.h"
#include "mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_BYTES = 64 };

enum rs_status rs_command_words_add(struct rs_command_words *words,
                                    const char *word, struct rs_error *err)
{
    char **texts = realloc(words->texts, (words->n + 1) * sizeof *texts);

    if (texts == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    words->texts = texts;
    texts[words->n] = rs_text_copy(word, strlen(word), err);
    if (texts[words->n] == NULL)
        return RS_ERR_NOMEM;
    words->n++;
    return RS_OK;
}

void rs_command_words_clear(struct rs_command_words *words)
{
    for (size_t i = 0; i < words->n; i++)
        free(words->texts[i]);
    free(words->texts);
    *words = (struct rs_command_words){NULL, 0};
}

/* An option, and its value; NULL: it has none. */
static enum rs_status add_option(struct rs_command_words *words,
                                 const struct rs_setting *setting,
                                 const char *value, struct rs_error *err)
{
    char option[OPTION_BYTES];
    enum rs_status status = RS_OK;

    if (setting->letter != 0)
        (void)snprintf(option, sizeof option, "-%c", setting->letter);
    else
        (void)snprintf(option, sizeof option, "--%s", setting->name);
    status = rs_command_words_add(words, option, err);
    return status == RS_OK && value != NULL
               ? rs_command_words_add(words, value, err)
               : status;
}

static enum rs_status add_char(struct rs_command_words *words,
                               const struct rs_setting *setting, char value,
                               struct rs_error *err)
{
    char text[2] = {value, '\0'};

    return add_option(words, setting,
                      value == RS_CSV_BLANKS ? "blanks"
                      : value == '\t'        ? "tab"
                                             : text,
                      err);
}

static enum rs_status add_choice(struct rs_command_words *words,
                                 const struct rs_setting *setting, int value,
                                 struct rs_error *err)
{
    const char *word = setting->choices;
    char text[OPTION_BYTES];

    for (; value > 0; value--)
        word = strchr(word, '|') + 1;
    (void)snprintf(text, sizeof text, "%.*s", (int)strcspn(word, "|"), word);
    return add_option(words, setting, text, err);
}

static enum rs_status add_items(struct rs_command_words *words,
                                const struct rs_setting *setting,
                                const struct rs_list *list,
                                struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < list->n && status == RS_OK; i++)
        status = add_option(words, setting, list->values[i], err);
    return status;
}

static enum rs_status add_number(struct rs_command_words *words,
                                 const struct rs_setting *setting, double value,
                                 struct rs_error *err)
{
    char text[OPTION_BYTES];

    (void)snprintf(text, sizeof text, "%.17g", value);
    return add_option(words, setting, text, err);
}

static enum rs_status add_setting(struct rs_command_words *words,
                                  const struct rs_setting *setting,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    const void *field = (const char *)settings + setting->offset;

    switch (setting->kind) {
    case RS_SETTING_FLAG:
        return add_option(words, setting, NULL, err);
    case RS_SETTING_TEXT:
        return add_option(words, setting, *(const char *const *)field, err);
    case RS_SETTING_LIST:
        return add_items(words, setting, field, err);
    case RS_SETTING_CHAR:
        return add_char(words, setting, *(const char *)field, err);
    case RS_SETTING_CHOICE:
        return add_choice(words, setting, *(const int *)field, err);
    case RS_SETTING_COUNT:
        return add_number(words, setting, (double)*(const uint64_t *)field,
                          err);
    case RS_SETTING_REAL:
        return add_number(words, setting, *(const double *)field, err);
    }
    return RS_OK;
}

/* How cells and files are read: the sections from missing to reading. */
static bool is_of_reading(const struct rs_setting *setting)
{
    return setting->offset >= offsetof(struct rs_settings, missing) &&
           setting->offset < offsetof(struct rs_settings, keeping);
}

enum rs_status rs_command_words_begin(struct rs_command_words *words,
                                      const char *command,
                                      const struct rs_settings *settings,
                                      struct rs_error *err)
{
    enum rs_status status = rs_command_words_add(words, "regsweep", err);

    if (status == RS_OK)
        status = rs_command_words_add(words, command, err);
    for (size_t i = 0; i < settings->files.n && status == RS_OK; i++)
        status = rs_command_words_add(words, settings->files.values[i], err);
    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++)
        if (settings->given[i] && is_of_reading(&rs_setting_table[i]))
            status = add_setting(words, &rs_setting_table[i], settings, err);
    return status;
}
