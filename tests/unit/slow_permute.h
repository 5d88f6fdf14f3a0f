/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SLOW_PERMUTE_H
#define RS_SLOW_PERMUTE_H

#include "made_sweep.h"
#include "permute.h"

/* Permutation tests the slow way, by the exact engine, to hold others
 * against. */

enum { SLOW_ROWS = 128, SLOW_COLUMNS = 64 }; /* at most */

/*
 * Random numbers, every y with some of the covariates in it; the first column
 * of x holds half the first of y. The plan is of all pairs.
 */
void slow_init(struct made_sweep *b, size_t n, size_t n_y, size_t n_x,
               size_t n_z, bool intercept);

/* Prepared with seed 42; a worker of it. */
struct rs_permute *slow_permute(const struct made_sweep *b,
                                enum rs_family family, uint64_t n_permutations);
struct rs_permute_worker *slow_worker(const struct rs_permute *permute);

/* |r| of all pairs by the exact engine, every y being what it is with its
 * residuals permuted. r  out  [n_y][n_x] of the plan, 0 where no pair is */
void slow_r(const struct made_sweep *b, const uint32_t *rows, double *r);

/* The family of a cell, and the largest r of every family. */
size_t slow_family(enum rs_family family, size_t y, size_t x);
void slow_largest(const struct made_sweep *b, enum rs_family family,
                  const double *r, double *maxima, size_t n_families);

/* Checks the maxima of some drawn permutations. */
void slow_check_drawn(const struct made_sweep *b, enum rs_family family);

#endif
