/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_OPS_H
#define RS_SOURCE_OPS_H

#include "csv_read.h"
#include "transposed_layout.h"

/*
 * A source: something that has columns of a table, whatever it is. It is
 * opened, which tells what columns there are; then some are loaded to a
 * dataset, as often as is wished. This is what a kind of source is made of;
 * source.h is for those who want to read one.
 */
struct rs_source {
    const struct rs_source_ops *ops;
    const char *path; /* as in messages, borrowed; NULL: no file */
    size_t n_columns;
    const char *const *names;     /* [n_columns] */
    const char *const *row_names; /* [n_rows], NULL where one has none; NULL:
                                     rows have no names */
    uint64_t n_rows;              /* 0: known after the first load */
    uint64_t n_bytes;             /* of the input; 0: no file */
    uint64_t header_line;         /* physical line on which all names stand; 0:
                                     there is no such line */
    const struct rs_transposed_layout *layout; /* of a file with a variable a
                                                  line; NULL: it is none */
};

struct rs_source_options {
    const char *kind; /* its name; NULL: the first that knows the input by its
                         first bytes */
    struct rs_csv_options csv; /* for delimited text; cells for all */
    struct rs_transposed_options transposed;
    bool no_labels;           /* numbers for which the file has words stay */
    bool header_only;         /* names are wanted, soon: those of the beginning,
                                 where it takes long to find all */
    struct rs_hashes *hashes; /* gets that of the bytes; NULL: not wanted */
};

/* In place of a column: the name of the row. */
#define RS_ROW_NAME SIZE_MAX

struct rs_source_ops {
    const char *name;
    bool typed; /* cells have types; false: they are text */

    /* Whether an input that begins so is of this kind; n may be 0. NULL: the
     * kind is asked for by name alone. */
    bool (*is)(const unsigned char *head, size_t n);

    /*
     * Reads what there is to know before columns are chosen; path, n_bytes and
     * ops are set by the caller. NULL: it is made otherwise, from no bytes.
     * bytes  inout  taken over, also after an error; its path lives until then
     * Errors: *out is NULL then.
     */
    enum rs_status (*open)(struct rs_source **out, struct rs_bytes *bytes,
                           const struct rs_source_options *options,
                           struct rs_error *err);

    /* As rs_source_set_rules. NULL: cells are no texts. */
    enum rs_status (*set_rules)(struct rs_source *source,
                                const struct rs_column_rules *rules,
                                struct rs_error *err);

    /* Reads columns, as rs_source_load in source.h; may be called again. */
    enum rs_status (*load)(struct rs_dataset **out, struct rs_source *source,
                           const size_t *columns, size_t n,
                           struct rs_error *err);

    /* As rs_source_load_factors. */
    enum rs_status (*load_factors)(struct rs_source *source,
                                   struct rs_dataset *data,
                                   const struct rs_factors_ask *ask,
                                   struct rs_error *err);

    /* As rs_source_locate; line and field are 0 before. NULL: nothing has a
     * line. */
    enum rs_status (*locate)(uint64_t *line, size_t *field,
                             const struct rs_source *source, uint64_t row,
                             size_t column, struct rs_error *err);

    /* As rs_source_offer. NULL: there is nothing to offer. */
    void (*offer)(struct rs_error *err, const struct rs_source *source);

    /* As rs_source_has_line. NULL: it has none. */
    bool (*has_line)(const struct rs_source *source, const char *name);

    void (*close)(struct rs_source *source);
};

#endif
