/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlite_tables.h"

#include "mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char run_id[] = "run_id";

static const char *const types[RS_DB_N_TYPES] = {
    [RS_DB_TEXT] = "TEXT", [RS_DB_INTEGER] = "INTEGER", [RS_DB_REAL] = "REAL",
    [RS_DB_TIME] = "TEXT", [RS_DB_BOOLEAN] = "INTEGER",
};

/* ---- the connection ---------------------------------------------- */

/* Called when another holds the lock; 0 gives up. */
static int wait_for_lock(void *ctx, int n)
{
    enum { MOST_WAITS = 200 };
    const struct timespec nap = {.tv_nsec = 50 * 1000 * 1000};
    const struct rs_sqlite *sqlite = ctx;

    if (n >= MOST_WAITS || (sqlite->stop != NULL && *sqlite->stop != 0))
        return 0;
    (void)nanosleep(&nap, NULL);
    return 1;
}

enum rs_status rs_sqlite_open(struct rs_sqlite *sqlite, const char *path,
                              bool create, const atomic_int *stop,
                              struct rs_error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (create ? SQLITE_OPEN_CREATE : 0);
    size_t size = strlen(path) + 3;
    char *name = rs_alloc(size, 1, err);
    int rc = SQLITE_OK;

    *sqlite = (struct rs_sqlite){.path = path, .stop = stop};
    if (name == NULL)
        return RS_ERR_NOMEM;
    /* Not file:x, nor :memory: */
    (void)snprintf(name, size, "%s%s", path[0] == '/' ? "" : "./", path);
    rc = sqlite3_open_v2(name, &sqlite->db, flags, NULL);
    free(name);
    if (rc != SQLITE_OK) {
        enum rs_status status = rs_sqlite_error(sqlite, err, RS_ERR_OPEN,
                                                "cannot open the database");
        rs_sqlite_close(sqlite);
        return status;
    }
    (void)sqlite3_busy_handler(sqlite->db, wait_for_lock, sqlite);
    return RS_OK;
}

void rs_sqlite_close(struct rs_sqlite *sqlite)
{
    (void)sqlite3_close(sqlite->db);
    sqlite->db = NULL;
}

enum rs_status rs_sqlite_error(const struct rs_sqlite *sqlite,
                               struct rs_error *err, enum rs_status status,
                               const char *fmt, ...)
{
    char text[RS_ERROR_TEXT];
    int code = sqlite3_errcode(sqlite->db) & 0xff;
    int why = 0;
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (code == SQLITE_NOMEM || sqlite->db == NULL)
        status = RS_ERR_NOMEM;
    if (code == SQLITE_INTERRUPT)
        return rs_error_set(err, RS_ERR_INTERRUPTED,
                            "interrupted while indexes were made; the rows "
                            "are all there");
    if (code == SQLITE_BUSY && sqlite->stop != NULL && *sqlite->stop != 0)
        return rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted");
    if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_FULL)
        why = sqlite3_system_errno(sqlite->db);
    return rs_error_set_os(err, status, sqlite->path, why, "%s: %s", text,
                           sqlite->db == NULL ? "out of memory"
                                              : sqlite3_errmsg(sqlite->db));
}

enum rs_status rs_sqlite_run(const struct rs_sqlite *sqlite,
                             struct rs_error *err, const char *fmt, ...)
{
    va_list args;
    char *sql = NULL;
    int rc = SQLITE_NOMEM;
    enum rs_status status = RS_OK;

    va_start(args, fmt);
    sql = sqlite3_vmprintf(fmt, args);
    va_end(args);
    if (sql != NULL)
        rc = sqlite3_exec(sqlite->db, sql, NULL, NULL, NULL);
    if (sql == NULL)
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    else if (rc != SQLITE_OK)
        status =
            rs_sqlite_error(sqlite, err, RS_ERR_DB, "the database refuses");
    sqlite3_free(sql);
    return status;
}

