/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_H
#define RS_ROW_H

#include "fields.h"

#include <math.h>
#include <string.h>

/*
 * One row of the result on its way to a sink: a pair, its fit, and what was
 * added to it (adjusted p, intervals). A row of --rows terms is the same
 * with one coefficient's numbers in the place of x's.
 */
#define RS_NO_TERM SIZE_MAX

/* Covariates of which a column was dropped. */
struct rs_dropped {
    const size_t *columns; /* [n] of the dataset */
    size_t n;
};

struct rs_row {
    size_t y, x;              /* columns of the dataset */
    size_t term;              /* RS_NO_TERM, or which: see terms.h */
    const struct rs_fit *fit; /* of a term: beta, se, stat, log_p are its */
    const double *added;      /* [RS_N_ADDED], by field; NULL: none, NaN */
    size_t part;              /* of the run, whose labels it has: labels.h */
    const struct rs_dropped *dropped; /* NULL: not known */
};

/* The first two terms; the others are covariates and their levels. */
enum { RS_TERM_INTERCEPT, RS_TERM_X, RS_TERM_COVARIATES };

/* A column as encoders need it. */
struct rs_row_column {
    enum rs_row_source source;
    size_t offset; /* COUNT, MEMBER: in struct rs_fit; ADDED: in row->added */
    double (*value)(const struct rs_fit *fit, double conf_level); /* VALUE */
};

struct rs_row_column rs_row_column_of(enum rs_field field);

/* The whole number of a column that is one (COUNT). */
static inline uint64_t rs_row_count(const struct rs_row *row,
                                    const struct rs_row_column *column)
{
    uint64_t count;

    memcpy(&count, (const char *)row->fit + column->offset, sizeof count);
    return count;
}

/* The value of another numeric column (MEMBER, ADDED, VALUE); NaN where not
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
            memcpy(&value, (const char *)row->added + column->offset,
                   sizeof value);
        break;
    default:
        value = column->value(row->fit, conf_level);
    }
    return value;
}

#endif
