/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PG_TABLES_H
#define RS_PG_TABLES_H

#include "db_schema.h"
#include "pg_conn.h"

/*
 * The tables of a result in a PostgreSQL database (db_schema.h). --table may
 * be SCHEMA.NAME; without a schema they lie where CREATE TABLE puts them, in
 * the first schema of the search path.
 */
struct rs_pg_tables {
    struct rs_sink_config config; /* place.table without its schema */
    struct rs_db_schema schema;   /* the tables of this run */
    struct rs_db_schema all;      /* the names of all three */
    char *space;                  /* the schema; NULL: not known yet */
};

/* Owns: rs_pg_tables_clear. Errors: RS_ERR_USAGE for a --table that cannot
 * be; RS_ERR_NOMEM. */
enum rs_status rs_pg_tables_init(struct rs_pg_tables *tables,
                                 const struct rs_sink_config *config,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_pg_tables_clear(struct rs_pg_tables *tables);

/*
 * In a transaction: finds the schema, looks at the tables that exist, drops
 * them with --force, compares them with --append, and creates what is
 * missing.
 * Errors: RS_ERR_OPEN when a table exists that must not; RS_ERR_DB for
 * columns that differ, for tables that are not a result of ours, and when the
 * server refuses.
 */
enum rs_status rs_pg_tables_make(struct rs_pg_tables *tables, struct rs_pg *pg,
                                 struct rs_error *err) RS_MUST_CHECK;

/* In a transaction, behind rs_pg_tables_make: does what a run will do, with
 * no rows, to learn whether it may. */
enum rs_status rs_pg_tables_try(const struct rs_pg_tables *tables,
                                struct rs_pg *pg,
                                struct rs_error *err) RS_MUST_CHECK;

/* Creates the indexes on y, x and p that are not there, where the user owns
 * the tables. */
enum rs_status rs_pg_tables_index(const struct rs_pg_tables *tables,
                                  struct rs_pg *pg,
                                  struct rs_error *err) RS_MUST_CHECK;

/* "schema"."name", quoted by libpq. The caller frees; NULL and err filled
 * otherwise. */
char *rs_pg_tables_name(const struct rs_pg_tables *tables, struct rs_pg *pg,
                        const struct rs_db_table *table, struct rs_error *err);

/* A statement about a table: `before` "schema"."name" `behind`. */
struct rs_pg_statement {
    const char *before;
    const struct rs_db_table *table;
    const char *behind;
    const char *const *values; /* [n_values] texts for $1, $2, ... */
    int n_values;
};

/* Runs a statement. out: the result; NULL: not wanted. */
enum rs_status rs_pg_tables_exec(PGresult **out,
                                 const struct rs_pg_tables *tables,
                                 struct rs_pg *pg,
                                 const struct rs_pg_statement *statement,
                                 struct rs_error *err) RS_MUST_CHECK;

/* COPY schema.table (columns) FROM STDIN in the binary format. As above. */
char *rs_pg_tables_copy_sql(const struct rs_pg_tables *tables, struct rs_pg *pg,
                            const struct rs_db_table *table,
                            struct rs_error *err);

#endif
