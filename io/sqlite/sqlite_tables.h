/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SQLITE_TABLES_H
#define RS_SQLITE_TABLES_H

#include "db_schema.h"

#include <sqlite3.h>
#include <stdatomic.h>

/*
 * The tables of a result in an SQLite database, and the connection to it.
 */

/* A connection, and what its messages are about. */
struct rs_sqlite {
    sqlite3 *db; /* NULL when closed */
    const char *path;
    const atomic_int *stop; /* NULL allowed */
};

/*
 * Opens a file as a database. The lock of another program is waited for ten
 * seconds, and no longer than *stop is 0.
 * sqlite  out  not to be moved while it is open
 * path    in   borrowed; never taken for a URI or one of SQLite's own names
 * create  in   a file that is not there is made, once something is written
 * Owns: rs_sqlite_close. Errors: RS_ERR_OPEN, RS_ERR_NOMEM.
 */
enum rs_status rs_sqlite_open(struct rs_sqlite *sqlite, const char *path,
                              bool create, const atomic_int *stop,
                              struct rs_error *err) RS_MUST_CHECK;
void rs_sqlite_close(struct rs_sqlite *sqlite);

/* Fills err with a text and SQLite's own reason. Returns status, or the
 * RS_ERR_ that the reason demands: RS_ERR_NOMEM, RS_ERR_INTERRUPTED (waiting
 * for a lock and making indexes can be interrupted). */
enum rs_status rs_sqlite_error(const struct rs_sqlite *sqlite,
                               struct rs_error *err, enum rs_status status,
                               const char *fmt, ...) RS_PRINTF(4, 5);

/* Runs SQL made from a format of sqlite3_mprintf. Errors: RS_ERR_DB, or
 * as of rs_sqlite_error. */
enum rs_status rs_sqlite_run(const struct rs_sqlite *sqlite,
                             struct rs_error *err, const char *fmt,
                             ...) RS_MUST_CHECK;

/* A whole number out of the first row of a query. Errors: RS_ERR_DB. */
enum rs_status rs_sqlite_number(sqlite3_int64 *out,
                                const struct rs_sqlite *sqlite,
                                struct rs_error *err, const char *fmt,
                                ...) RS_MUST_CHECK;

/* Whether a table of the database has triggers. Errors: RS_ERR_DB. */
enum rs_status rs_sqlite_has_trigger(bool *out, const struct rs_sqlite *sqlite,
                                     const char *table,
                                     struct rs_error *err) RS_MUST_CHECK;

/*
 * As rs_db_schema_init, of the output and rows of a run. Errors: besides,
 * RS_ERR_USAGE for a label called rowid: rows are counted and taken back by it.
 */
enum rs_status rs_sqlite_schema_init(struct rs_db_schema *schema,
                                     const struct rs_sink_config *config,
                                     struct rs_error *err) RS_MUST_CHECK;

/*
 * Looks whether the tables that are there allow the run.
 * Errors: RS_ERR_OPEN: the file is no database, or cannot be written; with
 * neither append nor force, there is a result; with force, a table of that
 * name is not ours; with append, a column differs (the first is named); what is
 * no index has the name of one.
 */
enum rs_status rs_sqlite_tables_check(const struct rs_sqlite *sqlite,
                                      const struct rs_db_schema *schema,
                                      bool append, bool force,
                                      struct rs_error *err) RS_MUST_CHECK;

/* Makes the tables that are not there; with force, drops those of a former
 * result before. Errors: RS_ERR_DB. */
enum rs_status rs_sqlite_tables_make(const struct rs_sqlite *sqlite,
                                     const struct rs_db_schema *schema,
                                     bool force,
                                     struct rs_error *err) RS_MUST_CHECK;

#endif
