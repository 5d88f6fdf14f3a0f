/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_way.h"

/* errors_cluster.c by products of the rows of each cluster. */
const struct rs_tile_way rs_tile_way_cluster = {.name = "cluster",
                                                .by_cluster = true};
