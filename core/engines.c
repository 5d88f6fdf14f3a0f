/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"

/* The first that can is taken; the last can all. */
static const struct rs_engine *const engines[] = {
    &rs_engine_tile,
    &rs_engine_exact,
};

const struct rs_engine *rs_engine_choose(const struct rs_engine_env *env)
{
    size_t i = 0;

    while (!engines[i]->can(env))
        i++;
    return engines[i];
}
