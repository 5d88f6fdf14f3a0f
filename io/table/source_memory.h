/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_MEMORY_H
#define RS_SOURCE_MEMORY_H

#include "source_ops.h"

/*
 * Columns that lie in memory already. They are borrowed until the source is
 * closed; a load copies what it is asked for, so that the dataset can outlive
 * them and be changed (missing.h fills and drops cells).
 */
struct rs_memory_column {
    const char *name;
    const double *values;     /* [n_rows], NaN = missing; NULL with texts */
    const char *const *texts; /* [n_rows], NULL = missing; NULL with values */
};

/*
 * A source of such columns, read as source.h says.
 * columns  in  [n_columns]; this list itself is copied
 * Owns: rs_source_close. Errors: RS_ERR_INCONSISTENT when there is no row;
 * RS_ERR_NOMEM; *out is NULL then. Notes: a column of texts is text unless all
 * are missing, and its levels are the bytes; those of values are their numbers.
 */
enum rs_status rs_source_memory_new(struct rs_source **out,
                                    const struct rs_memory_column *columns,
                                    size_t n_columns, size_t n_rows,
                                    struct rs_error *err) RS_MUST_CHECK;

#endif
