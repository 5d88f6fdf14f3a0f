/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include "csv_read.h"
#include "mem.h"
#include "name_index.h"
#include "value_ask.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Word number ix of "a|b|c" into a buffer of cap bytes; false past the
 * last. */
static bool choice_word(char *out, size_t cap, const char *choices, size_t ix)
{
    for (; ix > 0; ix--) {
        choices = strchr(choices, '|');
        if (choices == NULL)
            return false;
        choices++;
    }
    (void)snprintf(out, cap, "%.*s", (int)strcspn(choices, "|"), choices);
    return true;
}

static void *field_of(struct rs_settings *settings,
                      const struct rs_setting *setting)
{
    return (char *)settings + setting->offset;
}

/* ---- texts ------------------------------------------------------- */

static void free_text(const char *text)
{
    free((void *)(uintptr_t)text);
}

static enum rs_status replace_text(const char **out, const char *value,
                                   struct rs_error *err)
{
    char *text = rs_text_copy(value, strlen(value), err);

    if (text == NULL)
        return RS_ERR_NOMEM;
    free_text(*out);
    *out = text;
    return RS_OK;
}

static enum rs_status list_add(struct rs_list *list, const char *value,
                               struct rs_error *err)
{
    const char **values =
        realloc(list->values, (list->n + 1) * sizeof *list->values);
    char *text = NULL;

    if (values == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    list->values = values;
    text = rs_text_copy(value, strlen(value), err);
    if (text == NULL)
        return RS_ERR_NOMEM;
    values[list->n++] = text;
    return RS_OK;
}

static void list_clear(struct rs_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free_text(list->values[i]);
    free(list->values);
    *list = (struct rs_list){NULL, 0};
}

/* ---- values ------------------------------------------------------ */

static enum rs_status bad_value(const struct rs_setting *setting,
                                const char *text, const char *wanted,
                                struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_USAGE, "{%s}: '%s' is not %s",
                        setting->name, text, wanted);
}

static enum rs_status store_flag(bool *out, const struct rs_setting *setting,
                                 const char *text, struct rs_error *err)
{
    bool on = text == NULL || strcmp(text, "true") == 0;

    if (!on && strcmp(text, "false") != 0)
        return bad_value(setting, text, "true or false", err);
    *out = on;
    return RS_OK;
}

static enum rs_status store_count(uint64_t *out,
                                  const struct rs_setting *setting,
                                  const char *text, struct rs_error *err)
{
    char wanted[96];
    char *end = NULL;
    unsigned long long value = 0;

    (void)snprintf(wanted, sizeof wanted, "a whole number from %.0f to %.0f",
                   setting->least, setting->most);
    errno = 0;
    if (text[0] >= '0' && text[0] <= '9')
        value = strtoull(text, &end, 10);
    if (end == NULL || *end != '\0' || errno != 0 ||
        (double)value < setting->least || (double)value > setting->most)
        return bad_value(setting, text, wanted, err);
    *out = value;
    return RS_OK;
}

static enum rs_status store_real(double *out, const struct rs_setting *setting,
                                 const char *text, struct rs_error *err)
{
    char wanted[96];
    char *end = NULL;
    double value = strtod(text, &end);

    (void)snprintf(wanted, sizeof wanted, "a number between %g and %g",
                   setting->least, setting->most);
    if (end == text || *end != '\0' || !(value > setting->least) ||
        !(value < setting->most))
        return bad_value(setting, text, wanted, err);
    *out = value;
    return RS_OK;
}

static enum rs_status store_char(char *out, const struct rs_setting *setting,
                                 const char *text, struct rs_error *err)
{
    static const struct {
        const char *word;
        char value;
    } words[] = {
        {"tab", '\t'}, {"\\t", '\t'},  {"comma", ','}, {"semicolon", ';'},
        {"pipe", '|'}, {"space", ' '}, {"point", '.'},
    };

    if (setting->choices != NULL && strcmp(text, setting->choices) == 0) {
        *out = RS_CSV_BLANKS;
        return RS_OK;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(text, words[i].word) == 0) {
            *out = words[i].value;
            return RS_OK;
        }
    if (strlen(text) != 1 || text[0] == '"' || text[0] == '\n' ||
        text[0] == '\r')
        return bad_value(setting, text, "a character that can separate", err);
    *out = text[0];
    return RS_OK;
}

static enum rs_status store_choice(int *out, const struct rs_setting *setting,
                                   const char *text, struct rs_error *err)
{
    char word[64];

    for (size_t i = 0; choice_word(word, sizeof word, setting->choices, i); i++)
        if (strcmp(word, text) == 0) {
            *out = (int)i;
            return RS_OK;
        }
    return rs_value_refuse(setting, text, err);
}

