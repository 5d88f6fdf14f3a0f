/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_sqlite.h"

#include "clock.h"
#include "db_schema.h"
#include "mem.h"
#include "row_binary.h"
#include "sqlite_batch.h"
#include "sqlite_tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * Rows of pairs and of terms go to a table each. Workers only pack them; the
 * parent inserts a batch by one statement (sqlite_batch.h). A transaction
 * holds whole tiles and the count of them in `runs`, so that what is visible
 * is exactly the rows of so many tiles.
 *
 * The database is locked for the whole run, and keeps a rollback journal: of
 * a table that only grows it holds a few pages, where a write-ahead log would
 * hold every page a second time, and would leave two more files behind. A
 * killed run is rolled back by whoever opens the file next. Syncing costs a
 * tenth of the speed, the log a third; without it a power failure could damage
 * what others have in the file.
 */

/* A transaction ends, at the end of a tile, with so many rows or seconds. */
static const uint64_t commit_rows = 100000;
static const double commit_seconds = 1.0;

enum { PAIRS, TERMS, N_KINDS };

/* One kind of rows. */
struct kind {
    const struct rs_db_table *table; /* its name is NULL: not wanted */
    struct rs_row_layout layout;
    struct rs_sqlite_batch batch;
    sqlite3_stmt *insert;
    sqlite3_int64 last;    /* rowid of the last row */
    sqlite3_int64 settled; /* likewise of a settled tile */
    bool watched;          /* a trigger could take rows away again */
};

/* How far things are. */
struct mark {
    uint64_t tiles;
    uint64_t rows;
};

struct sqlite_sink {
    struct rs_sink base;
    struct rs_sink_config config;
    struct rs_db_schema schema;
    struct rs_sqlite_texts texts;
    struct kind kinds[N_KINDS];
    struct rs_sqlite sqlite;
    sqlite3_stmt *progress;
    sqlite3_int64 run_id;
    bool has_run;          /* the run is in the database */
    bool refused;          /* rows did not arrive */
    uint64_t rows;         /* inserted */
    struct mark settled;   /* whole tiles */
    struct mark committed; /* visible */
    double commit_time;
};

/* ---- rows (worker side) ------------------------------------------ */

static size_t sqlite_row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    const struct sqlite_sink *sink = (const struct sqlite_sink *)base;
    size_t pairs = sink->kinds[PAIRS].layout.row_bytes;
    size_t terms = sink->kinds[TERMS].layout.row_bytes;

    (void)y;
    (void)x;
    return pairs > terms ? pairs : terms;
}

static size_t sqlite_encode(const struct rs_sink *base, char *out,
                            const struct rs_row *row)
{
    const struct sqlite_sink *sink = (const struct sqlite_sink *)base;
    const struct rs_row_layout *layout =
        &sink->kinds[row->term == RS_NO_TERM ? PAIRS : TERMS].layout;

    rs_row_pack(out, layout, row);
    return layout->row_bytes;
}

/* ---- SQL (parent side) ------------------------------------------- */

