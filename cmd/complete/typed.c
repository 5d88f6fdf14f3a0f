/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "typed.h"

#include "tilde.h"

#include <string.h>
#include <sys/stat.h>

/* ---- options ----------------------------------------------------- */

static const struct rs_setting *by_name(const char *name, size_t len,
                                        unsigned command)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        if ((setting->commands & command) != 0 &&
            strlen(setting->name) == len &&
            memcmp(setting->name, name, len) == 0)
            return setting;
    }
    return NULL;
}

static const struct rs_setting *by_letter(char letter, unsigned command)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if ((rs_setting_table[i].commands & command) != 0 &&
            rs_setting_table[i].letter == letter)
            return &rs_setting_table[i];
    return NULL;
}

/* The setting that an option is, as --name, --name=VALUE, -n or -nVALUE; of
 * several letters the last. value: where it is in the word, else NULL.
 * Returns NULL: there is none, or the word is no option. */
static const struct rs_setting *setting_of(const char **value, const char *word,
                                           unsigned command)
{
    const struct rs_setting *setting = NULL;

    *value = NULL;
    if (strncmp(word, "--", 2) == 0) {
        size_t len = strcspn(word + 2, "=");
        if (word[2 + len] == '=')
            *value = word + 2 + len + 1;
        return by_name(word + 2, len, command);
    }
    for (size_t i = 1; word[0] == '-' && word[i] != '\0'; i++) {
        setting = by_letter(word[i], command);
        if (setting == NULL)
            return NULL;
        if (setting->arg == NULL)
            continue;
        *value = word[i + 1] != '\0' ? word + i + 1 : NULL;
        break;
    }
    return setting;
}

/* ---- what it says ------------------------------------------------ */

/* Whether a setting says how files are read, all columns of them. */
static bool is_of_reading(const struct rs_setting *setting)
{
    size_t first = offsetof(struct rs_settings, reading);

    if (setting->kind == RS_SETTING_LIST)
        return setting->offset ==
               offsetof(struct rs_settings, reading.transposed);
    return setting->offset >= first &&
           setting->offset < first + sizeof(struct rs_reading_settings);
}

/* A file that can be looked into without waiting for anybody. */
static enum rs_status add_file(struct rs_typed *typed, const char *word,
                               struct rs_error *err)
{
    char path[RS_TILDE_PATH];
    struct stat info;

    rs_tilde_expand(path, word);
    if (strcmp(path, "-") == 0 || stat(path, &info) != 0 ||
        !S_ISREG(info.st_mode))
        return RS_OK;
    return rs_settings_add_file(&typed->settings, path, err);
}

static enum rs_status give(struct rs_typed *typed,
                           const struct rs_setting *setting, const char *value)
{
    struct rs_error err = {0};
    enum rs_status status = RS_OK;

    if (is_of_reading(setting))
        status = rs_settings_set_row(&typed->settings, setting, value, &err);
    return status == RS_ERR_NOMEM ? status : RS_OK; /* passed over */
}

/* Takes a word; typed->setting is the one that waits for its value, before
 * and behind it. */
static enum rs_status take(struct rs_typed *typed, const char *word,
                           struct rs_error *err)
{
    const struct rs_setting *setting = typed->setting;
    const char *value = NULL;

    typed->setting = NULL;
    if (setting != NULL)
        return give(typed, setting, word);
    if (typed->no_options || word[0] != '-' || word[1] == '\0')
        return add_file(typed, word, err);
    if (strcmp(word, "--") == 0) {
        typed->no_options = true;
        return RS_OK;
    }
    setting = setting_of(&value, word, typed->command->bit);
    if (setting != NULL && setting->arg != NULL && value == NULL)
        typed->setting = setting;
    else if (setting != NULL && (setting->arg != NULL) == (value != NULL))
        return give(typed, setting, value);
    return RS_OK;
}

/* Files with a variable a line, that are no operands, are files too. */
static enum rs_status add_transposed(struct rs_typed *typed,
                                     struct rs_error *err)
{
    const struct rs_list *list = &typed->settings.reading.transposed;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < list->n && status == RS_OK; i++)
        if (!rs_list_has(&typed->settings.files, list->values[i]))
            status = add_file(typed, list->values[i], err);
    return status;
}

/* An option with its value in the same word. */
static void find_value(struct rs_typed *typed, const char *word)
{
    const char *value = NULL;
    const struct rs_setting *setting =
        setting_of(&value, word, typed->command->bit);

    if (setting == NULL || setting->arg == NULL || value == NULL)
        return;
    typed->setting = setting;
    typed->value_at = (size_t)(value - word);
}

enum rs_status rs_typed_read(struct rs_typed *out,
                             const struct rs_command *command,
                             const struct rs_shell_line *line, size_t first,
                             struct rs_error *err)
{
    struct rs_typed behind;
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->command = command;
    status = rs_settings_init(&out->settings, command->bit, err);
    for (size_t i = first; i < line->n_before && status == RS_OK; i++)
        status = take(out, line->words[i], err);
    behind = *out;
    behind.setting = NULL;
    for (size_t i = line->n_before; i < line->n && status == RS_OK; i++)
        status = take(&behind, line->words[i], err);
    if (status == RS_OK)
        status = add_transposed(&behind, err);
    out->settings = behind.settings;
    if (out->setting == NULL && !out->no_options)
        find_value(out, line->current);
    return status;
}

void rs_typed_clear(struct rs_typed *typed)
{
    rs_settings_clear(&typed->settings);
}
