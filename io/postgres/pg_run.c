/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pg_run.h"

#include "clock.h"
#include "mem.h"
#include "pg_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How long a session that has been told to end may take to do so. */
static const double end_seconds = 10.0;

/* ---- sessions ---------------------------------------------------- */

static void copy_value(char *out, size_t cap, const PGresult *result,
                       int column)
{
    (void)snprintf(out, cap, "%s", PQgetvalue(result, 0, column));
}

/* Ends the session before this one, if it is still there, and waits for it.
 * The time when it began tells it from a later one with the same pid. */
static enum rs_status end_old_session(struct rs_pg_run *run, struct rs_pg *pg,
                                      struct rs_error *err)
{
    static const char ask[] =
        "SELECT pg_catalog.pg_terminate_backend(pid) FROM "
        "pg_catalog.pg_stat_activity WHERE pid = $1::int AND backend_start = "
        "$2::timestamptz";
    const char *const values[] = {run->pid, run->since};
    double end = rs_clock_now() + end_seconds;
    bool there = run->pid[0] != '\0';
    enum rs_status status = RS_OK;

    while (there && status == RS_OK) {
        PGresult *result = NULL;
        status = rs_pg_exec(pg, &result, ask, values, 2, err);
        there = status == RS_OK && PQntuples(result) > 0;
        PQclear(result);
        if (there && rs_clock_now() > end) {
            pg->lost = true; /* to be tried again */
            return rs_error_set_os(err, RS_ERR_DB, pg->label, 0,
                                   "the session that was cut off does not "
                                   "end");
        }
        if (there)
            status = rs_pg_sleep(pg, 0.05, err);
    }
    if (status == RS_OK)
        run->pid[0] = '\0';
    return status;
}

static enum rs_status note_session(struct rs_pg_run *run, struct rs_pg *pg,
                                   struct rs_error *err)
{
    static const char ask[] =
        "SELECT pid, backend_start FROM pg_catalog.pg_stat_activity WHERE pid "
        "= pg_catalog.pg_backend_pid()";
    PGresult *result = NULL;
    enum rs_status status = rs_pg_exec(pg, &result, ask, NULL, 0, err);

    if (status == RS_OK && PQntuples(result) > 0) {
        copy_value(run->pid, sizeof run->pid, result, 0);
        copy_value(run->since, sizeof run->since, result, 1);
    }
    PQclear(result);
    return status;
}

enum rs_status rs_pg_run_connect(struct rs_pg_run *run, struct rs_pg *pg,
                                 bool durable, struct rs_error *err)
{
    static const char wait_for_disk[] =
        "SELECT pg_catalog.set_config('synchronous_commit', 'on', false) "
        "WHERE pg_catalog.current_setting('synchronous_commit') = 'off'";
    enum rs_status status = rs_pg_connect(pg, err);

    if (status == RS_OK)
        status = end_old_session(run, pg, err);
    if (status == RS_OK && durable)
        status = rs_pg_exec(pg, NULL, wait_for_disk, NULL, 0, err);
    return status == RS_OK ? note_session(run, pg, err) : status;
}

/* ---- the row ----------------------------------------------------- */

/* A text that the database takes: bytes that are not UTF-8 as \xHH. */
static char *clean_text(const char *text, struct rs_error *err)
{
    static const char hex[] = "0123456789abcdef";
    char *out = NULL;
    char *at = NULL;

    if (text == NULL)
        text = "";
    if (rs_pg_is_utf8(text))
        return rs_text_copy(text, strlen(text), err);
    out = rs_alloc(4 * strlen(text) + 1, 1, err);
    at = out;
    for (const char *s = text; out != NULL && *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x80) {
            *at++ = *s;
            continue;
        }
        *at++ = '\\';
        *at++ = 'x';
        *at++ = hex[c >> 4];
        *at++ = hex[c & 15];
    }
    return out;
}

