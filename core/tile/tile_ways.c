/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"
#include "tile_way.h"

#include <string.h>

/* Least squares: r is all there is to know. */
static const struct rs_tile_way plain = {.name = "classical", .by_r = true};

extern const struct rs_tile_way rs_tile_way_hc0;
extern const struct rs_tile_way rs_tile_way_hc1;
extern const struct rs_tile_way rs_tile_way_hc2;
extern const struct rs_tile_way rs_tile_way_hc3;
extern const struct rs_tile_way rs_tile_way_hc4;
extern const struct rs_tile_way rs_tile_way_cluster;

static const struct rs_tile_way *const ways[] = {
    &plain,           &rs_tile_way_hc0, &rs_tile_way_hc1,     &rs_tile_way_hc2,
    &rs_tile_way_hc3, &rs_tile_way_hc4, &rs_tile_way_cluster,
};

const struct rs_tile_way *rs_tile_way_of(const struct rs_spec *spec)
{
    const char *name = rs_errors_of(spec)->name;

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strcmp(ways[i]->name, name) == 0 &&
            (ways[i]->by_r || !spec->counts))
            return ways[i];
    return NULL;
}
