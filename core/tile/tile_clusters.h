/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_CLUSTERS_H
#define RS_TILE_CLUSTERS_H

#include "basis.h"

/*
 * The clusters of the rows of a basis: of one column, or of two columns those
 * of each and their intersections (errors_cluster.c). A split packs the rows of
 * a cluster side by side, so that a sum over them is a product of its own.
 */
enum { RS_TILE_SPLITS = 3 };

struct rs_tile_split {
    size_t n;        /* clusters */
    uint32_t *ends;  /* [n] where each ends, in the order of packing */
    uint32_t *place; /* [rows] in that order, of a row of the basis */
    uint32_t *of;    /* [rows] its cluster */
    double factor;   /* of the squares of its sums */
};

struct rs_tile_clusters {
    struct rs_tile_split splits[RS_TILE_SPLITS];
    size_t n_splits; /* 0: there are none */
    size_t df;       /* the least n, less 1; 0: no fit has errors */
};

/* Those that the basis's spec asks for; spec->errors is of clusters. Owns:
 * rs_tile_clusters_clear, also after an error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_clusters_init(struct rs_tile_clusters *out,
                                     const struct rs_basis *basis,
                                     struct rs_error *err) RS_MUST_CHECK;
void rs_tile_clusters_clear(struct rs_tile_clusters *clusters);

#endif
