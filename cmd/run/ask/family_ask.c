/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_ask.h"

#include "value_ask.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct word {
    const char *name;
    enum rs_family family;
} words[] = {
    {"all", RS_FAMILY_ALL},     {"y", RS_FAMILY_Y},     {"x", RS_FAMILY_X},
    {"group", RS_FAMILY_GROUP}, {"set", RS_FAMILY_SET},
};

enum { N_WORDS = sizeof words / sizeof words[0] };

void rs_family_names(char *out, size_t room)
{
    size_t used = 0;

    for (size_t i = 0; i < N_WORDS && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s",
                                 i == 0 ? "" : ", ", words[i].name);
}

static enum rs_status add(unsigned *family, const char *name,
                          struct rs_error *err)
{
    size_t i = 0;

    while (i < N_WORDS && strcmp(name, words[i].name) != 0)
        i++;
    if (i == N_WORDS)
        return rs_value_refuse_named("family", name, err);
    if ((*family & words[i].family) != 0)
        return rs_error_set(err, RS_ERR_USAGE, "{family}: '%s' is there twice",
                            name);
    *family |= words[i].family;
    return RS_OK;
}

enum rs_status rs_family_read(enum rs_family *out, const char *text,
                              struct rs_error *err)
{
    enum rs_status status = RS_OK;
    const char *at = text;
    unsigned family = RS_FAMILY_ALL;
    bool all = false;
    char word[32];

    while (at != NULL && status == RS_OK) {
        at = rs_value_next(word, sizeof word, at);
        all = all || strcmp(word, "all") == 0;
        status = add(&family, word, err);
    }
    if (status != RS_OK)
        return status;
    if (all && strcmp(text, "all") != 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{family}: all stands alone, not in '%s'", text);
    if ((family & RS_FAMILY_Y) != 0 && (family & RS_FAMILY_X) != 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{family}: y and x exclude each other: a pair "
                            "would be a family by itself");
    *out = (enum rs_family)family;
    return RS_OK;
}
