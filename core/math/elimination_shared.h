/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ELIMINATION_SHARED_H
#define RS_ELIMINATION_SHARED_H

#include "elimination.h"

/*
 * What elimination.c (solutions), elimination_sparse.c (steps),
 * elimination_core.c and elimination_cg.c (the rest) and elimination_cells.c
 * (what all need) share; for these files alone.
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

/* Makes the steps, and the core as they leave it. Errors: RS_ERR_NOMEM. */
enum rs_status rs_elimination_steps(struct rs_elimination *self,
                                    const struct rs_normal_matrix *matrix,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Room for a core of r nodes, in self->nodes from n_steps on. */
enum rs_status rs_elimination_core_init(struct rs_elimination *self,
                                        struct rs_error *err) RS_MUST_CHECK;

/* Eliminates the core. */
enum rs_status rs_elimination_core(struct rs_elimination *self,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Conjugate gradients: finds the components of the core, where pivots are 0
 * once each; then x = A^-1 x. work [4 r] */
enum rs_status rs_elimination_cg_init(struct rs_elimination *self,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_elimination_cg(const struct rs_elimination *self, double *x,
                       double *work);

/* 1 / a modulo RS_PRIME; a is not 0. */
uint64_t rs_prime_inverse(uint64_t a);

#endif
