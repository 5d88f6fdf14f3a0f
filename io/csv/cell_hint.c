/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_hint.h"

#include "cell_words.h"
#include "numtext.h"

#include <stdbool.h>
#include <string.h>

#define LOOSE(what) what ": {numbers} loose reads it%.0s"

const char *const rs_cell_hint_formats[RS_N_HINTS] = {
    [RS_HINT_NONE] = "is not a number%.0s",
    [RS_HINT_THOUSANDS] = LOOSE("has a thousands separator"),
    [RS_HINT_PERCENT] = "is a percentage: {numbers} loose reads it as a part "
                        "of 1%.0s",
    [RS_HINT_CURRENCY] = LOOSE("has a currency sign"),
    [RS_HINT_PARENTHESES] = "is in parentheses: {numbers} loose reads it as "
                            "negative%.0s",
    [RS_HINT_MINUS] = LOOSE("has a typographic minus"),
    [RS_HINT_BLANKS] = LOOSE("has blanks around it"),
    [RS_HINT_COMMA] = "has a decimal comma: {decimal} , reads it, where commas "
                      "do not separate fields%.0s",
    [RS_HINT_POINT] = "has a decimal point: {decimal} . reads it%.0s",
    [RS_HINT_TRUE] = "is a word: {truth} %s reads it as 1",
    [RS_HINT_FALSE] = "is a word: {truth} %s reads it as 0",
    [RS_HINT_DATE] = "is a date: {dates} %s reads it as days since 1970-01-01",
    [RS_HINT_SLASHES] = "may be a date, with the day or the month first: "
                        "{dates} %s reads 2024-01-31",
    [RS_HINT_NUMBER] = "is a number and no date, as which {dates} %s is read",
};

static bool is_number(const char *text, size_t len, char decimal)
{
    double value = 0.0;
    enum rs_number_result result = rs_number_read(&value, text, len, decimal);

    return result == RS_NUMBER_OK || result == RS_NUMBER_ROUNDED;
}

static bool is_number_within_blanks(const char *text, char decimal)
{
    const char *at = text + strspn(text, " \t");
    size_t len = strlen(at);

    while (len > 0 && (at[len - 1] == ' ' || at[len - 1] == '\t'))
        len--;
    return is_number(at, len, decimal);
}

/* What keeps a loose number from being a plain one. */
static enum rs_cell_hint hint_of_loose(const char *text, char decimal)
{
    if (strchr(text, '%') != NULL)
        return RS_HINT_PERCENT;
    if (strchr(text, '(') != NULL)
        return RS_HINT_PARENTHESES;
    if (strchr(text, '$') != NULL || strstr(text, "\xe2\x82") != NULL ||
        strstr(text, "\xc2\xa3") != NULL || strstr(text, "\xc2\xa5") != NULL)
        return RS_HINT_CURRENCY;
    if (strstr(text, "\xe2\x88\x92") != NULL)
        return RS_HINT_MINUS;
    return is_number_within_blanks(text, decimal) ? RS_HINT_BLANKS
                                                  : RS_HINT_THOUSANDS;
}

/* 31/1/2024 and the like. */
static bool has_slashes(const char *text)
{
    static const size_t most[] = {2, 2, 4};

    for (size_t part = 0; part < 3; part++) {
        size_t n = strspn(text, "0123456789");
        if (n == 0 || n > most[part] || (part == 2 && n != 4) ||
            text[n] != (part == 2 ? '\0' : '/'))
            return false;
        text += n + 1;
    }
    return true;
}

enum rs_cell_hint rs_cell_hint(const char *text, char decimal)
{
    char room[RS_CELL_ROOM];
    size_t len = strlen(text);
    size_t n = rs_cell_loose(room, text, len, decimal);

    if (is_number(text, len, decimal))
        return RS_HINT_NUMBER;
    if (n > 0 && is_number(room, n, decimal))
        return hint_of_loose(text, decimal);
    if (is_number_within_blanks(text, decimal == '.' ? ',' : '.'))
        return decimal == '.' ? RS_HINT_COMMA : RS_HINT_POINT;
    if (len > 1 && rs_cell_truth(room, text, len) > 0)
        return room[0] == '1' ? RS_HINT_TRUE : RS_HINT_FALSE;
    if (rs_cell_date(room, text, len, decimal) > 0)
        return RS_HINT_DATE;
    return has_slashes(text) ? RS_HINT_SLASHES : RS_HINT_NONE;
}

void rs_cell_hint_column(char *out, size_t cap, const char *name)
{
    static const char bare[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789_.-+:/%";
    const char *quote = name[strspn(name, bare)] == '\0' ? "" : "'";
    size_t n = strlen(quote);

    memcpy(out, quote, n);
    for (; *name != '\0' && n + 4 < cap; name++) {
        if (*name == ',')
            out[n++] = '\\';
        out[n++] = *name;
    }
    memcpy(out + n, quote, strlen(quote) + 1);
}
