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

enum rs_status rs_model_check(const struct rs_model *model, const void *state,
                              struct rs_error *err)
{
    if (model->lacked_memory == NULL || !model->lacked_memory(state))
        return RS_OK;
    return rs_error_set(err, RS_ERR_NOMEM, "out of memory for a fit");
}
