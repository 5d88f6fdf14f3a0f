/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TABLE_PART_H
#define RS_TABLE_PART_H

#include "csv_transpose.h"
#include "join.h"
#include "table.h"

/*
 * One file of a table, whichever way it lies. Private to table.c.
 */
struct rs_part {
    const char *path;
    struct rs_csv *csv;              /* of `lines` when that is not NULL */
    struct rs_csv_transposed *lines; /* one variable a line */
    const char *key; /* name of the key column, NULL without one */
    size_t key_column;
    size_t n_columns;        /* without the key */
    uint64_t n_rows;         /* set by the load */
    struct rs_dataset *data; /* only while the load goes on */
    size_t *place;           /* [n_columns] column of data */
    const char **key_texts;  /* [n_rows], pointing into data */
};

/* Opens a file; key: look for the key column.
 * Owns: rs_part_close, also after an error. Errors: those of rs_table_open. */
enum rs_status rs_part_open(struct rs_part *part, const char *path,
                            const struct rs_table_options *options, bool key,
                            struct rs_error *err) RS_MUST_CHECK;
void rs_part_close(struct rs_part *part);

/* Name of a column, from 0, the key not counted. */
const char *rs_part_name(const struct rs_part *part, size_t column);

/* Loads columns just so, as rs_csv_load; for a file that is the table. */
enum rs_status rs_part_load(struct rs_dataset **out, struct rs_part *part,
                            const size_t *columns, size_t n_columns,
                            struct rs_error *err) RS_MUST_CHECK;

/*
 * Loads columns to part->data, and the key before them; place tells where
 * they are. Every fault of a text column has its field.
 * columns  in  [n_columns] of the part, the key not counted
 */
enum rs_status rs_part_load_keyed(struct rs_part *part, const size_t *columns,
                                  size_t n_columns,
                                  struct rs_error *err) RS_MUST_CHECK;

/* The keys of what rs_part_load_keyed read: of the key column, or the names
 * of the samples. Owns: rs_keys_clear, also after an error. Errors:
 * RS_ERR_MALFORMED at a missing or repeated key. */
enum rs_status rs_part_keys(struct rs_keys *out, struct rs_part *part,
                            struct rs_error *err) RS_MUST_CHECK;

/* Frees what the load alone needs. */
void rs_part_drop_data(struct rs_part *part);

/* As rs_csv_load_factors; file_ix of the columns counts without the key. */
enum rs_status rs_part_load_factors(struct rs_part *part,
                                    struct rs_dataset *data,
                                    const size_t *columns, size_t n,
                                    struct rs_error *err) RS_MUST_CHECK;

#endif
