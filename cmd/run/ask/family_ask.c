/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_ask.h"

#include "name_index.h"

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

static enum rs_status unknown(const char *name, struct rs_error *err)
{
    const char *names[N_WORDS];
    size_t near = 0;

    for (size_t i = 0; i < N_WORDS; i++)
        names[i] = words[i].name;
    near = rs_names_nearest(name, names, N_WORDS);
    if (near < N_WORDS)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{family}: '%s' is none of all, y, x, group, set; "
                            "did you mean '%s'?",
                            name, names[near]);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{family}: '%s' is none of all, y, x, group, set",
                        name);
}

static enum rs_status add(unsigned *family, const char *name,
                          struct rs_error *err)
{
    size_t i = 0;

    while (i < N_WORDS && strcmp(name, words[i].name) != 0)
        i++;
    if (i == N_WORDS)
        return unknown(name, err);
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
        size_t len = strcspn(at, ",");
        (void)snprintf(word, sizeof word, "%.*s", (int)len, at);
        all = all || strcmp(word, "all") == 0;
        status = add(&family, word, err);
        at = at[len] == ',' ? at + len + 1 : NULL;
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
