/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILY_STRIPS_H
#define RS_FAMILY_STRIPS_H

#include "family_map.h"

/* Where the cells of each family are: strips of parts, which are rows of a
 * part, columns of it, or all of it. */
enum { RS_FAMILIES_AT_ONCE = 8 }; /* columns of cells in one cache line */

struct rs_family_strip {
    size_t part;
    size_t line; /* which row or column */
};

struct rs_family_strips {
    const struct rs_family_map *map; /* borrowed */
    size_t *starts;                  /* [map->n + 2] of the families' strips */
    struct rs_family_strip *strips;  /* family by family, by rising part */
};

/* Owns: rs_family_strips_clear, also on failure. Errors: RS_ERR_NOMEM. */
enum rs_status rs_family_strips_init(struct rs_family_strips *strips,
                                     const struct rs_family_map *map,
                                     struct rs_error *err) RS_MUST_CHECK;
void rs_family_strips_clear(struct rs_family_strips *strips);

/* How many cells a family has. */
size_t rs_family_strips_cells(const struct rs_family_strips *strips,
                              size_t family);

/*
 * Takes the cells of some families.
 * out     out  each family's, one behind the other
 * starts  in   [count] where each begins in out
 * cells   in   [map->n_cells]
 * count   in   families from the first: at most RS_FAMILIES_AT_ONCE
 */
void rs_family_strips_take(const struct rs_family_strips *strips, double *out,
                           const size_t *starts, const double *cells,
                           size_t first, size_t count);

#endif
