/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_ask.h"

#include "family_words.h"
#include "value_ask.h"

#include <stdbool.h>
#include <string.h>

static enum rs_status add(unsigned *family, const char *name,
                          struct rs_error *err)
{
    size_t i = 0;

    while (i < RS_N_FAMILY_WORDS && strcmp(name, rs_family_words[i].name) != 0)
        i++;
    if (i == RS_N_FAMILY_WORDS)
        return rs_value_refuse_named("family", name, err);
    if ((*family & rs_family_words[i].family) != 0)
        return rs_error_set(err, RS_ERR_USAGE, "{family}: '%s' is there twice",
                            name);
    *family |= rs_family_words[i].family;
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
