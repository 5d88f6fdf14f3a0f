/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FIELDS_H
#define RS_FIELDS_H

#include "fit.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The columns of the result: what each is called, how its value is had, and
 * where it is shown. The rows of the table are in
 * field_rows.h.
 */
enum rs_field {
#define ROW(symbol, ...) RS_FIELD_##symbol,
#include "field_rows.h"
#undef ROW
    RS_FIELD_COUNT
};

/* Numbers of a row that are not of its fit alone: see row.h. They stand
 * together. */
enum {
    RS_ADDED_FIRST = RS_FIELD_P_BONFERRONI,
    RS_N_ADDED = RS_FIELD_DROPPED - RS_ADDED_FIRST
};

/* Kinds of rows; a set of bits. */
enum { RS_ROWS_PAIRS = 1, RS_ROWS_TERMS = 2 };

/* What a run must be asked for before a column has values. */
enum rs_need {
    RS_NEED_NOTHING,
    RS_NEED_NAMED, /* to be named, alone or by its group: `all` is without */
    RS_NEED_POOL,
    RS_NEED_ADJUST,
    RS_NEED_PERMUTE,
    RS_NEED_BOOTSTRAP,
    RS_NEED_COMPARE
};

/* Where the value of a column comes from: texts, then numbers. */
enum rs_row_source {
    RS_FROM_Y,
    RS_FROM_X,
    RS_FROM_TERM,
    RS_FROM_LEVEL, /* these three may have no text */
    RS_FROM_REFERENCE,
    RS_FROM_DROPPED, /* names, one behind another */
    RS_FROM_MODEL,
    RS_FROM_OUTCOME,
    RS_FROM_COUNT,  /* a uint64_t that the fit holds */
    RS_FROM_MEMBER, /* a double that the fit holds */
    RS_FROM_ADDED,  /* a number of row->added */
    RS_FROM_VALUE   /* a number that follows from the fit */
};

static inline bool rs_source_is_text(enum rs_row_source source)
{
    return source <= RS_FROM_OUTCOME;
}

static inline bool rs_source_may_lack(enum rs_row_source source)
{
    return source >= RS_FROM_LEVEL && source <= RS_FROM_DROPPED;
}

static inline bool rs_source_is_level(enum rs_row_source source)
{
    return source == RS_FROM_LEVEL || source == RS_FROM_REFERENCE;
}

struct rs_field_info {
    const char *name; /* public column name */
    enum rs_row_source source;
    size_t offset; /* COUNT, MEMBER: in struct rs_fit */
    double (*value)(const struct rs_fit *fit, double conf_level); /* VALUE */
    unsigned rows;  /* set of RS_ROWS_: those that can have it */
    unsigned shown; /* likewise: without --columns, where `need` is met */
    enum rs_need need;
    bool indexed;      /* databases make an index on it */
    const char *group; /* word of --columns for it and its neighbours; NULL */
    const char *man;   /* see field_rows.h */
};

/* [RS_FIELD_COUNT], indexed by enum rs_field. */
extern const struct rs_field_info rs_fields[RS_FIELD_COUNT];

/*
 * The value of a numeric column that follows from the fit alone; NaN for
 * others (see rs_row_number).
 * conf_level  in  in (0, 1), for ci_low and ci_high
 * Returns NaN where not available; integers as doubles.
 * Notes: p needs log_p; r = t / sqrt(t^2 + df),
 * the partial correlation given the covariates (Pearson's r without any),
 * of t alone; aic as R's AIC(lm): n (log(2 pi RSS / n) + 1)
 * - log_weight + 2 (n_coef + 1).
 */
double rs_fit_value(const struct rs_fit *fit, enum rs_field field,
                    double conf_level);

#endif
