/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

const struct rs_model *const rs_models[] = {
    &rs_model_ols,
    NULL,
};
