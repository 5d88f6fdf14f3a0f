/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLE_H
#define RS_TILE_BUNDLE_H

#include "block.h"
#include "tile_column.h"

/*
 * A bundle: the columns that one x brings (core/model/block.h), where these
 * are not one alone; each freed of intercept and covariates, then of the
 * columns before it, over the x's own rows, and scaled to length 1. Products
 * of y with them are the r_k of which all follows:
 *     partial R2 of what is tested = sum of its r^2 / (1 - sum of those beside)
 *
 * What spans the same is as good, and better where it costs no digits: a
 * factor of more than two levels does without the column of its most frequent
 * level, whatever its reference is, and what is raised to a power or
 * multiplied is taken about its mean. The intercept belongs to the model as
 * it was asked for: so each vector notes its value at the origin, where the
 * numbers of the user are 0 and the factors at their references.
 */
struct rs_tile_bundle {
    size_t x;                    /* place in the plan's list */
    enum rs_tile_kind kind;      /* RS_TILE_BUNDLE, or _EXACT */
    uint32_t pattern;            /* of its missing values */
    unsigned n_beside, n_tested; /* vectors */
    bool by_f;                   /* what is tested, by F; else by t */
    double norm;                 /* by t: length of what is tested, user's
                                    units, as in rs_tile_column */
};

/* Storage for bundles one after another. spec of the basis; basis, patterns
 * in, kept. Owns: rs_tile_bundle_room_free. NULL: no memory. */
struct rs_tile_bundle_room;
struct rs_tile_bundle_room *
rs_tile_bundle_room_new(const struct rs_basis *basis,
                        const struct rs_patterns *patterns);
void rs_tile_bundle_room_free(struct rs_tile_bundle_room *room);

/* Numbers of a vector. */
struct rs_tile_bundle_vector {
    double origin; /* its value there */
    double size;   /* of the terms of that */
};

/* A bundle as it is made: first the vectors beside, then those tested. */
struct rs_tile_bundle_made {
    struct rs_tile_bundle bundle;
    const double *v; /* [vectors][n] */
    const struct rs_tile_bundle_vector *vectors;
};

/*
 * Makes a bundle, until the next one of the same room.
 * x       in  place in the plan's list
 * column  in  of the dataset
 * Returns false when memory lacked.
 */
bool rs_tile_bundle_make(struct rs_tile_bundle_made *out,
                         struct rs_tile_bundle_room *room, size_t x,
                         size_t column);

#endif
