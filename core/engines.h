/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ENGINES_H
#define RS_ENGINES_H

#include "engine.h"
#include "engine_tile.h"

/* The engine for a run, by env->model, env->spec and env->plan->pairs: tiles
 * where these allow it. */
const struct rs_engine *rs_engine_choose(const struct rs_engine_env *env);

#endif
