/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"

#include "tile_way.h"

bool rs_engine_by_tile(const struct rs_model *model, enum rs_pairs pairs,
                       const struct rs_model_spec *spec)
{
    /* Matched pairs are the diagonal of a grid: a tile would be waste. */
    return model == &rs_model_ols && pairs != RS_PAIRS_MATCHED &&
           rs_tile_way_of(spec) != NULL;
}

const struct rs_engine *rs_engine_choose(const struct rs_engine_env *env)
{
    return rs_engine_by_tile(env->model, env->plan->pairs, env->spec)
               ? &rs_engine_tile
               : &rs_engine_exact;
}
