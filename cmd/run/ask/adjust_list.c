/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust_list.h"

#include "name_index.h"

#include <stdio.h>
#include <string.h>

static enum rs_status unknown_method(const char *word, struct rs_error *err)
{
    const char *names[RS_ADJUST_COUNT];
    char list[128] = "";
    size_t near = 0;

    for (int i = 0; i < RS_ADJUST_COUNT; i++)
        names[i] = rs_adjusts[i].name;
    near = rs_names_nearest(word, names, RS_ADJUST_COUNT);
    if (near < RS_ADJUST_COUNT)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{adjust}: no method '%s'; did you mean '%s'?",
                            word, names[near]);
    for (int i = 0; i < RS_ADJUST_COUNT; i++) {
        size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s%s",
                       i == 0 ? "" : ", ", names[i]);
    }
    return rs_error_set(err, RS_ERR_USAGE,
                        "{adjust}: no method '%s'; there are %s", word, list);
}

static enum rs_status add_method(struct rs_adjust_list *list, const char *word,
                                 struct rs_error *err)
{
    for (int i = 0; i < RS_ADJUST_COUNT; i++) {
        enum rs_adjust method = (enum rs_adjust)i;
        if (strcmp(word, rs_adjusts[i].name) != 0)
            continue;
        if ((list->methods & rs_adjust_bit(method)) != 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{adjust}: '%s' is there twice", word);
        list->methods |= rs_adjust_bit(method);
        list->q_method = method;
        return RS_OK;
    }
    return unknown_method(word, err);
}

enum rs_status rs_adjust_list_read(struct rs_adjust_list *out,
                                   const struct rs_testing_settings *settings,
                                   struct rs_error *err)
{
    const char *text = settings->adjust;
    enum rs_status status = RS_OK;
    char word[32];

    memset(out, 0, sizeof *out);
    while (text != NULL && status == RS_OK) {
        size_t len = strcspn(text, ",");
        (void)snprintf(word, sizeof word, "%.*s", (int)len, text);
        status = add_method(out, word, err);
        text = text[len] == ',' ? text + len + 1 : NULL;
    }
    if (status == RS_OK && settings->q_max < 1.0 && out->methods == 0)
        status = add_method(out, "bh", err);
    return status;
}
