/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NORMAL_MATRIX_H
#define RS_NORMAL_MATRIX_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The cross products of 0/1 columns, one column a level of a factor (a node):
 * Z'WZ with weights W, and beside it Z'RZ with random weights R modulo
 * RS_PRIME (prime.h).
 */

/* Off the diagonal: cell c joins nodes i and j, each pair of nodes once. */
struct rs_cells {
    size_t n;
    uint32_t *i, *j;   /* [n] i < j */
    double *weights;   /* [n] of the rows in the cell */
    uint64_t *residue; /* [n] of random weights, modulo RS_PRIME; NULL: two
                          factors */
};

/* Owns: rs_cells_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_cells_init(struct rs_cells *cells, size_t n, bool residues,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_cells_clear(struct rs_cells *cells);

/* What elimination.h eliminates. */
struct rs_normal_matrix {
    size_t n;                /* nodes */
    size_t first, n_first;   /* nodes of one factor: no cells among them */
    size_t most_core;        /* nodes of a dense core; all nodes but the first
                                ones are it when they are no more than this */
    const double *diagonal;  /* [n] */
    const uint64_t *residue; /* [n] of the diagonal; NULL: two factors */
    const struct rs_cells *cells;
};

#endif
