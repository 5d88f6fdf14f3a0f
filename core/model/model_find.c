/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models.h"

#include <stdio.h>
#include <string.h>

const struct rs_model *rs_model_find(const char *name)
{
    for (size_t i = 0; rs_models[i] != NULL; i++)
        if (strcmp(rs_models[i]->name, name) == 0)
            return rs_models[i];
    return NULL;
}

void rs_model_names(char *out, size_t room)
{
    size_t used = 0;

    for (size_t i = 0; rs_models[i] != NULL && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s",
                                 i == 0 ? "" : ", ", rs_models[i]->name);
}
