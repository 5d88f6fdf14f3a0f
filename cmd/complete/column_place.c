/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_place.h"

#include <ctype.h>
#include <string.h>

static const char condition[] = "CONDITION";

/* clang-format off */
static const struct rs_column_place places[] = {
    {"key",         "=",  '\0', "",    ""},
    {"name-column", "",   '\0', "",    ""},
    {"COLS",        ",",  '\0', "",    ""},
    {"COL",         "",   '\0', "",    ""},
    {"COL[,COL2]",  ",",  '\0', "",    ""},
    {"COL=LEVEL",   "",   '\0', "=",   "="},
    {"COLS=COL",    ",=", '\0', "",    ""},
    {"NAME:COLS",   ":,", ':',  "",    ""},
    {"NAME(COLS)",  "(,", '(',  ")",   ""},
    {"STRINGS",     "",   '\0', ",=+", "="},
    {condition,     "",   '\0', "",    ""},
};
/* clang-format on */

const struct rs_column_place *
rs_column_place_of(const struct rs_setting *setting)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (setting->arg != NULL && (strcmp(places[i].of, setting->name) == 0 ||
                                     strcmp(places[i].of, setting->arg) == 0))
            return &places[i];
    return NULL;
}

/* ---- conditions -------------------------------------------------- */

static bool is_in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' ||
           (unsigned char)c >= 0x80;
}

static bool is_word(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(text, word, len) == 0;
}

/* Behind such a word there may be a name. */
static bool is_joint(const char *text, size_t len)
{
    return is_word(text, len, "and") || is_word(text, len, "or") ||
           is_word(text, len, "not");
}

/* Bytes of what a text begins with: in quotes, a word, or a character. */
static size_t token_length(const char *text)
{
    const char *end = NULL;
    size_t len = 0;

    if (strchr("'\"`", text[0]) != NULL) {
        end = strchr(text + 1, text[0]);
        return end == NULL ? strlen(text) : (size_t)(end - text) + 1;
    }
    while (is_in_name(text[len]))
        len++;
    return len > 0 ? len : 1;
}

/* A condition: names stand at its beginning, behind ( and such words. */
static bool find_in_condition(size_t *begin, const char *text)
{
    bool wanted = true;
    size_t at = strspn(text, " \t");

    while (text[at] != '\0') {
        size_t len = token_length(text + at);
        bool opens = text[at] == '(';
        if (text[at + len] == '\0' && !opens)
            break;
        wanted = opens || is_joint(text + at, len);
        at += len;
        at += strspn(text + at, " \t");
    }
    *begin = at;
    return wanted;
}

/* Whether a name needs no quotes. */
static bool is_plain(const char *name)
{
    size_t len = strlen(name);
    size_t n = 0;

    while (is_in_name(name[n]))
        n++;
    return n == len && len > 0 && !isdigit((unsigned char)name[0]) &&
           name[0] != '.' && !is_joint(name, len) && !is_word(name, len, "is");
}

/* ---- where, and how ---------------------------------------------- */

bool rs_column_place_find(size_t *begin, const struct rs_column_place *place,
                          const char *value)
{
    if (place->of == condition)
        return find_in_condition(begin, value);
    *begin = 0;
    if (strpbrk(value, place->closers) != NULL ||
        (place->opener != '\0' && strchr(value, place->opener) == NULL))
        return false;
    for (size_t i = 0; value[i] != '\0'; i++) {
        if (value[i] == '\\' && value[i + 1] != '\0')
            i++;
        else if (strchr(place->between, value[i]) != NULL)
            *begin = i + 1;
    }
    if (place->between[0] != '\0') /* an item of a list may be excluded */
        *begin += strspn(value + *begin, " !");
    return true;
}

/* The quote that a name is written between; 0: none. */
static char quote_of(const struct rs_column_place *place, const char *name,
                     const char *typed)
{
    if (place->of != condition)
        return '\0';
    if (typed[0] == '`' || typed[0] == '"')
        return typed[0];
    return is_plain(name) ? '\0' : '"';
}

void rs_column_place_write(char *out, const struct rs_column_place *place,
                           const char *name, const char *typed)
{
    char quote = quote_of(place, name, typed);
    bool list = strchr(place->between, ',') != NULL;

    if (quote != '\0')
        *out++ = quote;
    for (; *name != '\0'; name++) {
        if (*name == quote)
            *out++ = quote;
        if (*name == ',' && list)
            *out++ = '\\';
        *out++ = *name;
    }
    if (quote != '\0')
        *out++ = quote;
    *out = '\0';
}