static char *insert_sql(const struct rs_pg_tables *tables, struct rs_pg *pg,
                        struct rs_error *err)
{
    char *name = rs_pg_tables_name(tables, pg, &tables->schema.runs, err);
    char *text = NULL;
    size_t size = 0;
    FILE *out = name == NULL ? NULL : open_memstream(&text, &size);

    if (out == NULL) {
        if (name != NULL)
            (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        free(name);
        return NULL;
    }
    (void)fprintf(out,
                  "INSERT INTO %s (command, program, libraries, input, "
                  "input_hash, pairs, tiles, notes, note, tiles_done, "
                  "rows_written",
                  name);
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        (void)fprintf(out, ", %s", rs_outcome_name((enum rs_outcome)i));
    (void)fprintf(out, ", started, complete) VALUES ($1, $2, $3, $4, $5, $6, "
                       "$7, $8, $9, 0, 0");
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        (void)fprintf(out, ", 0");
    (void)fprintf(out, ", pg_catalog.clock_timestamp(), false) RETURNING "
                       "run_id, started");
    free(name);
    if (fclose(out) != 0) {
        free(text);
        (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        return NULL;
    }
    return text;
}

enum rs_status rs_pg_run_insert(struct rs_pg_run *run,
                                const struct rs_pg_tables *tables,
                                struct rs_pg *pg, bool secret,
                                struct rs_error *err)
{
    enum { N_TEXTS = 6, NOTES = 4, N_VALUES = 9 };
    static const int places[N_TEXTS] = {0, 1, 2, 3, 7, 8};
    const struct rs_run_info none = {0};
    const struct rs_run_info *info =
        tables->config.info == NULL ? &none : tables->config.info;
    const char *texts[N_TEXTS] = {secret ? "" : info->command,
                                  info->program,
                                  info->libraries,
                                  info->input,
                                  info->notes,
                                  info->note};
    char *clean[N_TEXTS] = {NULL};
    char counts[2][24];
    const char *values[N_VALUES] = {
        NULL,      NULL,      NULL, NULL, info->input_hash,
        counts[0], counts[1], NULL, NULL};
    char *sql = insert_sql(tables, pg, err);
    PGresult *result = NULL;
    enum rs_status status = sql == NULL ? RS_ERR_NOMEM : RS_OK;

    for (int i = 0; i < N_TEXTS && status == RS_OK; i++) {
        if (i >= NOTES && texts[i] == NULL)
            continue; /* the others are empty, not NULL */
        clean[i] = clean_text(texts[i], err);
        values[places[i]] = clean[i];
        status = clean[i] == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    (void)snprintf(counts[0], sizeof counts[0], "%" PRIu64, info->n_pairs);
    (void)snprintf(counts[1], sizeof counts[1], "%" PRIu64, info->n_tiles);
    if (status == RS_OK)
        status = rs_pg_exec(pg, &result, sql, values, N_VALUES, err);
    if (status == RS_OK) {
        copy_value(run->id, sizeof run->id, result, 0);
        copy_value(run->started, sizeof run->started, result, 1);
    }
    PQclear(result);
    for (int i = 0; i < N_TEXTS; i++)
        free(clean[i]);
    free(sql);
    return status;
}

/* Runs `before` NAME `behind`, with the run's key and start as $1 and $2. */
static enum rs_status exec_on_run(PGresult **out, const struct rs_pg_run *run,
                                  const struct rs_pg_tables *tables,
                                  struct rs_pg *pg, const char *before,
                                  const char *behind, struct rs_error *err)
{
    const char *const values[] = {run->id, run->started};
    const struct rs_pg_statement statement = {before, &tables->schema.runs,
                                              behind, values, 2};

    *out = NULL;
    return rs_pg_tables_exec(out, tables, pg, &statement, err);
}

enum rs_status rs_pg_run_find(bool *found, const struct rs_pg_run *run,
                              const struct rs_pg_tables *tables,
                              struct rs_pg *pg, struct rs_error *err)
{
    static const char ask[] =
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2";
    const char *const values[] = {tables->space, tables->schema.runs.name};
    PGresult *result = NULL;
    enum rs_status status = rs_pg_exec(pg, &result, ask, values, 2, err);

    *found = status == RS_OK && PQntuples(result) > 0;
    PQclear(result);
    if (!*found)
        return status;
    status = exec_on_run(&result, run, tables, pg, "SELECT 1 FROM ",
                         " WHERE run_id = $1::bigint AND started = "
                         "$2::timestamptz",
                         err);
    *found = status == RS_OK && PQntuples(result) > 0;
    PQclear(result);
    return status;
}

static enum rs_status row_is_gone(const struct rs_pg_run *run,
                                  const struct rs_pg_tables *tables,
                                  const struct rs_pg *pg, struct rs_error *err)
{
    return rs_error_set_os(err, RS_ERR_DB, pg->label, 0,
                           "somebody else has changed or removed run %s in "
                           "table '%s'",
                           run->id, tables->schema.runs.name);
}

enum rs_status rs_pg_run_read(struct rs_pg_state *state,
                              const struct rs_pg_run *run,
                              const struct rs_pg_tables *tables,
                              struct rs_pg *pg, struct rs_error *err)
{
    PGresult *result = NULL;
    enum rs_status status =
        exec_on_run(&result, run, tables, pg,
                    "SELECT tiles_done, rows_written, complete FROM ",
                    " WHERE run_id = $1::bigint AND started = "
                    "$2::timestamptz",
                    err);

    if (status == RS_OK && PQntuples(result) != 1)
        status = row_is_gone(run, tables, pg, err);
    if (status == RS_OK) {
        state->tiles_done = strtoull(PQgetvalue(result, 0, 0), NULL, 10);
        state->rows_written = strtoull(PQgetvalue(result, 0, 1), NULL, 10);
        state->complete = PQgetvalue(result, 0, 2)[0] == 't';
    }
    PQclear(result);
    return status;
}

/* "tiles_done = ..., ..."; all values are numbers of ours. */
static char *update_sql(const struct rs_pg_run *run,
                        const struct rs_pg_state *state, enum rs_pg_phase phase,
                        const struct rs_tally *tally)
{
    char *text = NULL;
    size_t size = 0;
    uint64_t pairs = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    (void)fprintf(out, " SET tiles_done = %" PRIu64 ", rows_written = %" PRIu64,
                  state->tiles_done, state->rows_written);
    for (int i = 0; tally != NULL && i < RS_FIT_N_OUTCOMES; i++) {
        (void)fprintf(out, ", %s = %" PRIu64,
                      rs_outcome_name((enum rs_outcome)i), tally->outcomes[i]);
        pairs += tally->outcomes[i];
    }
    if (phase != RS_PG_RUNNING)
        (void)fprintf(out, ", ended = pg_catalog.clock_timestamp()");
    if (phase == RS_PG_COMPLETE)
        (void)fprintf(out, ", complete = true, pairs = %" PRIu64, pairs);
    (void)fprintf(out,
                  " WHERE run_id = $1::bigint AND started = $2::timestamptz "
                  "AND tiles_done = %" PRIu64 " AND rows_written = %" PRIu64
                  " AND NOT complete",
                  run->stored.tiles_done, run->stored.rows_written);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

enum rs_status rs_pg_run_update(const struct rs_pg_run *run,
                                const struct rs_pg_state *state,
                                enum rs_pg_phase phase,
                                const struct rs_tally *tally,
                                const struct rs_pg_tables *tables,
                                struct rs_pg *pg, struct rs_error *err)
{
    char *behind = update_sql(run, state, phase, tally);
    PGresult *result = NULL;
    enum rs_status status = RS_OK;

    if (behind == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    status = exec_on_run(&result, run, tables, pg, "UPDATE ", behind, err);
    if (status == RS_OK && strcmp(PQcmdTuples(result), "1") != 0)
        status = row_is_gone(run, tables, pg, err);
    PQclear(result);
    free(behind);
    return status;
}
