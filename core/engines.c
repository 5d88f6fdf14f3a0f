/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"

const struct rs_engine *rs_engine_choose(const struct rs_engine_env *env)
{
    /* Matched pairs are the diagonal of a grid: a tile would be waste. */
    if (env->model != &rs_model_ols || env->plan->pairs == RS_PAIRS_MATCHED)
        return &rs_engine_exact;
    return &rs_engine_tile;
}
