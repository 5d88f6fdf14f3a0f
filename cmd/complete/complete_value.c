/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complete_value.h"

#include "complete_columns.h"
#include "complete_files.h"
#include "transform.h"
#include "value_ask.h"

#include <string.h>

/* The name of a transform, and what has to follow it. */
static enum rs_status add_transforms(struct rs_candidates *out,
                                     struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; rs_transforms[i] != NULL && status == RS_OK; i++) {
        const struct rs_transform *transform = rs_transforms[i];
        const struct rs_candidate_text text = {
            "", transform->name, transform->number != NULL ? ":" : "(",
            transform->help};
        status = rs_candidates_add(out, &text, err);
    }
    return status;
}

/* Words: one, or the last of a list, which may be added (+) or taken out. */
static enum rs_status add_words(struct rs_candidates *out,
                                const struct rs_setting *setting,
                                struct rs_error *err)
{
    const char *comma = strrchr(out->word + out->kept, ',');
    struct rs_value_names values;
    enum rs_status status = RS_OK;

    if (comma != NULL)
        out->kept = (size_t)(comma - out->word) + 1;
    if (strcmp(setting->name, "columns") == 0)
        out->kept += strspn(out->word + out->kept, "+-");
    rs_value_names_of(&values, setting);
    for (size_t i = 0; i < values.n && status == RS_OK; i++)
        if (values.names[i][0] != '@') /* stands for a file */
            status = rs_candidates_add_word(out, values.names[i], NULL, err);
    return status;
}

/* Whether a value, or the last item of a list, is to be read from a file. */
static bool is_list_file(size_t *at, const struct rs_setting *setting,
                         const char *value)
{
    const char *comma = strrchr(value, ',');

    *at = comma == NULL ? 0 : (size_t)(comma - value) + 1;
    return value[*at] == '@' && (strstr(setting->arg, "COLS") != NULL ||
                                 (setting->choices != NULL &&
                                  strchr(setting->choices, '@') != NULL));
}

static bool is_path(const struct rs_setting *setting)
{
    return strcmp(setting->arg, "FILE") == 0 ||
           strcmp(setting->arg, "PATH") == 0;
}

enum rs_status rs_complete_value(struct rs_candidates *out,
                                 const struct rs_typed *typed,
                                 struct rs_error *err)
{
    const struct rs_setting *setting = typed->setting;
    const char *value = out->word + out->kept;
    size_t at = 0;

    if (is_list_file(&at, setting, value)) {
        out->kept += at + 1;
        return rs_complete_files(out, false, err);
    }
    if (is_path(setting))
        return rs_complete_files(out, (setting->kind == RS_SETTING_LIST), err);
    if (strcmp(setting->name, "transform") == 0 && strchr(value, '(') == NULL)
        return add_transforms(out, err);
    return rs_complete_has_columns(setting)
               ? rs_complete_columns(out, typed, err)
               : add_words(out, setting, err);
}
