/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models.h"

#include <string.h>

const struct rs_model *rs_model_find(const char *name)
{
    for (size_t i = 0; rs_models[i] != NULL; i++)
        if (strcmp(rs_models[i]->name, name) == 0)
            return rs_models[i];
    return NULL;
}