static enum rs_status prepare(sqlite3_stmt **out,
                              const struct sqlite_sink *sink, char *sql,
                              struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (sql == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    if (sqlite3_prepare_v3(sink->sqlite.db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                           out, NULL) != SQLITE_OK)
        status = rs_sqlite_error(&sink->sqlite, err, RS_ERR_DB,
                                 "cannot write to the tables");
    sqlite3_free(sql);
    return status;
}

static enum rs_status begin(const struct sqlite_sink *sink,
                            struct rs_error *err)
{
    return rs_sqlite_run(&sink->sqlite, err, "BEGIN IMMEDIATE");
}

/* What went wrong with the rows, and how many of them stay. */
static enum rs_status write_error(const struct sqlite_sink *sink,
                                  struct rs_error *err)
{
    return rs_sqlite_error(&sink->sqlite, err, RS_ERR_DB,
                           "write failed behind %" PRIu64 " rows",
                           sink->committed.rows);
}

/* The row of `runs` has not changed as it should. */
static enum rs_status note_is_missing(const struct sqlite_sink *sink,
                                      struct rs_error *err)
{
    return rs_error_set_os(err, RS_ERR_DB, sink->config.place.path, 0,
                           "table '%s' does not take the note of run %lld; has "
                           "it a trigger?",
                           sink->schema.runs.name, (long long)sink->run_id);
}

static enum rs_status step_done(sqlite3_stmt *stmt)
{
    int rc = sqlite3_step(stmt);

    /* The error is still the connection's after the reset. */
    (void)sqlite3_reset(stmt);
    return rc == SQLITE_DONE ? RS_OK : RS_ERR_DB;
}

/* All rows that there are belong to whole tiles. */
static void mark_settled(struct sqlite_sink *sink, uint64_t n_tiles)
{
    for (int i = 0; i < N_KINDS; i++)
        sink->kinds[i].settled = sink->kinds[i].last;
    sink->settled = (struct mark){n_tiles, sink->rows};
}

/* Notes in `runs` what is settled, and makes it visible. */
static enum rs_status commit(struct sqlite_sink *sink, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    (void)sqlite3_bind_int64(sink->progress, 1,
                             (sqlite3_int64)sink->settled.tiles);
    (void)sqlite3_bind_int64(sink->progress, 2,
                             (sqlite3_int64)sink->settled.rows);
    status = step_done(sink->progress);
    if (status == RS_OK && sqlite3_changes(sink->sqlite.db) != 1)
        return note_is_missing(sink, err);
    if (status == RS_OK &&
        sqlite3_exec(sink->sqlite.db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        status = RS_ERR_DB;
    if (status != RS_OK)
        return write_error(sink, err);
    sink->committed = sink->settled;
    sink->commit_time = rs_clock_now();
    return RS_OK;
}

/* ---- opening ----------------------------------------------------- */

/* Settings that cannot be made within a transaction. Cache: negative is KiB.
 * The page size of a database that is there stays. */
static enum rs_status configure(const struct sqlite_sink *sink,
                                struct rs_error *err)
{
    return rs_sqlite_run(&sink->sqlite, err,
                         "PRAGMA page_size=16384; PRAGMA cache_size=-32768;"
                         "PRAGMA synchronous=%s",
                         sink->config.place.durable ? "FULL" : "NORMAL");
}

/* Takes the database and keeps it. Only a lock that is held is to be kept: two
 * runs that wait would keep what each other waits for. */
static enum rs_status lock(const struct sqlite_sink *sink, struct rs_error *err)
{
    return rs_sqlite_run(&sink->sqlite, err,
                         "BEGIN EXCLUSIVE; PRAGMA locking_mode=EXCLUSIVE");
}

/* The names of the columns of runs, and what they begin with. */
static char *run_values(const struct rs_db_table *runs,
                        const struct rs_run_info *info, sqlite3_int64 run_id)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendall(sql, "(");
    for (size_t i = 0; i < runs->n_columns; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i > 0 ? ", " : "",
                            runs->columns[i].name);
    sqlite3_str_appendf(
        sql, ") VALUES (%lld, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %lld, %lld, 0, 0, ",
        run_id, info->command, info->program, info->libraries, info->input,
        info->input_hash, info->notes, info->note, (sqlite3_int64)info->n_pairs,
        (sqlite3_int64)info->n_tiles);
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        sqlite3_str_appendall(sql, "0, ");
    sqlite3_str_appendall(sql,
                          "strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), NULL, 0)");
    return sqlite3_str_finish(sql);
}

static enum rs_status insert_run(struct sqlite_sink *sink, struct rs_error *err)
{
    const char *name = sink->schema.runs.name;
    enum rs_status status = rs_sqlite_number(
        &sink->run_id, &sink->sqlite, err,
        "SELECT coalesce(max(run_id), 0) + 1 FROM main.\"%w\"", name);
    char *text = NULL;

    if (status != RS_OK)
        return status;
    text = run_values(&sink->schema.runs, sink->config.info, sink->run_id);
    if (text == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    status = rs_sqlite_run(&sink->sqlite, err, "INSERT INTO main.\"%w\" %s",
                           name, text);
    sqlite3_free(text);
    return status;
}

/* By the names of the columns: those that were added stand at the end. NULL
 * without memory. */
static char *insert_text(const struct rs_db_table *table, const char *batch)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendf(sql, "INSERT OR FAIL INTO main.\"%w\"", table->name);
    for (size_t i = 0; i < table->n_columns; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i == 0 ? " (" : ", ",
                            table->columns[i].name);
    sqlite3_str_appendf(sql, ") SELECT * FROM temp.%s", batch);
    return sqlite3_str_finish(sql);
}

static enum rs_status prepare_kind(struct sqlite_sink *sink, int which,
                                   struct rs_error *err)
{
    static const char *const names[N_KINDS] = {"regsweep_batch_of_pairs",
                                               "regsweep_batch_of_terms"};
    struct kind *kind = &sink->kinds[which];
    enum rs_status status = RS_OK;

    if (kind->table->name == NULL)
        return RS_OK;
    kind->batch.run_id = sink->run_id;
    status = rs_sqlite_has_trigger(&kind->watched, &sink->sqlite,
                                   kind->table->name, err);
    if (status != RS_OK)
        return status;
    status = rs_sqlite_number(&kind->last, &sink->sqlite, err,
                              "SELECT coalesce(max(rowid), 0) FROM main.\"%w\"",
                              kind->table->name);
    if (status != RS_OK)
        return status;
    if (rs_sqlite_batch_register(sink->sqlite.db, names[which], &kind->batch) !=
        SQLITE_OK)
        return write_error(sink, err);
    return prepare(&kind->insert, sink, insert_text(kind->table, names[which]),
                   err);
}

static enum rs_status prepare_all(struct sqlite_sink *sink,
                                  struct rs_error *err)
{
    enum rs_status status =
        prepare(&sink->progress, sink,
                sqlite3_mprintf("UPDATE main.\"%w\" SET tiles_done = ?1, "
                                "rows_written = ?2 WHERE run_id = %lld",
                                sink->schema.runs.name, sink->run_id),
                err);

    for (int i = 0; i < N_KINDS && status == RS_OK; i++)
        status = prepare_kind(sink, i, err);
    mark_settled(sink, 0);
    return status;
}

/* The first transaction: the tables and the run. What is there may have
 * changed since it was looked at. */
static enum rs_status sqlite_open(struct rs_sink *base, struct rs_error *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)base;
    const struct rs_place *place = &sink->config.place;
    enum rs_status status =
        rs_sqlite_open(&sink->sqlite, place->path, true, place->stop, err);

    if (status == RS_OK)
        status = configure(sink, err);
    if (status == RS_OK)
        status = lock(sink, err);
    if (status == RS_OK)
        status = rs_sqlite_tables_check(&sink->sqlite, &sink->schema,
                                        place->append, place->force, err);
    if (status == RS_OK)
        status = rs_sqlite_tables_make(&sink->sqlite, &sink->schema,
                                       place->force, err);
    if (status == RS_OK)
        status = insert_run(sink, err);
    if (status == RS_OK)
        status = prepare_all(sink, err);
    if (status == RS_OK)
        status = commit(sink, err);
    if (status != RS_OK)
        return status;
    sink->has_run = true;
    return begin(sink, err);
}

/* ---- rows (parent side) ------------------------------------------ */

static enum rs_status rows_are_missing(struct sqlite_sink *sink,
                                       const struct kind *kind, uint64_t n,
                                       uint64_t wanted, struct rs_error *err)
{
    sink->refused = true;
    return rs_error_set_os(err, RS_ERR_DB, sink->config.place.path, 0,
                           "write failed behind %" PRIu64 " rows: of %" PRIu64
                           " rows table '%s' has taken "
                           "%" PRIu64 "%s",
                           sink->committed.rows, wanted, kind->table->name, n,
                           kind->watched ? "; it has a trigger" : "");
}

/* Inserts the rows of one kind out of a batch, and looks whether they are all
 * there. */
static enum rs_status insert_rows(struct sqlite_sink *sink, struct kind *kind,
                                  const void *bytes, size_t n_bytes,
                                  struct rs_error *err)
{
    sqlite3_int64 before = kind->last;
    sqlite3_int64 there = 0;
    uint64_t n = 0;

    kind->batch.bytes = bytes;
    kind->batch.n_bytes = n_bytes;
    kind->batch.n_rows = 0;
    if (step_done(kind->insert) != RS_OK)
        return write_error(sink, err);
    n = (uint64_t)sqlite3_changes(sink->sqlite.db);
    sink->rows += n;
    if (n > 0)
        kind->last = sqlite3_last_insert_rowid(sink->sqlite.db);
    if (n != kind->batch.n_rows)
        return rows_are_missing(sink, kind, n, kind->batch.n_rows, err);
    if (!kind->watched || n == 0)
        return RS_OK;
    if (rs_sqlite_number(&there, &sink->sqlite, err,
                         "SELECT count(*) FROM main.\"%w\" WHERE rowid > %lld",
                         kind->table->name, before) != RS_OK)
        return RS_ERR_DB;
    return (uint64_t)there == n
               ? RS_OK
               : rows_are_missing(sink, kind, (uint64_t)there, n, err);
}

static enum rs_status sqlite_write(struct rs_sink *base, const void *bytes,
                                   size_t n_bytes, struct rs_error *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)base;
    enum rs_status status = RS_OK;

    for (int i = 0; i < N_KINDS && n_bytes > 0 && status == RS_OK; i++)
        if (sink->kinds[i].insert != NULL)
            status = insert_rows(sink, &sink->kinds[i], bytes, n_bytes, err);
    return status;
}

