/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ENGINE_TILE_H
#define RS_ENGINE_TILE_H

#include "engine.h"

/* Least squares of all pairs of a tile at once; delicate ones by the exact
 * engine. */
extern const struct rs_engine rs_engine_tile;

struct rs_tile_data;

/* The columns that an engine has prepared, if it is this one; else NULL. */
const struct rs_tile_data *
rs_engine_tile_columns(const struct rs_engine *engine, const void *prepared);

#endif
