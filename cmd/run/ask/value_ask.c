/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value_ask.h"

#include "adjust.h"
#include "errors.h"
#include "family_words.h"
#include "fields.h"
#include "models.h"
#include "name_index.h"
#include "transform.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- tables ------------------------------------------------------ */

#define MEANS(setting, value, words) {setting, value, words, NULL},
#define SAYS(setting, words, text)                                             \
    {setting, NULL, words, "{" setting "}: '%s' is none of %s; " text},
const struct rs_value_words rs_value_words[] = {
#include "value_words.h"
};
#undef MEANS
#undef SAYS

const size_t rs_n_value_words =
    sizeof rs_value_words / sizeof rs_value_words[0];

/* Adds to a list, where there is room. */
static void add(char *out, size_t room, const char *name)
{
    size_t used = strlen(out);

    (void)snprintf(out + used, room - used, "%s%s", used > 0 ? ", " : "", name);
}

static void list_adjusts(char *out, size_t room)
{
    for (int i = 0; i < RS_ADJUST_COUNT; i++)
        add(out, room, rs_adjusts[i].name);
}

static void list_columns(char *out, size_t room)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++)
        add(out, room, rs_fields[i].name);
    for (int i = 0; i < RS_FIELD_COUNT; i++)
        if (rs_fields[i].group != NULL &&
            (i == 0 || rs_fields[i - 1].group == NULL ||
             strcmp(rs_fields[i].group, rs_fields[i - 1].group) != 0))
            add(out, room, rs_fields[i].group);
    add(out, room, "all");
}

static void list_transforms(char *out, size_t room)
{
    for (size_t i = 0; rs_transforms[i] != NULL; i++)
        add(out, room, rs_transforms[i]->name);
}

/* Characters that have words: see settings.c. */
static void list_delimiters(char *out, size_t room)
{
    static const char *const words[] = {"comma", "tab", "semicolon", "pipe",
                                        "space"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        add(out, room, words[i]);
}

static void list_marks(char *out, size_t room)
{
    add(out, room, "point");
    add(out, room, "comma");
}

/* Settings that are no choices, and can have values that others know. */
static const struct lister {
    const char *setting;
    void (*list)(char *out, size_t room);
} listers[] = {
    {"adjust", list_adjusts},    {"columns", list_columns},
    {"decimal", list_marks},     {"delimiter", list_delimiters},
    {"family", rs_family_names}, {"model", rs_model_names},
    {"se", rs_errors_names},     {"transform", list_transforms},
};

static const struct rs_setting *find_setting(const char *name)
{
    size_t i = 0;

    while (strcmp(rs_setting_table[i].name, name) != 0)
        i++;
    return &rs_setting_table[i];
}

void rs_value_names_of(struct rs_value_names *out,
                       const struct rs_setting *setting)
{
    memset(out, 0, sizeof *out);
    for (const char *at = setting->choices; at != NULL && *at != '\0';) {
        char word[64];
        size_t len = strcspn(at, "|");
        (void)snprintf(word, sizeof word, "%.*s", (int)len, at);
        add(out->text, sizeof out->text, word);
        at += len + (at[len] == '|' ? 1 : 0);
    }
    for (size_t i = 0; i < sizeof listers / sizeof listers[0]; i++)
        if (strcmp(listers[i].setting, setting->name) == 0)
            listers[i].list(out->text, sizeof out->text);
    memcpy(out->words, out->text, sizeof out->words);
    for (char *at = out->words; *at != '\0' && out->n < RS_VALUE_NAMES_MOST;) {
        size_t len = strcspn(at, ",");
        out->names[out->n++] = at;
        at += len;
        if (*at != '\0') {
            *at = '\0';
            at += 2;
        }
    }
}

/* ---- words ------------------------------------------------------- */

static bool is_between(char c)
{
    return c != '\0' && strchr("-_. ", c) != NULL;
}

/* Whether the len bytes of a are the word b, but for case and what stands
 * between the parts of a word. */
static bool is_alike(const char *a, size_t len, const char *b)
{
    const char *end = a + len;

    for (;;) {
        while (a < end && is_between(*a))
            a++;
        while (is_between(*b))
            b++;
        if (a == end || *b == '\0')
            return a == end && *b == '\0';
        if (tolower((unsigned char)*a++) != tolower((unsigned char)*b++))
            return false;
    }
}

bool rs_value_is_among(const char *words, const char *word)
{
    for (;;) {
        size_t len = strcspn(words, "|");
        if (is_alike(words, len, word))
            return true;
        if (words[len] == '\0')
            return false;
        words += len + 1;
    }
}

static const struct rs_value_words *find_words(const char *setting,
                                               const char *word)
{
    for (size_t i = 0; i < rs_n_value_words; i++)
        if (strcmp(rs_value_words[i].setting, setting) == 0 &&
            rs_value_is_among(rs_value_words[i].words, word))
            return &rs_value_words[i];
    return NULL;
}

/* The value that is meant, or is near; NULL: none. */
static const char *find_meant(const struct rs_value_names *values,
                              const struct rs_value_words *words,
                              const char *word)
{
    size_t near = 0;

    if (words != NULL)
        return words->value;
    for (size_t i = 0; i < values->n; i++)
        if (is_alike(values->names[i], strlen(values->names[i]), word))
            return values->names[i];
    near = rs_names_nearest(word, values->names, values->n);
    return near < values->n ? values->names[near] : NULL;
}

enum { LIST_MOST = 160 }; /* bytes that a line has for the values */

/* Where there are too many values for a line. */
static enum rs_status refuse_unlisted(const char *setting, const char *word,
                                      const char *meant, struct rs_error *err)
{
    if (meant != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: there is no '%s'; did you mean '%s'?",
                            setting, word, meant);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{%s}: there is no '%s'; 'regsweep help %s' lists them",
                        setting, word, setting);
}

/* A file where the values have @FILE. */
static bool is_bare_file(const char *list, const char *word)
{
    return strstr(list, "@FILE") != NULL && strpbrk(word, "./") != NULL;
}

enum rs_status rs_value_refuse(const struct rs_setting *setting,
                               const char *word, struct rs_error *err)
{
    const struct rs_value_words *words = find_words(setting->name, word);
    struct rs_value_names values;
    const char *list = values.text;
    const char *meant = NULL;

    rs_value_names_of(&values, setting);
    meant = find_meant(&values, words, word);
    if (strlen(list) > LIST_MOST)
        return refuse_unlisted(setting->name, word, meant, err);
    if (meant != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: '%s' is none of %s; did you mean '%s'?",
                            setting->name, word, list, meant);
    if (words != NULL)
        return rs_error_set(err, RS_ERR_USAGE, words->text, word, list);
    if (is_bare_file(list, word))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: '%s' is none of %s; did you mean '@%s'?",
                            setting->name, word, list, word);
    return rs_error_set(err, RS_ERR_USAGE, "{%s}: '%s' is none of %s",
                        setting->name, word, list);
}

enum rs_status rs_value_refuse_named(const char *setting, const char *word,
                                     struct rs_error *err)
{
    return rs_value_refuse(find_setting(setting), word, err);
}

const char *rs_value_next(char *out, size_t cap, const char *text)
{
    size_t len = strcspn(text, ",");
    const char *next = text[len] == ',' ? text + len + 1 : NULL;

    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    (void)snprintf(out, cap, "%.*s", (int)len, text);
    return next;
}