enum rs_status rs_sqlite_number(sqlite3_int64 *out,
                                const struct rs_sqlite *sqlite,
                                struct rs_error *err, const char *fmt, ...)
{
    sqlite3_stmt *stmt = NULL;
    enum rs_status status = RS_OK;
    va_list args;
    char *sql = NULL;

    *out = 0;
    va_start(args, fmt);
    sql = sqlite3_vmprintf(fmt, args);
    va_end(args);
    if (sql == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    if (sqlite3_prepare_v2(sqlite->db, sql, -1, &stmt, NULL) != SQLITE_OK ||
        sqlite3_step(stmt) != SQLITE_ROW)
        status = rs_sqlite_error(sqlite, err, RS_ERR_DB,
                                 "cannot look into the database");
    else
        *out = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_finalize(stmt);
    sqlite3_free(sql);
    return status;
}

enum rs_status rs_sqlite_has_trigger(bool *out, const struct rs_sqlite *sqlite,
                                     const char *table, struct rs_error *err)
{
    sqlite3_int64 n = 0;
    enum rs_status status =
        rs_sqlite_number(&n, sqlite, err,
                         "SELECT count(*) FROM main.sqlite_master WHERE type = "
                         "'trigger' AND tbl_name = %Q COLLATE NOCASE",
                         table);

    *out = n > 0;
    return status;
}

/* ---- names ------------------------------------------------------- */

enum rs_status rs_sqlite_schema_init(struct rs_db_schema *schema,
                                     const struct rs_sink_config *config,
                                     struct rs_error *err)
{
    const struct rs_labels *labels = &config->rows.labels;

    for (size_t k = 0; k < labels->n; k++)
        if (sqlite3_stricmp(labels->columns[k].name, "rowid") == 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "column '%s' has the name by which SQLite "
                                "numbers the rows of a table",
                                labels->columns[k].name);
    return rs_db_schema_init(schema, &config->rows, config->place.table, err);
}

/* ---- what is there ----------------------------------------------- */

enum kind { ABSENT, TABLE, OTHER };

/* A query about the thing of a name. */
static enum rs_status ask(sqlite3_stmt **out, const struct rs_sqlite *sqlite,
                          const char *sql, const char *name,
                          struct rs_error *err)
{
    if (sqlite3_prepare_v2(sqlite->db, sql, -1, out, NULL) != SQLITE_OK ||
        sqlite3_bind_text(*out, 1, name, -1, SQLITE_STATIC) != SQLITE_OK) {
        enum rs_status status = rs_sqlite_error(sqlite, err, RS_ERR_OPEN,
                                                "cannot use it as a database");
        (void)sqlite3_finalize(*out);
        *out = NULL;
        return status;
    }
    return RS_OK;
}

static enum rs_status find_kind(enum kind *out, const struct rs_sqlite *sqlite,
                                const char *name, struct rs_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum rs_status status =
        ask(&stmt, sqlite,
            "SELECT type FROM sqlite_master WHERE name = ?1 COLLATE NOCASE",
            name, err);
    int rc = SQLITE_DONE;

    *out = ABSENT;
    if (status != RS_OK)
        return status;
    rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        *out = strcmp((const char *)sqlite3_column_text(stmt, 0), "table") == 0
                   ? TABLE
                   : OTHER;
    else if (rc != SQLITE_DONE)
        status = rs_sqlite_error(sqlite, err, RS_ERR_OPEN,
                                 "cannot use it as a database");
    (void)sqlite3_finalize(stmt);
    return status;
}

static const char columns_sql[] =
    "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid";

/* The first column of all our tables is run_id. */
static enum rs_status check_ours(const struct rs_sqlite *sqlite,
                                 const char *name, struct rs_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum rs_status status = ask(&stmt, sqlite, columns_sql, name, err);

    if (status != RS_OK)
        return status;
    if (sqlite3_step(stmt) != SQLITE_ROW ||
        strcmp((const char *)sqlite3_column_text(stmt, 0), run_id) != 0)
        status = rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                                 "'%s' in it is not of regsweep; choose other "
                                 "names by {table}",
                                 name);
    (void)sqlite3_finalize(stmt);
    return status;
}

