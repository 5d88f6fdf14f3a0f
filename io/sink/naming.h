/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAMING_H
#define RS_NAMING_H

#include "fields.h"

#include <stdbool.h>

/*
 * What result columns are called in the style of other tools, and which of
 * them these show. A column never has a name whose values the tool defines in
 * another way: it keeps ours. The rows of the table are in naming_rows.h.
 */
enum rs_naming_style {
    RS_NAMING_OWN,
    RS_NAMING_BROOM, /* R's broom: tidy() and glance() of lm */
    RS_NAMING_PLINK, /* PLINK 2: --glm and --adjust */
    RS_NAMING_LIMMA, /* R's limma: lmFit() and topTable() */
    RS_NAMING_MATRIXEQTL,
    RS_NAMING_REGENIE,     /* step 2 */
    RS_NAMING_STATSMODELS, /* Python: summary() */
    RS_NAMING_FIXEST,      /* R's fixest: coeftable() */
    RS_N_NAMINGS
};

/* The words of --naming, in this order. */
#define RS_NAMING_WORDS                                                        \
    "regsweep|broom|plink|limma|matrixeqtl|regenie|statsmodels|fixest"

/* What holds of a run's rows, and so of what its columns mean; bits. */
enum {
    RS_NAMES_PAIRS = 1 << 0, /* rows of pairs */
    RS_NAMES_TERMS = 1 << 1,
    RS_NAMES_T = 1 << 2,      /* each stat is t */
    RS_NAMES_T_OR_F = 1 << 3, /* none is z */
    RS_NAMES_UNWEIGHTED = 1 << 4,
    RS_NAMES_CLASSICAL = 1 << 5,  /* least squares, classical errors */
    RS_NAMES_RESIDUAL_DF = 1 << 6 /* df are those of the residuals */
};

struct rs_naming {
    enum rs_naming_style style;
    unsigned facts; /* set of RS_NAMES_ */
    double conf_level;
};

/* Bytes of a name, its end included, at most. */
enum { RS_COLUMN_NAME_SIZE = 32 };

/*
 * Writes the name of a column.
 * out  out  [RS_COLUMN_NAME_SIZE]
 * Notes: unique within a style and a kind of row, capitals aside. A column
 * that the tool does not have keeps our name, for PLINK in capitals.
 */
void rs_naming_column(char *out, const struct rs_naming *naming,
                      enum rs_field field);

/* The columns that the style shows by default, in its order, RS_FIELD_COUNT
 * behind them; NULL: those of ours. */
const enum rs_field *rs_naming_shown(const struct rs_naming *naming);

/* Whether some result column has the name, by any facts, capitals aside. */
bool rs_naming_takes(enum rs_naming_style style, double conf_level,
                     const char *name);

/* The table, for the man page. */
struct rs_naming_row {
    enum rs_naming_style style;
    enum rs_field field; /* RS_FIELD_COUNT: there is none */
    unsigned only;       /* facts, all of which have to hold */
    const char *name;    /* see naming_rows.h */
    const char *man;     /* NULL: nothing to say */
};
extern const struct rs_naming_row rs_naming_rows[];
extern const size_t rs_n_naming_rows;

#endif
