/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include <stdio.h>
#include <string.h>

enum rs_status rs_look_all(const struct rs_look *look, struct rs_error *err)
{
    enum rs_status status = rs_look_ids(look, err);

    if (status == RS_OK)
        status = rs_look_twins(look, err);
    if (status == RS_OK)
        status = rs_look_categories(look, err);
    if (status == RS_OK)
        status = rs_look_rows(look, err);
    return status == RS_OK ? rs_look_two_valued(look, err) : status;
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
