/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_H
#define RS_SOURCE_H

#include "source_ops.h"

/*
 * Reading a source, whatever kind it is. The kinds are a table in source.c: a
 * new one is its own file and a row.
 */

/*
 * Opens a file, as it is or compressed.
 * path  in  borrowed until close; "-" is standard input
 * Owns: rs_source_close. Errors: those of inflate.h and of the kind, and
 * RS_ERR_USAGE when there is no such kind; *out is NULL then.
 */
enum rs_status rs_source_open(struct rs_source **out, const char *path,
                              const struct rs_source_options *options,
                              struct rs_error *err) RS_MUST_CHECK;

/*
 * How the cells of each column are read, in place of options.csv.cells; before
 * a load.
 * Errors: RS_ERR_USAGE for a kind whose cells are no texts; RS_ERR_NOMEM.
 */
enum rs_status rs_source_set_rules(struct rs_source *source,
                                   const struct rs_column_rules *rules,
                                   struct rs_error *err) RS_MUST_CHECK;

/*
 * Reads columns; may be called again, for others: what the open has read is not
 * read once more, and a pipe is held until close.
 * out      out  the dataset, columns in the order of `columns`, whose file_ix
 *               is the position in the source
 * columns  in   [n] of the source, each at most once
 * Owns: the caller frees *out with rs_dataset_free. Errors: those of the kind,
 * as rs_csv_load; RS_ERR_READ when the number of rows has changed.
 */
enum rs_status rs_source_load(struct rs_dataset **out, struct rs_source *source,
                              const size_t *columns, size_t n,
                              struct rs_error *err) RS_MUST_CHECK;

/* Reads columns of a loaded dataset as categories, as rs_csv_load_factors. */
enum rs_status rs_source_load_factors(struct rs_source *source,
                                      struct rs_dataset *data,
                                      const struct rs_factors_ask *ask,
                                      struct rs_error *err) RS_MUST_CHECK;

/* The physical line and the field of a cell, for messages; 0 where there is no
 * such thing. After a load. column: RS_ROW_NAME is the name of the row. */
enum rs_status rs_source_locate(uint64_t *line, size_t *field,
                                const struct rs_source *source, uint64_t row,
                                size_t column,
                                struct rs_error *err) RS_MUST_CHECK;

/* Adds to an error that may come of reading a file otherwise than it is meant
 * how it seems to be meant, and what to type: `; blanks separate the fields:
 * {d} blanks`. */
void rs_source_offer(struct rs_error *err, const struct rs_source *source);

/* Whether one of the first lines begins with a name, as that of a variable in a
 * file that has one a line. */
bool rs_source_has_line(const struct rs_source *source, const char *name);

/* Closes and frees; NULL allowed. */
void rs_source_close(struct rs_source *source);

#endif
