/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILY_MAP_H
#define RS_FAMILY_MAP_H

#include "error.h"
#include "family.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which family each test of a run belongs to. The tests of a part are a matrix
 * of cells, one for each dependent and independent of its lists; parts share
 * families where a family spans groups or sets.
 */

/* A part of the run, as families see it. */
struct rs_family_part {
    const size_t *y, *x; /* [n_y], [n_x] columns, by the same numbers in all
                            parts; none twice in a list */
    size_t n_y, n_x;
    bool matched;           /* the i-th y with the i-th x: cells [n_y][1] */
    const uint64_t *starts; /* [n_y + 1] of listed pairs: the cells of each y,
                               borrowed; NULL: no list */
    const uint32_t *listed; /* [starts[n_y]] their places in x; likewise */
    size_t group, set;      /* numbers of them */
    bool pooled; /* its tests are of all groups, and in families of their own */
};

/* The cells of a part, which lie one part behind the other. */
struct rs_family_block {
    size_t n_y, n_x; /* [n_y][n_x] */
    bool matched;
    size_t first;           /* place of the first */
    const uint64_t *starts; /* as of the part: n_x is 1 then, and n_y all */
    uint64_t *x_starts; /* of families of x: [n_of + 2] of x_cells, the cells */
    uint64_t *x_cells;  /* of each x; NULL: not by x, or no list */
    size_t n_of;        /* different families */
    size_t *of; /* [n_of] their numbers: [n_y] by the dependent, [n_x] by the
                   independent, [n_y] in either case of matched pairs; else
                   [1] */
};

/* Constant once made. */
struct rs_family_map {
    enum rs_family family;
    size_t n;                       /* families, numbered as they first come */
    size_t n_cells;                 /* of all parts */
    struct rs_family_block *blocks; /* [n_parts] */
    size_t n_parts;
};

/*
 * parts  in  [n], not needed afterwards
 * Owns: rs_family_map_clear, also on failure. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_family_map_init(struct rs_family_map *map,
                                  enum rs_family family,
                                  const struct rs_family_part *parts, size_t n,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_family_map_clear(struct rs_family_map *map); /* zeroed allowed */

/* True when each family is made of whole parts. */
static inline bool rs_family_of_parts(enum rs_family family)
{
    return ((unsigned)family & (RS_FAMILY_Y | RS_FAMILY_X)) == 0;
}

/* The number of a pair's family; y_ix, x_ix: places in its part's lists. */
static inline size_t rs_family_map_of(const struct rs_family_map *map,
                                      size_t part, size_t y_ix, size_t x_ix)
{
    const size_t *of = map->blocks[part].of;

    if (((unsigned)map->family & RS_FAMILY_Y) != 0)
        return of[y_ix];
    return ((unsigned)map->family & RS_FAMILY_X) != 0 ? of[x_ix] : of[0];
}

#endif
