/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PERMUTE_JOINT_H
#define RS_PERMUTE_JOINT_H

#include "family_map.h"

#include <stdint.h>

/*
 * The largest statistics of permutations over several parts of a run. A part's
 * rows are permuted within it: those of each group by themselves, those of
 * the same group under several sets of covariates by the same permutation.
 * As degrees of freedom differ, what is compared is p: the statistic is -ln p,
 * and the largest of a family is the least p of its tests in all parts (min-P;
 * Westfall and Young 1993), which where degrees of freedom are the same ranks
 * as |r| does.
 */
struct rs_permute_joint;

/*
 * map  in  families of all parts; borrowed
 * Owns: rs_permute_joint_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_permute_joint_new(struct rs_permute_joint **out,
                                    const struct rs_family_map *map,
                                    uint64_t n_permutations,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_permute_joint_free(struct rs_permute_joint *joint); /* NULL allowed */

/* The statistic of a test of df1 coefficients with df degrees of freedom: of
 * the root of partial R2. */
double rs_permute_joint_stat(double r, double df1, double df);

/*
 * Takes the maxima of a part.
 * r      in  [families of the part][n_permutations] largest |r|, of tests
 *            of one coefficient with df degrees of freedom; NaN: the
 *            permutation was lost
 * stats  in  likewise, the largest statistics of other tests; NULL: none
 */
void rs_permute_joint_add(struct rs_permute_joint *joint, size_t part,
                          const double *r, double df, const double *stats,
                          unsigned n_threads);

/* Sorts the maxima, once all parts are added: then they can be asked. A
 * permutation that any part has lost counts nowhere. */
void rs_permute_joint_finish(struct rs_permute_joint *joint);

/* How many permutations were lost, once it is finished. */
uint64_t rs_permute_joint_lost(const struct rs_permute_joint *joint);

/* (1 + maxima of the pair's family not below the statistic) / (1 + all) */
double rs_permute_joint_p(const struct rs_permute_joint *joint, size_t part,
                          size_t y_ix, size_t x_ix, double stat);

#endif
