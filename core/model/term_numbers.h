/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TERM_NUMBERS_H
#define RS_TERM_NUMBERS_H

#include "block.h"
#include "row.h"
#include "spec.h"

/*
 * The numbers of terms: of what a row of --rows terms is. Term 0 is the
 * intercept, term 1 x; the covariates follow in their order, a factor with a
 * number for each of its levels; then the F of each covariate that is a
 * factor; then what each x brings that is more than a column. The numbers are
 * the same for all pairs of a run, though no pair has all terms: the reference
 * level of a factor has none, and neither have levels that the rows lack.
 */

/* Of intercept, x and covariates. */
size_t rs_term_count(const struct rs_spec *spec);

/* A pair has no more terms than this. */
size_t rs_term_most(const struct rs_spec *spec);

/* Covariate number i has an F of its own: it is a factor of several
 * contrasts in the file. */
bool rs_term_has_joint(const struct rs_spec *spec, size_t i);
size_t rs_term_joint(const struct rs_spec *spec, size_t i);

/* The numbers of a block, counted from its first. */
struct rs_term_block {
    size_t joint;     /* F of products or powers */
    size_t first;     /* + number of the column */
    size_t reference; /* of a factor */
    size_t pairwise;  /* + rs_term_pair */
    size_t n;         /* all; 0: x is a column */
};
struct rs_term_block rs_term_block_of(const struct rs_spec *spec, size_t x);

/* The place of the difference of two levels, a < b, among all. */
static inline size_t rs_term_pair(size_t a, size_t b)
{
    return b * (b - 1) / 2 + a;
}

/* The first number of the block of each column, and the one behind them all,
 * which is how many there are. out: [data->n_columns + 1] */
void rs_term_blocks(size_t *out, const struct rs_spec *spec);

#endif