static enum rs_status sqlite_settle(struct rs_sink *base, uint64_t n_tiles,
                                    struct rs_error *err)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)base;
    enum rs_status status = RS_OK;

    mark_settled(sink, n_tiles);
    if (sink->rows - sink->committed.rows < commit_rows &&
        rs_clock_now() - sink->commit_time < commit_seconds)
        return RS_OK;
    status = commit(sink, err);
    return status == RS_OK ? begin(sink, err) : status;
}

/* ---- the end ----------------------------------------------------- */

/* Ends the row of the run, with the counts by status when they are known. */
static enum rs_status end_run(const struct sqlite_sink *sink,
                              const struct rs_tally *tally, bool complete,
                              struct rs_error *err)
{
    sqlite3_str *counts = sqlite3_str_new(NULL);
    enum rs_status status = RS_OK;
    char *text = NULL;

    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        sqlite3_str_appendf(
            counts, "\"%w\" = %lld, ", rs_outcome_name((enum rs_outcome)i),
            tally == NULL ? 0 : (sqlite3_int64)tally->outcomes[i]);
    text = sqlite3_str_finish(counts);
    if (text == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    status = rs_sqlite_run(
        &sink->sqlite, err,
        "UPDATE main.\"%w\" SET %sended = strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', "
        "'now'), complete = %d WHERE run_id = %lld",
        sink->schema.runs.name, text, complete ? 1 : 0, sink->run_id);
    sqlite3_free(text);
    if (status == RS_OK && sqlite3_changes(sink->sqlite.db) != 1)
        status = note_is_missing(sink, err);
    return status;
}

/* An index on a column of the table of pairs; its name begins with that of the
 * table. */
static enum rs_status make_index(const struct sqlite_sink *sink, size_t i,
                                 struct rs_error *err)
{
    const struct rs_row_columns *pairs = &sink->config.rows.pairs;
    const char *table = sink->schema.fits.name;

