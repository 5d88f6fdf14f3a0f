/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pairs_ask.h"

#include "value_ask.h"

#include <string.h>

static const char *const words[] = {
    [RS_PAIRS_ALL] = "all",
    [RS_PAIRS_UNIQUE] = "unique",
    [RS_PAIRS_MATCHED] = "matched",
};

enum { N_WORDS = sizeof words / sizeof words[0] };

static size_t find_word(const char *text)
{
    size_t i = 0;

    while (i < N_WORDS && strcmp(words[i], text) != 0)
        i++;
    return i;
}

const char *rs_pairs_file(const struct rs_settings *settings)
{
    const char *text = settings->selecting.pairs;

    return text != NULL && text[0] == '@' ? text + 1 : NULL;
}

enum rs_pairs rs_pairs_of(const struct rs_settings *settings)
{
    const char *text = settings->selecting.pairs;

    return text == NULL                      ? RS_PAIRS_ALL
           : rs_pairs_file(settings) != NULL ? RS_PAIRS_LIST
                                             : (enum rs_pairs)find_word(text);
}

enum rs_status rs_pairs_check(const struct rs_settings *settings,
                              struct rs_error *err)
{
    const char *text = settings->selecting.pairs;
    const char *file = rs_pairs_file(settings);

    if (file != NULL && file[0] == '\0')
        return rs_error_set(err, RS_ERR_USAGE,
                            "{pairs}: @ needs the name of a file behind it");
    if (text == NULL || file != NULL || find_word(text) < N_WORDS)
        return RS_OK;
    return rs_value_refuse_named("pairs", text, err);
}
