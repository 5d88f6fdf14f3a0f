/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SQLITE_BATCH_H
#define RS_SQLITE_BATCH_H

#include "row_binary.h"
#include "sink.h"

#include <sqlite3.h>

/*
 * A virtual table whose rows are the bytes that workers sent: `INSERT INTO fits
 * SELECT * FROM batch` takes a whole batch at once, and nothing is bound,
 * copied or formatted for a single row. That is twice as fast as binding the
 * values of many rows to one statement.
 */
struct rs_sqlite_text {
    const char *text;
    int len;
};

/* What the rows of all batches have in common. */
struct rs_sqlite_texts {
    const struct rs_rows_shape *rows;
    struct rs_sqlite_text *names; /* [columns of the dataset] */
    struct rs_sqlite_text *terms; /* [rows->n_term_texts] */
    struct rs_sqlite_text model;
    struct rs_sqlite_text outcomes[RS_FIT_N_OUTCOMES];
    char *dropped; /* [rs_dropped_most] to make a text in; NULL: none */
};

/* Owns: rs_sqlite_texts_clear, also after an error. The texts themselves are
 * the shape's. Errors: RS_ERR_NOMEM. */
enum rs_status rs_sqlite_texts_init(struct rs_sqlite_texts *texts,
                                    const struct rs_rows_shape *rows,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_sqlite_texts_clear(struct rs_sqlite_texts *texts);

/* The rows of one kind in a batch; bytes, n_bytes and n_rows change, the rest
 * is set once. */
struct rs_sqlite_batch {
    const struct rs_row_layout *layout;
    const struct rs_sqlite_texts *texts;
    size_t other_bytes; /* of the rows of the other kind, which are skipped */
    bool terms;         /* rows of terms, not of pairs */
    sqlite3_int64 run_id;
    const char *bytes; /* [n_bytes] whole rows */
    size_t n_bytes;
    uint64_t n_rows; /* out: of this kind, once they have been read */
};

/* Makes a batch the table temp.NAME of a connection, which no table of the
 * database can stand in front of; it is borrowed until the connection is
 * closed. Returns SQLite's code. */
int rs_sqlite_batch_register(sqlite3 *db, const char *name,
                             struct rs_sqlite_batch *batch);

#endif
