/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_READSTAT_INTERNAL_H
#define RS_READSTAT_INTERNAL_H

#include "cell_reader.h"
#include "readstat_formats.h"
#include "readstat_read.h"
#include "value_labels.h"

/* A column, as the file has it. */
struct rs_readstat_column {
    char *label;      /* NULL: none */
    const char *unit; /* of dates and times: time_units.h; NULL: none */
    bool text;        /* strings */
    char *set;        /* name of its set of labels; NULL: none */
    const struct rs_value_labels *labels; /* NULL: none */
    bool labelled; /* since it was loaded: every cell has a label */
};

/* An open file. */
struct rs_readstat {
    struct rs_bytes bytes;
    const struct rs_readstat_format *format;
    struct rs_readstat_library library;
    bool no_labels;
    struct rs_cell_readers cells;       /* what means missing */
    char **names;                       /* [n_columns] */
    struct rs_readstat_column *columns; /* [n_columns] */
    size_t n_columns;
    struct rs_label_sets labels;
    size_t n_rows;
    bool rows_known;
};

/* A cell. */
struct rs_readstat_cell {
    size_t row;
    size_t place; /* of its column, in visit->place */
    const struct rs_readstat_column *column;
    bool missing;
    double number;
    const char *text; /* of a string column, else NULL */
};

/* What every pass has first in its context. */
struct rs_readstat_visit {
    struct rs_readstat *file;
    struct rs_error error; /* of a handler, which then says ABORT */
    char reason[256];      /* the library's; "": none */
    /* of a pass over cells */
    const size_t *place; /* [file->n_columns] of columns that are wanted, else
                            SIZE_MAX */
    void (*on_cell)(struct rs_readstat_visit *visit,
                    const struct rs_readstat_cell *cell);
    size_t n_rows; /* that have been met */
};

/*
 * One reading of the file.
 * handlers  in     those for metadata, variable, value and value labels; NULL:
 *                  not wanted
 * visit     inout  the first member of what handlers get as context
 * Errors: visit->error, or RS_ERR_READ, RS_ERR_MALFORMED, RS_ERR_NOMEM.
 */
enum rs_status rs_readstat_pass(const readstat_callbacks_t *handlers,
                                struct rs_readstat_visit *visit,
                                struct rs_error *err) RS_MUST_CHECK;

/*
 * A pass over cells, row by row. Errors: also RS_ERR_MALFORMED where a file
 * whose number of rows is known has another one.
 */
enum rs_status rs_readstat_cells(struct rs_readstat_visit *visit,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
