/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PERMUTE_BESIDE_H
#define RS_PERMUTE_BESIDE_H

#include "permute_shared.h"

/*
 * Bundles with columns W that stand beside what is tested, T. Freedman and
 * Lane's residuals are then those of the model without T, others for each x:
 * with e the residual of y on the covariates, of length 1,
 *     e_x = e - W d,  d = W'e.
 * Neither is formed. With P the permutation, Q the basis of the covariates
 * and V = (W, T), which is orthogonal to it,
 *     V'P e_x = V'P e - (V'P W) d
 *     |P e_x|^2 without Q's part = 1 - d'd - |Q'P e - (Q'P W) d|^2
 * where only V'P W and Q'P W are new with x and P, and no matter of y.
 */
struct rs_permute_beside {
    const struct rs_permute *shared;
    const struct rs_tile_stack *stack;
    const struct rs_tile_bundle *bundle;
    size_t lane;      /* of the bundle's vectors in their panels */
    double *on_own;   /* [beside][vectors] V'P W */
    double *on_basis; /* [beside][n_project] Q'P W */
    double *moved;    /* [n] P w */
    double *sums;     /* [vectors + n_project] of a pair */
};

/* A pair's products; c, still: of vectors of the stack, width apart. */
struct rs_permute_products {
    const double *c;     /* V'P e, scaled by factor */
    const double *still; /* V'e */
    const double *coefs; /* Q'P e, width apart */
    double factor;       /* 0: P e has no residual on the covariates */
};

/* Owns: rs_permute_beside_clear, also after an error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_permute_beside_init(struct rs_permute_beside *self,
                                      const struct rs_permute *shared,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_permute_beside_clear(struct rs_permute_beside *self);

/* Makes bundle number b, of doubles, the current one, in a permutation:
 * row i becomes rows[i]. */
void rs_permute_beside_set(struct rs_permute_beside *self, size_t b,
                           const uint32_t *rows);

/* Partial R2 of what is tested; 0 where what stands beside explains y, to a
 * millionth of its length. */
double rs_permute_beside_share(const struct rs_permute_beside *self,
                               const struct rs_permute_products *products);

#endif