    return rs_sqlite_run(&sink->sqlite, err,
                         "CREATE INDEX IF NOT EXISTS main.\"%w_%w\" ON \"%w\" "
                         "(\"%w\")",
                         table, rs_fields[pairs->fields[i]].name, table,
                         pairs->names[i]);
}

/* In the order of the result's columns, whatever that of the table. */
static enum rs_status make_indexes(const struct sqlite_sink *sink,
                                   struct rs_error *err)
{
    const struct rs_row_columns *pairs = &sink->config.rows.pairs;
    enum rs_status status = RS_OK;

    if (sink->schema.fits.name == NULL)
        return RS_OK;
    for (int field = 0; field < RS_FIELD_COUNT; field++)
        for (size_t i = 0; rs_fields[field].indexed && i < pairs->n; i++)
            if (status == RS_OK && (int)pairs->fields[i] == field)
                status = make_index(sink, i, err);
    return status;
}

/* SQLite sorts a list as large as its cache, which therefore must lie in the
 * processor's, and merges the sorted lists. The workers have done. */
static enum rs_status prepare_sorting(const struct sqlite_sink *sink,
                                      struct rs_error *err)
{
    return rs_sqlite_run(&sink->sqlite, err,
                         "PRAGMA cache_size=-4096; PRAGMA threads=3");
}

/* SQLite asks now and then, in what takes long, whether to go on. */
static int is_stopped(void *ctx)
{
    const struct sqlite_sink *sink = ctx;

    return sink->config.place.stop != NULL && *sink->config.place.stop != 0;
}

static void close_database(struct sqlite_sink *sink)
{
    for (int i = 0; i < N_KINDS; i++) {
        (void)sqlite3_finalize(sink->kinds[i].insert);
        sink->kinds[i].insert = NULL;
    }
    (void)sqlite3_finalize(sink->progress);
    sink->progress = NULL;
    rs_sqlite_close(&sink->sqlite);
}

/* The rows first: a disk that has no room for the indexes has it for them. */
static enum rs_status sqlite_finish(struct rs_sink *base,
                                    const struct rs_tally *tally,
                                    struct rs_error *err)
{
    enum { STEPS = 100000 };
    struct sqlite_sink *sink = (struct sqlite_sink *)base;
    enum rs_status status = RS_OK;

