/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include <stdio.h>
#include <string.h>

enum rs_status rs_look_all(const struct rs_look *look, struct rs_error *err)
{
    static enum rs_status (*const looks[])(const struct rs_look *,
                                           struct rs_error *) = {
        rs_look_ids,   rs_look_twins, rs_look_nameless,   rs_look_categories,
        rs_look_codes, rs_look_rows,  rs_look_two_valued,
    };
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < sizeof looks / sizeof looks[0] && status == RS_OK;
         i++)
        status = looks[i](look, err);
    return status;
}

bool rs_exclusion_add(char out[RS_EXCLUSIONS_TEXT], const char *name)
{
    size_t used = strlen(out);

    if (used + 2 * strlen(name) + 3 > RS_EXCLUSIONS_TEXT ||
        strchr(name, '\'') != NULL)
        return false;
    used += (size_t)snprintf(out + used, RS_EXCLUSIONS_TEXT - used, "%s!",
                             used > 0 ? "," : "");
    for (; *name != '\0'; name++) {
        if (*name == ',')
            out[used++] = '\\';
        out[used++] = *name;
    }
    out[used] = '\0';
    return true;
}
