/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust_list.h"

#include "value_ask.h"

#include <string.h>

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
    return rs_value_refuse_named("adjust", word, err);
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
        text = rs_value_next(word, sizeof word, text);
        status = add_method(out, word, err);
    }
    if (status == RS_OK && settings->q_max < 1.0 && out->methods == 0)
        status = add_method(out, "bh", err);
    return status;
}