    mark_settled(sink, sink->config.info->n_tiles);
    status = commit(sink, err);
    sqlite3_progress_handler(sink->sqlite.db, STEPS, is_stopped, sink);
    if (status == RS_OK)
        status = prepare_sorting(sink, err);
    if (status == RS_OK)
        status = begin(sink, err);
    if (status == RS_OK)
        status = make_indexes(sink, err);
    if (status == RS_OK)
        status = end_run(sink, tally, true, err);
    if (status == RS_OK)
        status = rs_sqlite_run(&sink->sqlite, err, "COMMIT");
    sqlite3_progress_handler(sink->sqlite.db, 0, NULL, NULL);
    if (status == RS_OK)
        close_database(sink);
    return status;
}

/* Takes back the rows of a tile that is not whole. */
static enum rs_status drop_unsettled(const struct sqlite_sink *sink,
                                     struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (int i = 0; i < N_KINDS && status == RS_OK; i++) {
        const struct kind *kind = &sink->kinds[i];
        if (kind->insert != NULL)
            status = rs_sqlite_run(&sink->sqlite, err,
                                   "DELETE FROM main.\"%w\" WHERE rowid > %lld",
                                   kind->table->name, kind->settled);
    }
    return status;
}

/* The counts belong to the tiles that the caller knows as settled: where
 * these are not all visible, or the rows come at the end, none are told. */
static enum rs_status end_incomplete(struct sqlite_sink *sink,
                                     const struct rs_tally *tally,
                                     struct rs_error *err)
{
    bool same = sink->committed.tiles == sink->settled.tiles;
    enum rs_status status = begin(sink, err);

    if (status == RS_OK)
        status = end_run(sink, same && sink->committed.tiles > 0 ? tally : NULL,
                         false, err);
    if (status == RS_OK)
        status = rs_sqlite_run(&sink->sqlite, err, "COMMIT");
    return status;
}

static void sqlite_abandon(struct rs_sink *base, const struct rs_tally *tally)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)base;
    struct rs_error ignored; /* the error that led here is the one to tell */
    enum rs_status status = RS_OK;

    if (sink->sqlite.db == NULL)
        return;
    if (sink->has_run && !sink->refused &&
        sqlite3_get_autocommit(sink->sqlite.db) == 0) {
        if (sink->rows > sink->settled.rows)
            status = drop_unsettled(sink, &ignored);
        if (status == RS_OK)
            status = commit(sink, &ignored);
    }
    if (sqlite3_get_autocommit(sink->sqlite.db) == 0)
        (void)sqlite3_exec(sink->sqlite.db, "ROLLBACK", NULL, NULL, NULL);
    if (sink->has_run && end_incomplete(sink, tally, &ignored) != RS_OK)
        (void)sqlite3_exec(sink->sqlite.db, "ROLLBACK", NULL, NULL, NULL);
    close_database(sink);
}