/* Column i of a table, as it is there and as it should be: NULL: not at all.
 */
static enum rs_status compare_column(const struct rs_sqlite *sqlite,
                                     sqlite3_stmt *there,
                                     const struct rs_db_table *table, size_t i,
                                     const struct rs_db_column *column,
                                     struct rs_error *err)
{
    const char *name = (const char *)sqlite3_column_text(there, 0);
    const char *type = (const char *)sqlite3_column_text(there, 1);

    if (column == NULL)
        return rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                               "{append}: table '%s' has a column '%s', which "
                               "this run does not have",
                               table->name, name);
    if (name == NULL || strcmp(name, column->name) != 0)
        return rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                               "{append}: column %zu of table '%s' is '%s', in "
                               "this run it is '%s'",
                               i + 1, table->name, name == NULL ? "" : name,
                               column->name);
    if (type == NULL || strcmp(type, types[column->type]) != 0)
        return rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                               "{append}: column '%s' of table '%s' is of type "
                               "%s, not %s",
                               name, table->name, type == NULL ? "" : type,
                               types[column->type]);
    return RS_OK;
}

static enum rs_status compare_table(const struct rs_sqlite *sqlite,
                                    const struct rs_db_table *table,
                                    struct rs_error *err)
{
    sqlite3_stmt *stmt = NULL;
    const struct rs_db_column *left = NULL;
    size_t next = 0;
    enum rs_status status = RS_OK;

    if (table->later)
        return RS_OK;
    status = ask(&stmt, sqlite, columns_sql, table->name, err);
    if (status != RS_OK)
        return status;
    for (size_t i = 0; status == RS_OK && sqlite3_step(stmt) == SQLITE_ROW; i++)
        status = compare_column(
            sqlite, stmt, table, i,
            rs_db_match(&next, table,
                        (const char *)sqlite3_column_text(stmt, 0)),
            err);
    (void)sqlite3_finalize(stmt);
    left = rs_db_match(&next, table, NULL);
    if (status == RS_OK && left != NULL)
        status = rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                                 "{append}: table '%s' has no column '%s'",
                                 table->name, left->name);
    return status;
}

/* ---- what may be done -------------------------------------------- */

/* A table, or what has its name. */
static enum rs_status check_table(const struct rs_sqlite *sqlite,
                                  const struct rs_db_schema *schema, int which,
                                  enum kind kind, bool append, bool force,
                                  struct rs_error *err)
{
    const struct rs_db_table *table = rs_db_schema_table(schema, which);
    const char *name = schema->names[which];

    if (kind == ABSENT || (table->name == NULL && !force))
        return RS_OK;
    if (!append && !force)
        return rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                               "there is a table '%s' in it already; {append} "
                               "adds a run to it, {force} replaces it",
                               name);
    if (kind == OTHER)
        return rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                               "'%s' in it is not a table; choose other names "
                               "by {table}",
                               name);
    return append ? compare_table(sqlite, table, err)
                  : check_ours(sqlite, name, err);
}

/* Rows without a note of their run are not to be added to. */
static enum rs_status check_runs(const struct rs_sqlite *sqlite,
                                 const struct rs_db_schema *schema,
                                 const enum kind *kinds, struct rs_error *err)
{
    int found = kinds[RS_DB_FITS] != ABSENT ? RS_DB_FITS : RS_DB_TERMS;

    if (kinds[RS_DB_RUNS] != ABSENT || kinds[found] == ABSENT ||
        rs_db_schema_table(schema, found)->name == NULL)
        return RS_OK;
    return rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                           "{append}: there is a table '%s' in it, but no '%s'",
                           schema->names[found], schema->names[RS_DB_RUNS]);
}

