/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <assert.h>

/* What is said of a model that cannot. */
static const struct {
    unsigned what;
    const char *lacks;
} wants[] = {
    {RS_CAN_TERMS, "has no terms"},
    {RS_CAN_TILE, "has no sums of squares"},
    {RS_CAN_WEIGHTS, "takes no weights"},
    {RS_CAN_PERMUTE, "has no permutations"},
    {RS_CAN_BOOTSTRAP, "has no bootstrap"},
    {RS_CAN_COVARIATES, "takes no covariates"},
    {RS_CAN_LINE, "has no line: no slope, intercept or r2"},
    {RS_CAN_BLOCKS, "takes one column of numbers as x"},
};

enum rs_status rs_model_require(const struct rs_model *model, unsigned what,
                                const char *setting, struct rs_error *err)
{
    size_t i = 0;

    if ((model->can & what) != 0)
        return RS_OK;
    while (i < sizeof wants / sizeof wants[0] && wants[i].what != what)
        i++;
    assert(i < sizeof wants / sizeof wants[0]);
    return rs_error_set(err, RS_ERR_USAGE, "{%s}: model '%s' %s", setting,
                        model->name, wants[i].lacks);
}

enum rs_status rs_model_check(const struct rs_model *model, const void *state,
                              struct rs_error *err)
{
    if (model->lacked_memory == NULL || !model->lacked_memory(state))
        return RS_OK;
    return rs_error_set(err, RS_ERR_NOMEM, "out of memory for a fit");
}