static const char *sqlite_partial(const struct rs_sink *base)
{
    const struct sqlite_sink *sink = (const struct sqlite_sink *)base;

    return sink->committed.rows > 0 ? sink->config.place.path : NULL;
}

static uint64_t sqlite_left(const struct rs_sink *base, uint64_t *n_rows)
{
    *n_rows = 0;
    return ((const struct sqlite_sink *)base)->committed.tiles;
}

static void sqlite_free(struct rs_sink *base)
{
    struct sqlite_sink *sink = (struct sqlite_sink *)base;

    if (sink == NULL)
        return;
    sqlite_abandon(base, NULL);
    for (int i = 0; i < N_KINDS; i++)
        rs_row_layout_clear(&sink->kinds[i].layout);
    rs_sqlite_texts_clear(&sink->texts);
    rs_db_schema_clear(&sink->schema);
    free(sink);
}

static const struct rs_sink_ops sqlite_ops = {
    .row_bound = sqlite_row_bound,
    .encode = sqlite_encode,
    .open = sqlite_open,
    .write = sqlite_write,
    .settle = sqlite_settle,
    .finishing = "making indexes",
    .finish = sqlite_finish,
    .abandon = sqlite_abandon,
    .partial = sqlite_partial,
    .left = sqlite_left,
    .free = sqlite_free,
};

/* ---- before the run ---------------------------------------------- */

static enum rs_status prepare_layouts(struct sqlite_sink *sink,
                                      struct rs_error *err)
{
    const struct rs_rows_shape *rows = &sink->config.rows;
    struct kind *pairs = &sink->kinds[PAIRS];
    struct kind *terms = &sink->kinds[TERMS];
    enum rs_status status =
        rs_row_layout_init(&pairs->layout, rows->pairs.fields, rows->pairs.n,
                           rows->n_covariates, rows->conf_level, err);

    if (status == RS_OK)
        status = rs_row_layout_init(&terms->layout, rows->terms.fields,
                                    rows->terms.n, rows->n_covariates,
                                    rows->conf_level, err);
    pairs->table = &sink->schema.fits;
    terms->table = &sink->schema.terms;
    pairs->batch = (struct rs_sqlite_batch){
        .layout = &pairs->layout,
        .texts = &sink->texts,
        .other_bytes = terms->layout.row_bytes,
    };
    terms->batch = (struct rs_sqlite_batch){
        .layout = &terms->layout,
        .texts = &sink->texts,
        .other_bytes = pairs->layout.row_bytes,
        .terms = true,
    };
    return status;
}

static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err)
{
    struct sqlite_sink *sink = rs_alloc(1, sizeof *sink, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (sink == NULL)
        return RS_ERR_NOMEM;
    sink->base.ops = &sqlite_ops;
    sink->config = *config;
    status = rs_sqlite_schema_init(&sink->schema, config, err);
    if (status == RS_OK)
        status = rs_sqlite_texts_init(&sink->texts, &sink->config.rows, err);
    if (status == RS_OK)
        status = prepare_layouts(sink, err);
    if (status != RS_OK) {
        sqlite_free(&sink->base);
        return status;
    }
    *out = &sink->base;
    return RS_OK;
}

static const char *const marks[] = {"sqlite:", ".db", ".sqlite", ".sqlite3",
                                    NULL};

const struct rs_output_kind rs_output_sqlite = {
    .name = "sqlite",
    .what = "a database",
    .marks = marks,
    .can = RS_OUTPUT_ROWS | RS_OUTPUT_BOTH | RS_OUTPUT_RUNS,
    .row_seconds = 2e-6,
    .row_bytes = 124.0,
    .check = rs_sqlite_check,
    .make = make,
};
