/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DB_SCHEMA_H
#define RS_DB_SCHEMA_H

#include "sink.h"

/*
 * The tables of a result in a database, the same for every database.
 *
 * fits   run_id, the labels of the part and the result columns, a row per
 *        pair
 * terms  the same with the columns of --rows terms, a row per coefficient
 * runs   a row per run: run_id, command, program, libraries, input,
 *        input_hash, notes (of the input), note (the user's), pairs, tiles (of
 * the plan), tiles_done (settled: what is visible is exactly the rows of
 * these), rows_written, the pairs of each status under the status's name,
 * started, ended, complete
 *
 * With --table NAME they are called NAME, NAME_terms and NAME_runs. Indexes
 * on y, x and p are called TABLE_y, TABLE_x, TABLE_p.
 */
enum rs_db_type {
    RS_DB_TEXT,
    RS_DB_INTEGER,
    RS_DB_REAL,
    RS_DB_TIME,
    RS_DB_BOOLEAN,
    RS_DB_N_TYPES
};

struct rs_db_column {
    const char *name; /* as in the database, not quoted */
    enum rs_db_type type;
    bool required; /* NOT NULL */
    bool added;    /* earlier versions made the table without it: --append
                      adds it, with 0 if it is required */
};

struct rs_db_table {
    const char *name; /* not quoted; NULL: there is no such table */
    struct rs_db_column *columns;
    size_t n_columns;
    bool later; /* there are more, which are not known yet */
};

enum { RS_DB_FITS, RS_DB_TERMS, RS_DB_RUNS, RS_DB_N_TABLES };

struct rs_db_schema {
    struct rs_db_table fits, terms, runs;
    /* Names of all three, not quoted, whether there is such a table or not:
     * what --force replaces may have been of another kind. */
    char *names[RS_DB_N_TABLES];
};

/*
 * rows   in  borrowed for its life
 * table  in  NULL: "fits"
 * Owns: rs_db_schema_clear.
 * Errors: RS_ERR_USAGE when two columns have one name (names in a database
 * do not tell upper from lower case); RS_ERR_NOMEM.
 */
enum rs_status rs_db_schema_init(struct rs_db_schema *schema,
                                 const struct rs_rows_shape *rows,
                                 const char *table,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_db_schema_clear(struct rs_db_schema *schema);

/* One of the three: RS_DB_FITS, ... */
const struct rs_db_table *rs_db_schema_table(const struct rs_db_schema *schema,
                                             int which);

/*
 * Holds the columns of a table that is there, in their order, against those
 * that it should have. Added ones may be missing, and may stand anywhere:
 * ALTER TABLE puts them at the end.
 * next  inout  0 at first
 * name  in     of the next column that is there; NULL: there is no more
 * Returns the column that it should be, which may have another name; NULL:
 * there should be no more.
 */
const struct rs_db_column *
rs_db_match(size_t *next, const struct rs_db_table *table, const char *name);

/*
 * CREATE TABLE for a table; names are quoted as SQL demands (" doubled).
 * types      in  [RS_DB_N_TYPES] what the database calls them
 * run_id     in  type and constraint of runs.run_id, the key
 * Returns text that the caller frees; NULL and err filled without memory.
 */
char *rs_db_create_sql(const struct rs_db_table *table,
                       const char *const *types, const char *run_id,
                       struct rs_error *err);

#endif
