/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FACTS_H
#define RS_FACTS_H

#include "distinct.h"
#include "look.h"
#include "missing_code.h"
#include "moments.h"
#include "table.h"

/* What is known of a column. Borrows from its dataset and table. */
enum {
    RS_FACTS_LEVELS = 50, /* more are not listed; as {max-levels} */
    RS_FACTS_VALUES = 10  /* nor are more numbers */
};

struct rs_facts {
    const struct rs_column *column;
    size_t n_rows;
    size_t n_present;
    size_t n_distinct;              /* RS_DISTINCT_MOST + 1: more */
    double values[RS_FACTS_VALUES]; /* [n_distinct] of numbers, sorted, where
                                       there are no more */
    struct rs_moments moments;      /* of numbers; NaN of text */
    struct rs_missing_codes codes;  /* of numbers */
    size_t n_missing_words;         /* cells of text that mean missing among
                                       numbers alone */
    bool bad;                       /* text by few cells (bad_cells.h) */
    enum rs_looks looks;
    char **hints; /* [n_hints] one line each, options as they are typed */
    size_t n_hints;
};

/* Of columns of a table; scratch is the same for all. */
struct rs_facts_source {
    const struct rs_table *table;
    const struct rs_dataset *data; /* text has its factor, where it has no more
                                      than rs_facts_most_levels */
    double *buffer;                /* [data->n_rows] scratch */
    struct rs_distinct *met;       /* scratch */
    size_t n_sorted;               /* columns that were sorted, at first 0 */
};

/* How many levels of text are counted: so many that one with more is an id, of
 * tables that are not long. */
size_t rs_facts_most_levels(const struct rs_dataset *data);

/*
 * Facts of a column, but hints (hints.h).
 * source  inout  its scratch
 * Owns: rs_facts_clear.
 */
void rs_facts_find(struct rs_facts *out, struct rs_facts_source *source,
                   size_t column);
void rs_facts_clear(struct rs_facts *facts);

#endif
