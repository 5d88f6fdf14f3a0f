/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ELIMINATION_SHARED_H
#define RS_ELIMINATION_SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What an elimination holds, for the files that make it: steps
 * (elimination_sparse), the rest (elimination_core, elimination_cg), solutions
 * (elimination.c).
 */

/* A step eliminates a node: its row of A, divided by the pivot. */
struct rs_elimination {
    size_t n;
    bool laplacian; /* two factors */
    bool sound;

    size_t n_steps;
    uint32_t *nodes;  /* [n] of the steps, then of the core */
    double *pivots;   /* [n] likewise; 0: dependent */
    size_t *starts;   /* [n_steps + 1] into others and factors */
    uint32_t *others; /* neighbours that come later */
    double *factors;
    size_t n_factors, room_factors;

    size_t r;          /* nodes of the core */
    double *core;      /* [r][r] upper triangle: first A, then factors */
    uint64_t *residue; /* [r][r] the same; NULL: two factors */
    /* or, of a core too large for that, its rows: see elimination_cg.c */
    bool iterative;
    double *cg_diagonal; /* [r] */
    size_t *cg_starts;   /* [r + 1] */
    uint32_t *cg_others; /* places in the core */
    double *cg_values;
    uint32_t *core_of;   /* [n] place of a node in the core */
    uint32_t *dependent; /* [n_dependent] nodes */
    size_t n_dependent;  /* of steps and core */
};

/* Appends to the row of the step at hand. False: no memory. */
bool rs_elimination_put(struct rs_elimination *self, uint32_t other,
                        double factor);

#endif
