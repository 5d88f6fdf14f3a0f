/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PERMUTE_SHARED_H
#define RS_PERMUTE_SHARED_H

#include "permute.h"
#include "tile_data.h"

/* What permute_columns.c (life), permute_work.c (products) and permute_run.c
 * (maxima, the pool) share; for these files alone. */
struct rs_permute {
    const struct rs_plan *plan;
    struct rs_permute_ask ask;
    size_t n_families;
    uint32_t n;               /* rows */
    bool any_test;            /* enough rows for any */
    bool *y_part, *x_part;    /* [n_y], [n_x] the column takes part */
    size_t n_left_out;        /* see rs_permute_left_out */
    struct rs_tile_data data; /* panels of doubles; empty when finished */
    bool lent;                /* it is that of ask.columns */
    size_t n_project;         /* vectors of the basis that a permutation does
                                 not leave as they are: without the intercept */
    double *project;          /* [n][n_project] them, row by row */
    double df;                /* of its tests */
    size_t n_values;          /* of a permutation: one a family, |r|; with x of
                                 several columns another, their statistic */
    double *maxima;           /* [n_values][n_permutations]; NULL when
                                 finished */
    struct rs_permute_joint *joint;
    struct rs_family_map own; /* of a joint of its own; else zero */
    unsigned n_threads;
    uint64_t taken_number; /* place of the next one to take */
    size_t taken_family;
};

/* Releases the columns, or gives them back to whom they were borrowed from. */
void rs_permute_drop(struct rs_permute *permute);

#endif
