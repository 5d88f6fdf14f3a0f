/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_GROUPS_H
#define RS_TILE_GROUPS_H

#include "basis.h"
#include "pattern.h"

/*
 * Missing values beside one absorbed factor.
 *
 * Over all rows of the basis its vectors B are orthogonal to the factor's
 * levels, and a column's residual is over its own rows. On fewer rows R
 * neither is; but sums over the rows of a level g,
 *     T_g = sum root B,   S_g = sum root x~,   W_g = sum root^2
 * differ from 0 and from the whole weight by the few rows that are not in R,
 * and only in the levels of such rows, which are *touched*. Taking the levels
 * out of sums over R is
 *     B'B - sum T_g T_g' / W_g,   B'x~ - sum T_g S_g / W_g,
 *     x~'y~ - sum S_g(x) S_g(y) / W_g
 * A level without rows in R is lost: the rank is one less.
 */
struct rs_tile_groups {
    const struct rs_basis *basis;
    const uint32_t *nodes; /* [n] level of each row */
    const double *root;    /* [n] or NULL */
    size_t c;              /* vectors */
    uint32_t *counts;      /* [nodes] rows of a level */

    uint32_t *missing; /* [nodes] rows of it that are not in R */
    uint32_t *touched; /* [n_touched] nodes; first those of the first pattern */
    uint32_t *place;   /* [nodes] where a touched one is there */
    double *weight;    /* [n_touched] of the missing rows; then W_g */
    double *t;         /* [n_touched][c] T_g */
    size_t n_touched, n_first;
    size_t n_lost;
    size_t reference; /* level 0's place there; SIZE_MAX: not touched */
    bool sound;       /* enough is left of every level that is left, and of
                         the reference */
};

/* Room for any rows of a basis with one absorbed factor. Owns:
 * rs_tile_groups_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_groups_init(struct rs_tile_groups *groups,
                                   const struct rs_basis *basis,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_tile_groups_clear(struct rs_tile_groups *groups);

/* R: the rows that two patterns have in common; second may be NULL. */
void rs_tile_groups_meet(struct rs_tile_groups *groups,
                         const struct rs_pattern *first,
                         const struct rs_pattern *second);

/* Takes the levels out of a Gram matrix of the vectors over R. [c][c], lower
 * triangle */
void rs_tile_groups_gram(const struct rs_tile_groups *groups, double *gram);

/* What a coefficient on each vector adds to the intercept on R. [c] */
void rs_tile_groups_level(const struct rs_tile_groups *groups, double *level);

/*
 * S_g of a column's residual, by place in `touched`, from the rows that
 * the partner's pattern misses.
 * sums  out  [n] of the first n places
 * v     in   the column, its rows `step` apart
 */
void rs_tile_groups_sum(const struct rs_tile_groups *groups, double *sums,
                        size_t n, const double *v, size_t step,
                        const struct rs_pattern *partner);

/* sum S_g(a) S_g(b) / W_g over the first n places. */
double rs_tile_groups_inner(const struct rs_tile_groups *groups,
                            const double *a, const double *b, size_t n);

/* b -= sum T_g S_g / W_g over the first n places. b  inout  [c] */
void rs_tile_groups_products(const struct rs_tile_groups *groups, double *b,
                             const double *sums, size_t n);

/* Mean of what S_g sums, in the reference's rows; n as above. */
double rs_tile_groups_reference(const struct rs_tile_groups *groups,
                                const double *sums, size_t n);

#endif
