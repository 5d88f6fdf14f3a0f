/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ENGINE_TILE_H
#define RS_ENGINE_TILE_H

#include "engine.h"

/* Least squares of all pairs of a tile at once; delicate ones by the exact
 * engine. */
extern const struct rs_engine rs_engine_tile;

#endif
