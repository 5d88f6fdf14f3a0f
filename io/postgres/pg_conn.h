/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PG_CONN_H
#define RS_PG_CONN_H

#include "error.h"
#include "pg_library.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A connection to a PostgreSQL server. Every wait looks at *stop and at the
 * clock, so that neither a dead network nor a server that hangs can hold a
 * run that shall end.
 *
 * Functions that fail return RS_ERR_DB (or RS_ERR_INTERRUPTED, RS_ERR_NOMEM)
 * and set `lost`: true when the connection is gone and what was under way may
 * be tried again with another, false when the server has refused. Messages
 * name the database by user, host, port and name, never by the connection
 * string, which may hold a password.
 */
struct rs_pg {
    const char *target;     /* as given: URL, or postgresql:KEYWORD=VALUE... */
    const atomic_int *stop; /* NULL allowed */
    PGconn *conn;           /* NULL: not connected */
    double until; /* by rs_clock_now: the end of all waits; 0: no end. It comes
                     soon once *stop says so */
    bool lost;
    char label[256]; /* the database, for people; "" before connecting */
};

/* Looks whether a connection string can be one, and loads libpq for that.
 * Errors: RS_ERR_USAGE, which does not repeat any of it; RS_ERR_NOMEM; those
 * of rs_pg_library_load. */
enum rs_status rs_pg_check_target(const char *target,
                                  struct rs_error *err) RS_MUST_CHECK;

/* True when the connection string holds a password. After
 * rs_pg_check_target. */
bool rs_pg_target_is_secret(const char *target);

/* Connects, as UTF-8. Closes what was open. Errors: also those of
 * rs_pg_library_load. */
enum rs_status rs_pg_connect(struct rs_pg *pg,
                             struct rs_error *err) RS_MUST_CHECK;

/* Closes at once; the server rolls back what was not committed. */
void rs_pg_close(struct rs_pg *pg);

/*
 * Runs a statement.
 * out     out  the result, text values; NULL: not wanted. PQclear
 * values  in   [n_values] texts for $1, $2, ...; NULL is SQL's NULL
 * Notes: several statements separated by semicolons are allowed without
 * values; the result is the last one's.
 */
enum rs_status rs_pg_exec(struct rs_pg *pg, PGresult **out, const char *sql,
                          const char *const *values, int n_values,
                          struct rs_error *err) RS_MUST_CHECK;

/* COPY ... FROM STDIN (FORMAT binary): begins it and writes the header. */
enum rs_status rs_pg_copy_begin(struct rs_pg *pg, const char *sql,
                                struct rs_error *err) RS_MUST_CHECK;

/* Rows in the binary format. */
enum rs_status rs_pg_copy_put(struct rs_pg *pg, const char *bytes,
                              size_t n_bytes,
                              struct rs_error *err) RS_MUST_CHECK;

/* Writes the trailer and waits until the server has taken all.
 * n_rows  out  that it has stored */
enum rs_status rs_pg_copy_end(struct rs_pg *pg, uint64_t *n_rows,
                              struct rs_error *err) RS_MUST_CHECK;

/* Ends a COPY so that the server drops its rows; what it says of that is
 * not an error. */
enum rs_status rs_pg_copy_drop(struct rs_pg *pg,
                               struct rs_error *err) RS_MUST_CHECK;

/* Sleeps. Errors: RS_ERR_INTERRUPTED as soon as *stop says so. */
enum rs_status rs_pg_sleep(const struct rs_pg *pg, double seconds,
                           struct rs_error *err) RS_MUST_CHECK;

#endif
