/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_name.h"

#include "naming.h"

#include <strings.h>

enum rs_status rs_label_check(const char *name, const char *setting,
                              const struct rs_settings *settings,
                              struct rs_error *err)
{
    bool taken = strcasecmp(name, "run_id") == 0 ||
                 (settings->modelling.model_sets.n > 0 &&
                  strcasecmp(name, "set") == 0) ||
                 rs_naming_takes((enum rs_naming_style)settings->writing.naming,
                                 settings->modelling.conf_level, name);

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
