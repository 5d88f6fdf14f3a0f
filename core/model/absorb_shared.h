/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ABSORB_SHARED_H
#define RS_ABSORB_SHARED_H

#include "absorb.h"
#include "elimination.h"

/* What absorb_nodes.c (life), absorb_cells.c (normal equations),
 * absorb_contrasts.c (coefficients) and, above these, absorb_solve.c share; for
 * these files alone. */
struct rs_absorb {
    size_t n_factors;
    const struct rs_factor **factors; /* [n_factors] */
    size_t n_rows, n_words;           /* of the dataset */
    bool intercept;
    size_t most_nodes;

    /* on the rows set last */
    size_t n;
    const double *weights; /* [n] or NULL */
    uint32_t *rows;        /* [n_factors][n_rows] node of each row */
    uint32_t *node_of;     /* [levels of all] node + 1; 0: absent */
    size_t *levels_at;     /* [n_factors + 1] where a factor's begin there */
    size_t *first;         /* [n_factors + 1] first node of a factor */
    size_t n_nodes;
    struct rs_dd *totals;               /* [most_nodes] */
    struct rs_elimination *elimination; /* NULL: one factor */
    size_t rank;

    /* the dropped nodes, references of all factors but the first among them:
     * their effects are made 0 by null vectors */
    uint32_t *grounds; /* [most_nodes] two factors: that of each node's
                          component */
    size_t n_null;     /* three and more */
    uint32_t *dropped; /* [n_null] */
    double *null;      /* [n_null][n_nodes] 1 at its own dropped node, 0 at the
                          others'; NULL: there was no room for them */
};

struct rs_absorb_work {
    struct rs_dd *sums; /* [most_nodes] */
    double *x;          /* [most_nodes] */
    double *y;          /* [RS_ELIMINATION_WORK most_nodes] several factors */
};

/* The cells of all pairs of factors, and random residues of the nodes where
 * there are more than two. Owns: rs_cells_clear and free. */
enum rs_status rs_absorb_cells(struct rs_cells *cells, uint64_t **residue,
                               const struct rs_absorb *a) RS_MUST_CHECK;

/* Finds what is dropped. */
enum rs_status rs_absorb_drop(struct rs_absorb *a) RS_MUST_CHECK;

#endif
