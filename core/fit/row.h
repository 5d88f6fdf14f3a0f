/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_H
#define RS_ROW_H

#include "fit.h"

#include <math.h>
#include <string.h>

/*
 * One row of the result on its way to a sink: a pair, its fit, and what was
 * added to it (adjusted p, intervals). A row of --rows terms is the same
 * with one coefficient's numbers in the place of x's.
 */
#define RS_NO_TERM SIZE_MAX

struct rs_row {
    size_t y, x;              /* columns of the dataset */
    size_t term;              /* RS_NO_TERM, or which: see terms.h */
    const struct rs_fit *fit; /* of a term: beta, se, stat, log_p are its */
    const double *added;      /* [RS_N_ADDED], by field; NULL: none, NaN */
};

/* The first two terms; the others are covariates and their levels. */
enum { RS_TERM_INTERCEPT, RS_TERM_X, RS_TERM_COVARIATES };

/* Where the value of a column comes from. */
enum rs_row_source {
    RS_FROM_Y,
    RS_FROM_X,
    RS_FROM_TERM,
    RS_FROM_COUNT,  /* n */
    RS_FROM_MEMBER, /* a number that the fit holds */
    RS_FROM_ADDED,  /* a number of row->added */
    RS_FROM_VALUE,  /* a number that follows: rs_fit_value */
    RS_FROM_MODEL,
    RS_FROM_OUTCOME
};

struct rs_row_column {
    enum rs_row_source source;
    enum rs_field field;
    size_t offset; /* RS_FROM_MEMBER: of the double in struct rs_fit */
};

struct rs_row_column rs_row_column_of(enum rs_field field);

/* The value of a numeric column (COUNT, MEMBER, ADDED, VALUE); NaN where not
 * available. */
static inline double rs_row_number(const struct rs_row *row,
                                   const struct rs_row_column *column,
                                   double conf_level)
{
    double value = NAN;

    switch (column->source) {
    case RS_FROM_MEMBER:
        memcpy(&value, (const char *)row->fit + column->offset, sizeof value);
        break;
    case RS_FROM_ADDED:
        if (row->added != NULL)
            value = row->added[column->field - RS_ADDED_FIRST];
        break;
    default:
        value = rs_fit_value(row->fit, column->field, conf_level);
    }
    return value;
}

#endif