static enum rs_status store(void *field, const struct rs_setting *setting,
                            const char *value, struct rs_error *err)
{
    if (value == NULL && setting->kind != RS_SETTING_FLAG)
        return rs_error_set(err, RS_ERR_USAGE, "{%s} needs a value",
                            setting->name);
    switch (setting->kind) {
    case RS_SETTING_FLAG:
        return store_flag(field, setting, value, err);
    case RS_SETTING_TEXT:
        return replace_text(field, value, err);
    case RS_SETTING_LIST:
        return list_add(field, value, err);
    case RS_SETTING_CHAR:
        return store_char(field, setting, value, err);
    case RS_SETTING_CHOICE:
        return store_choice(field, setting, value, err);
    case RS_SETTING_COUNT:
        return store_count(field, setting, value, err);
    case RS_SETTING_REAL:
        return store_real(field, setting, value, err);
    }
    return rs_error_set(err, RS_ERR_INTERNAL, "{%s}: unknown kind",
                        setting->name);
}

/* A preset may lie outside the range of what can be given: 1 for `all`. */
static enum rs_status store_preset(void *field,
                                   const struct rs_setting *setting,
                                   struct rs_error *err)
{
    struct rs_setting wide = *setting;

    wide.least = -1.0;
    wide.most = 0x1p64;
    return store(field, &wide, setting->preset, err);
}

enum rs_status rs_settings_set_row(struct rs_settings *settings,
                                   const struct rs_setting *setting,
                                   const char *value, struct rs_error *err)
{
    void *field = field_of(settings, setting);
    enum rs_status status = store(field, setting, value, err);

    if (status == RS_OK)
        settings->given[setting - rs_setting_table] =
            setting->kind != RS_SETTING_FLAG || *(bool *)field;
    return status;
}

static enum rs_status unknown(const char *name, unsigned command,
                              struct rs_error *err)
{
    const char *names[RS_N_SETTINGS];
    size_t n = 0;
    size_t near = 0;

    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if ((rs_setting_table[i].commands & command) != 0)
            names[n++] = rs_setting_table[i].name;
    near = rs_names_nearest(name, names, n);
    if (near < n)
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown setting '%s'; did you mean '%s'?", name,
                            names[near]);
    return rs_error_set(err, RS_ERR_USAGE, "unknown setting '%s'", name);
}

enum rs_status rs_settings_set(struct rs_settings *settings, const char *name,
                               const char *value, struct rs_error *err)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if ((rs_setting_table[i].commands & settings->command) != 0 &&
            strcmp(rs_setting_table[i].name, name) == 0)
            return rs_settings_set_row(settings, &rs_setting_table[i], value,
                                       err);
    return unknown(name, settings->command, err);
}

bool rs_settings_given(const struct rs_settings *settings, size_t offset)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (rs_setting_table[i].offset == offset && settings->given[i])
            return true;
    return false;
}

enum rs_status rs_settings_add_file(struct rs_settings *settings,
                                    const char *path, struct rs_error *err)
{
    return list_add(&settings->files, path, err);
}

bool rs_list_has(const struct rs_list *list, const char *value)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->values[i], value) == 0)
            return true;
    return false;
}

enum rs_status rs_settings_add_transposed(struct rs_settings *settings,
                                          struct rs_error *err)
{
    const struct rs_list *transposed = &settings->reading.transposed;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < transposed->n && status == RS_OK; i++)
        if (!rs_list_has(&settings->files, transposed->values[i]))
            status = rs_settings_add_file(settings, transposed->values[i], err);
    return status;
}

/* ---- life -------------------------------------------------------- */

enum rs_status rs_settings_init(struct rs_settings *settings,
                                enum rs_command_bit command,
                                struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(settings, 0, sizeof *settings);
    settings->command = command;
    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++)
        if (rs_setting_table[i].preset != NULL)
            status = store_preset(field_of(settings, &rs_setting_table[i]),
                                  &rs_setting_table[i], err);
    return status;
}

void rs_settings_clear(struct rs_settings *settings)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        void *field = field_of(settings, &rs_setting_table[i]);
        if (rs_setting_table[i].kind == RS_SETTING_LIST)
            list_clear(field);
        if (rs_setting_table[i].kind == RS_SETTING_TEXT) {
            const char **text = field; /* of another row, too */
            free_text(*text);
            *text = NULL;
        }
    }
    list_clear(&settings->files);
    memset(settings, 0, sizeof *settings);
}
