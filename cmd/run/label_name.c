/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_name.h"

#include "naming.h"

#include <strings.h>

/* Whether a result column has the name, in our style or the asked one. */
static bool is_taken(const char *name, enum rs_field field,
                     const struct rs_settings *settings)
{
    const enum rs_naming styles[] = {RS_NAMING_OWN,
                                     (enum rs_naming)settings->writing.naming};
    char taken[RS_COLUMN_NAME_SIZE];

    for (size_t k = 0; k < 2; k++)
        for (int of_terms = 0; of_terms < 2; of_terms++) {
            rs_naming_column(taken, styles[k], field, of_terms == 1,
                             settings->modelling.conf_level);
            if (strcasecmp(name, taken) == 0)
                return true;
        }
    return false;
}

enum rs_status rs_label_check(const char *name, const char *setting,
                              const struct rs_settings *settings,
                              struct rs_error *err)
{
    bool taken =
        strcasecmp(name, "run_id") == 0 ||
        (settings->modelling.model_sets.n > 0 && strcasecmp(name, "set") == 0);

    for (int f = 0; f < RS_FIELD_COUNT && !taken; f++)
        taken = is_taken(name, (enum rs_field)f, settings);
    if (name[0] == '\0')
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: a column without a name cannot be one of "
                            "the result",
                            setting);
    return taken ? rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: results have a column '%s' of their "
                                "own; give the one of the input another name",
                                setting, name)
                 : RS_OK;
}
