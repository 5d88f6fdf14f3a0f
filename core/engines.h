/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ENGINES_H
#define RS_ENGINES_H

#include "engine.h"
#include "engine_tile.h"

/* True when a run's pairs are fitted tile by tile. */
bool rs_engine_by_tile(const struct rs_model *model, enum rs_pairs pairs,
                       const struct rs_model_spec *spec);

/* The engine for a run: tiles where the model and the plan allow it. */
const struct rs_engine *rs_engine_choose(const struct rs_engine_env *env);

#endif
