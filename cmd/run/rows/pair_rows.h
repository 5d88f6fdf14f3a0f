/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PAIR_ROWS_H
#define RS_PAIR_ROWS_H

#include "sink.h"
#include "terms.h"

/*
 * The rows that a pair has in the output: its own, those of its terms, or
 * both, its own first. Not to be shared between workers.
 */
struct rs_pair_rows {
    struct rs_term_fits *terms; /* NULL: no such rows */
    struct rs_row *rows;        /* room for all */
    bool pairs;                 /* the pair's own row is wanted */
};

/*
 * which  in  set of RS_ROWS_; 0: RS_ROWS_PAIRS
 * Owns: rs_pair_rows_clear, also after an error. Errors: those of terms.h.
 */
enum rs_status rs_pair_rows_init(struct rs_pair_rows *self, unsigned which,
                                 const struct rs_model *model,
                                 const struct rs_spec *spec,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_pair_rows_clear(struct rs_pair_rows *self);

/* How many rows a pair can have. */
size_t rs_pair_rows_most(unsigned which, const struct rs_spec *spec);

/*
 * The rows of a pair.
 * n     out  how many, at least 1
 * pair  in   its own row; borrowed by the result
 * shift in   what terms are further back among those of the run, but for
 *            intercept and x
 * Returns the rows, until the next call.
 */
const struct rs_row *rs_pair_rows_of(struct rs_pair_rows *self, size_t *n,
                                     const struct rs_row *pair, size_t shift);

#endif
