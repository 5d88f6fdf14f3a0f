/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "set_choice.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

static const char setting[] = "model-set";

/* What stands before the colon, without blanks around it. */
static enum rs_status read_name(struct rs_set_choice *out, const char *text,
                                const char *colon, struct rs_error *err)
{
    const char *end = colon;

    while (end != NULL && *text == ' ')
        text++;
    while (end != NULL && end > text && end[-1] == ' ')
        end--;
    if (end == NULL || end == text)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: '%s' is not NAME:COLS, as in base:age,sex",
                            setting, text);
    out->name = rs_text_copy(text, (size_t)(end - text), err);
    return out->name == NULL ? RS_ERR_NOMEM : RS_OK;
}

static enum rs_status check_twins(const struct rs_set_choices *sets, size_t k,
                                  struct rs_error *err)
{
    for (size_t i = 0; i < k; i++)
        if (strcmp(sets->sets[i].name, sets->sets[k].name) == 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: there are two sets '%s'", setting,
                                sets->sets[k].name);
    return RS_OK;
}

enum rs_status rs_set_choices_init(struct rs_set_choices *out,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_list *asked = &settings->modelling.model_sets;
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->sets = rs_alloc(asked->n, sizeof *out->sets, err);
    if (out->sets == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < asked->n && status == RS_OK; k++) {
        struct rs_set_choice *set = &out->sets[out->n++];
        const char *colon = strchr(asked->values[k], ':');
        const char *columns =
            colon == NULL ? NULL : colon + 1 + strspn(colon + 1, " ");
        const struct rs_list list = {&columns, 1};
        status = read_name(set, asked->values[k], colon, err);
        if (status == RS_OK)
            status = check_twins(out, k, err);
        if (status == RS_OK && columns[0] != '\0')
            status = rs_column_list(&set->columns, table, &list, setting, err);
    }
    return status;
}

void rs_set_choices_clear(struct rs_set_choices *sets)
{
    for (size_t k = 0; k < sets->n; k++) {
        free(sets->sets[k].name);
        rs_selection_clear(&sets->sets[k].columns);
    }
    free(sets->sets);
    memset(sets, 0, sizeof *sets);
}