/* Indexes come last, and must not fail for their names. */
static enum rs_status check_indexes(const struct rs_sqlite *sqlite,
                                    const struct rs_db_schema *schema,
                                    struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (int field = 0; field < RS_FIELD_COUNT && status == RS_OK; field++) {
        char *name = NULL;
        sqlite3_int64 n = 0;
        if (!rs_fields[field].indexed)
            continue;
        name = sqlite3_mprintf("%s_%s", schema->names[RS_DB_FITS],
                               rs_fields[field].name);
        if (name == NULL)
            return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        status = rs_sqlite_number(&n, sqlite, err,
                                  "SELECT count(*) FROM sqlite_master WHERE "
                                  "name = %Q COLLATE NOCASE AND type IN "
                                  "('table', 'view')",
                                  name);
        if (status == RS_OK && n > 0)
            status = rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                                     "'%s' in it has the name of an index of "
                                     "this run; choose other names by {table}",
                                     name);
        sqlite3_free(name);
    }
    return status;
}

enum rs_status rs_sqlite_tables_check(const struct rs_sqlite *sqlite,
                                      const struct rs_db_schema *schema,
                                      bool append, bool force,
                                      struct rs_error *err)
{
    enum kind kinds[RS_DB_N_TABLES];
    enum rs_status status = RS_OK;

    for (int i = 0; i < RS_DB_N_TABLES && status == RS_OK; i++)
        status = find_kind(&kinds[i], sqlite, schema->names[i], err);
    if (status == RS_OK && sqlite3_db_readonly(sqlite->db, "main") == 1)
        status = rs_error_set_os(err, RS_ERR_OPEN, sqlite->path, 0,
                                 "cannot write: %s",
                                 sqlite3_errstr(SQLITE_READONLY));
    if (status == RS_OK && append)
        status = check_runs(sqlite, schema, kinds, err);
    for (int i = 0; i < RS_DB_N_TABLES && status == RS_OK; i++)
        status = check_table(sqlite, schema, i, kinds[i], append, force, err);
    if (status == RS_OK && schema->fits.name != NULL)
        status = check_indexes(sqlite, schema, err);
    return status;
}

/* ---- making them ------------------------------------------------- */

/* The columns that a table of an earlier version lacks. */
static enum rs_status add_columns(const struct rs_sqlite *sqlite,
                                  const struct rs_db_table *table,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < table->n_columns && status == RS_OK; i++) {
        const struct rs_db_column *column = &table->columns[i];
        sqlite3_int64 there = 1;
        if (column->added)
            status = rs_sqlite_number(&there, sqlite, err,
                                      "SELECT count(*) FROM "
                                      "pragma_table_info(%Q) WHERE name = %Q",
                                      table->name, column->name);
        if (status == RS_OK && there == 0)
            status = rs_sqlite_run(
                sqlite, err, "ALTER TABLE \"%w\" ADD COLUMN \"%w\" %s%s",
                table->name, column->name, types[column->type],
                column->required ? " NOT NULL DEFAULT 0" : "");
    }
    return status;
}

enum rs_status rs_sqlite_tables_make(const struct rs_sqlite *sqlite,
                                     const struct rs_db_schema *schema,
                                     bool force, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (int i = 0; i < RS_DB_N_TABLES && status == RS_OK; i++) {
        const struct rs_db_table *table = rs_db_schema_table(schema, i);
        enum kind kind = ABSENT;
        char *sql = NULL;
        status = find_kind(&kind, sqlite, schema->names[i], err);
        if (status == RS_OK && kind != ABSENT && force) {
            status = rs_sqlite_run(sqlite, err, "DROP TABLE main.\"%w\"",
                                   schema->names[i]);
            kind = ABSENT;
        }
        if (status == RS_OK && kind != ABSENT && table->name != NULL)
            status = add_columns(sqlite, table, err);
        if (status != RS_OK || kind != ABSENT || table->name == NULL)
            continue;
        sql = rs_db_create_sql(table, types, "INTEGER PRIMARY KEY", err);
        if (sql == NULL)
            return RS_ERR_NOMEM;
        status = rs_sqlite_run(sqlite, err, "%s", sql);
        free(sql);
    }
    return status;
}
