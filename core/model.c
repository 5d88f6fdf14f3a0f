/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <string.h>

static const struct rs_model *const models[] = {
    &rs_model_ols,
};

const struct rs_model *rs_model_find(const char *name)
{
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
        if (strcmp(models[i]->name, name) == 0)
            return models[i];
    return NULL;
}
