/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PERMUTE_BUNDLES_H
#define RS_PERMUTE_BUNDLES_H

#include "permute_shared.h"

/*
 * The x of several columns (tile_bundle.h) in a permutation. Their vectors are
 * orthonormal and free of the covariates, so that with c_k the products of
 * the permuted y, of length 1 without the covariates' space, the partial
 * R2 of what is tested is
 *     z = sum of its c^2 / (1 - sum of c^2 of what stands beside it),
 * which permute_beside.h has where something does. As degrees of freedom
 * differ, the statistic is -ln p of F or t.
 */
struct rs_permute_bundles;

/* A group of y as it is permuted. */
struct rs_permute_rows {
    void *ctx;
    /* Rows [row, row + n) permuted: [n_y / width][step][width] */
    const double *(*piece)(void *ctx, size_t row, size_t n);
    /* The same as they are */
    const double *(*still)(void *ctx, size_t row, size_t n);
    const uint32_t *rows; /* [n] row i is its row rows[i] */
    const double *coefs;  /* [n_y / width][n_project][width] of the permuted on
                             the basis, once row 0 was asked for, */
    const double *factor; /* [n_y] and 1 / length of their residuals, 0: none;
                             NULL: all 1 */
    size_t first, n_y; /* dependents of the plan, filled up to whole panels */
    size_t step;       /* most rows of a piece */
};

/* For a worker. *out is NULL where there is no such x. Owns:
 * rs_permute_bundles_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_permute_bundles_new(struct rs_permute_bundles **out,
                                      const struct rs_permute *shared,
                                      size_t most_y,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_permute_bundles_free(struct rs_permute_bundles *self);

/* A permutation begins. */
void rs_permute_bundles_begin(struct rs_permute_bundles *self);

/* Takes a group of y. */
void rs_permute_bundles_take(struct rs_permute_bundles *self,
                             const struct rs_permute_rows *rows);

/* The largest -ln p of each family. out: [n_families] */
void rs_permute_bundles_maxima(const struct rs_permute_bundles *self,
                               double *out);

#endif
