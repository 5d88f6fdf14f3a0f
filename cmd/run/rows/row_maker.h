/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_MAKER_H
#define RS_ROW_MAKER_H

#include "adder.h"
#include "pair_rows.h"
#include "plan.h"

/* What rows are made of; all of it borrowed. */
struct rs_row_ask {
    const struct rs_plan *plan;
    const struct rs_model *model;
    const struct rs_spec *spec;
    const struct rs_adder *const *adders; /* [RS_N_ADDERS] NULL: none */
    unsigned rows;     /* set of RS_ROWS_; 0: RS_ROWS_PAIRS */
    size_t part;       /* whose labels they have */
    size_t term_shift; /* see pair_rows.h */
};

/*
 * Makes the rows of a kept pair: its own with what is added to it, and those
 * of its terms. Not to be shared between workers.
 */
struct rs_row_maker {
    struct rs_row_ask from;    /* plan NULL: not made */
    void *adders[RS_N_ADDERS]; /* states of from.adders */
    bool any;                  /* of them */
    struct rs_pair_rows rows;
    struct rs_row pair;
    double added[RS_N_ADDED];
};

/* Owns: rs_row_maker_clear, also after an error. Errors: those of terms.h
 * and of the adder. */
enum rs_status rs_row_maker_init(struct rs_row_maker *maker,
                                 const struct rs_row_ask *from,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_row_maker_clear(struct rs_row_maker *maker);

/*
 * The rows of a pair.
 * n     out  how many, at least 1
 * fit   in   borrowed by the result
 * Returns the rows, until the next call; they point into the maker.
 */
const struct rs_row *rs_row_maker_rows(struct rs_row_maker *maker, size_t *n,
                                       size_t y_ix, size_t x_ix,
                                       const struct rs_fit *fit);

/* RS_ERR_NOMEM when rows made so far lacked memory. */
enum rs_status rs_row_maker_check(const struct rs_row_maker *maker,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
