/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CONDITION_H
#define RS_CONDITION_H

#include "dataset.h"

/*
 * A condition on the cells of a row: comparisons of columns with constants,
 * joined by and, or and not. What has a missing cell in it is neither true nor
 * false, as in SQL and in R: `not` leaves it so, and only what is true holds.
 */
enum rs_condition_kind {
    RS_CONDITION_NUMBER,  /* a numeric column and a number, by value */
    RS_CONDITION_TEXT,    /* a text column and a text, by bytes */
    RS_CONDITION_MISSING, /* a column's cell is missing */
    RS_CONDITION_NOT,     /* of the part before it */
    RS_CONDITION_AND,     /* of the two before it */
    RS_CONDITION_OR
};

enum rs_relation {
    RS_RELATION_EQ,
    RS_RELATION_NE,
    RS_RELATION_LT,
    RS_RELATION_LE,
    RS_RELATION_GT,
    RS_RELATION_GE
};

struct rs_condition_part {
    enum rs_condition_kind kind;
    enum rs_relation relation;
    size_t column; /* of the dataset, which has its `levels` if it is text */
    double number;
    const char *text; /* borrowed */
};

/*
 * Finds the rows for which a condition holds.
 * rows   out  bits [rs_bit_words(data->n_rows)]
 * parts  in   [n], n > 0; what is joined stands before what joins it
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_condition_rows(uint64_t *rows, const struct rs_dataset *data,
                                 const struct rs_condition_part *parts,
                                 size_t n, struct rs_error *err) RS_MUST_CHECK;

#endif
