/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models.h"

const struct rs_model *const rs_models[] = {
    &rs_model_kendall,
    &rs_model_ols,
    &rs_model_spearman,
    NULL,
};
