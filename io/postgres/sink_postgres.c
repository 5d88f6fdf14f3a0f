/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_postgres.h"

#include "bytes.h"
#include "clock.h"
#include "mem.h"
#include "pg_rows.h"
#include "pg_run.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A batch is sent as it grows, and settled when it has this size or age. */
static const size_t settle_bytes = (size_t)64 << 20;
static const double settle_seconds = 2.0;
/* Bytes that go out together. */
enum { SEND_BYTES = 256 * 1024 };
/* Connections that one batch may cost. */
enum { LOSSES_MOST = 10 };
static const double pause_most = 8.0;   /* between two attempts to connect */
static const double abandon_most = 1.0; /* seconds for the last words */

/* Rows of one table that are not settled yet. They are kept until their
 * COMMIT is confirmed: after a lost connection they are sent again. */
struct batch {
    const struct rs_db_table *table; /* NULL: no such rows */
    struct rs_pages pages;
    size_t used;
    size_t whole;  /* bytes of whole tiles */
    uint64_t rows; /* in `used` */
    uint64_t whole_rows;
};

struct postgres_sink {
    struct rs_sink base;
    struct rs_sink_config config;
    struct rs_pg_rows *rows;
    struct rs_pg_tables tables;
    struct rs_pg pg;
    struct rs_pg_run run;
    struct rs_pg_state found; /* in the database, after a loss */
    struct batch first;       /* goes out as it comes */
    struct batch second;      /* terms beside pairs: when it is settled */
    size_t sent; /* of first, in the transaction under way: whole tiles */
    bool broken; /* some of what is not `sent` may be there, too */
    bool doubt;  /* COMMIT was sent, but not answered */
    bool in_transaction;
    bool in_copy;
    bool open;
    bool refused;         /* the rows of the batch cannot be stored */
    unsigned losses;      /* of this batch */
    uint64_t whole_tiles; /* from the first one on */
    double settled;       /* when */
    char partial[128];    /* "": nothing is known of what is there */
};

/* ---- rows (worker side) ------------------------------------------ */

static size_t postgres_row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    return rs_pg_rows_bound(((const struct postgres_sink *)base)->rows, y, x);
}

static size_t postgres_encode(const struct rs_sink *base, char *out,
                              const struct rs_row *row)
{
    return rs_pg_rows_encode(((const struct postgres_sink *)base)->rows, out,
                             row);
}

/* ---- losing and finding the server ------------------------------- */

/* Calls `attempt` until it does not fail by a lost connection, or time is
 * over. */
static enum rs_status insist(
    struct postgres_sink *sink,
    enum rs_status (*attempt)(struct postgres_sink *sink, struct rs_error *err),
    struct rs_error *err)
{
    double end = rs_clock_now() + sink->config.server.retry_seconds;
    double pause = 1.0;
    enum rs_status status = attempt(sink, err);

    while (status == RS_ERR_DB && sink->pg.lost &&
           rs_clock_now() + pause < end) {
        status = rs_pg_sleep(&sink->pg, pause, err);
        if (status == RS_OK)
            status = attempt(sink, err);
        pause = 2.0 * pause > pause_most ? pause_most : 2.0 * pause;
    }
    return status;
}

/* A new session that knows how the run stands. */
static enum rs_status reconnect(struct postgres_sink *sink,
                                struct rs_error *err)
{
    enum rs_status status = rs_pg_run_connect(&sink->run, &sink->pg,
                                              sink->config.place.durable, err);

    sink->sent = 0;
    sink->broken = false;
    sink->in_transaction = false;
    sink->in_copy = false;
    if (status == RS_OK)
        status = rs_pg_run_read(&sink->found, &sink->run, &sink->tables,
                                &sink->pg, err);
    return status;
}

/* Says what is in the database behind the reason why no more will be. */
static enum rs_status give_up(const struct postgres_sink *sink,
                              enum rs_status status, struct rs_error *err)
{
    size_t used = 0;

    if (err == NULL || status != RS_ERR_DB || sink->run.id[0] == '\0')
        return status;
    used = rs_utf8_whole(err->text, strnlen(err->text, 300));
    (void)snprintf(err->text + used, sizeof err->text - used,
                   "; the database has the %" PRIu64
                   " rows of the first %" PRIu64 " tiles as run %s",
                   sink->run.stored.rows_written, sink->run.stored.tiles_done,
                   sink->run.id);
    return status;
}

/* After a failure: makes a new session if the old one was lost. */
static enum rs_status recover(struct postgres_sink *sink, enum rs_status status,
                              struct rs_error *err)
{
    if (status != RS_ERR_DB || !sink->pg.lost) {
        sink->refused = status == RS_ERR_DB;
        return give_up(sink, status, err);
    }
    if (sink->config.server.retry_seconds <= 0.0 ||
        ++sink->losses > LOSSES_MOST)
        return give_up(sink, status, err);
    status = insist(sink, reconnect, err);
    if (status == RS_OK &&
        (sink->found.tiles_done < sink->run.stored.tiles_done ||
         sink->found.rows_written < sink->run.stored.rows_written))
        status = rs_error_set_os(err, RS_ERR_DB, sink->pg.label, 0,
                                 "the database has lost rows that it had "
                                 "confirmed (run %s has %" PRIu64
                                 " rows now, and had %" PRIu64 ")",
                                 sink->run.id, sink->found.rows_written,
                                 sink->run.stored.rows_written);
    return status == RS_OK ? RS_OK : give_up(sink, status, err);
}

/* ---- sending ----------------------------------------------------- */

static enum rs_status begin_copy(struct postgres_sink *sink,
                                 const struct batch *batch,
                                 struct rs_error *err)
{
    char *sql =
        rs_pg_tables_copy_sql(&sink->tables, &sink->pg, batch->table, err);
    enum rs_status status =
        sql == NULL ? RS_ERR_NOMEM : rs_pg_copy_begin(&sink->pg, sql, err);

    free(sql);
    return status;
}

static enum rs_status begin_transaction(struct postgres_sink *sink,
                                        struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (sink->in_transaction)
        return RS_OK;
    status = rs_pg_exec(&sink->pg, NULL, "BEGIN ISOLATION LEVEL READ COMMITTED",
                        NULL, 0, err);
    sink->in_transaction = status == RS_OK;
    return status;
}

/* Sends whole tiles of the first batch that have not been sent: to end the
 * run at once, nothing sent is to be taken back. */
static enum rs_status send_rows(struct postgres_sink *sink,
                                struct rs_error *err)
{
    const struct batch *batch = &sink->first;
    enum rs_status status = RS_OK;

    if (batch->whole == sink->sent)
        return RS_OK;
    status = begin_transaction(sink, err);
    if (status == RS_OK && !sink->in_copy) {
        status = begin_copy(sink, batch, err);
        sink->in_copy = status == RS_OK;
    }
    if (status == RS_OK) {
        status =
            rs_pg_copy_put(&sink->pg, (char *)batch->pages.base + sink->sent,
                           batch->whole - sink->sent, err);
        sink->broken = status != RS_OK;
    }
    if (status == RS_OK)
        sink->sent = batch->whole;
    return status;
}

/* Ends the COPY of a batch, and looks whether all rows are there. */
static enum rs_status end_copy(struct postgres_sink *sink,
                               const struct batch *batch, struct rs_error *err)
{
    uint64_t n = 0;
    enum rs_status status = rs_pg_copy_end(&sink->pg, &n, err);

    if (status != RS_OK || n == batch->whole_rows)
        return status;
    return rs_error_set_os(err, RS_ERR_DB, sink->pg.label, 0,
                           "table '%s' has taken %" PRIu64 " of %" PRIu64
                           " rows; has it a trigger?",
                           batch->table->name, n, batch->whole_rows);
}

static enum rs_status send_second(struct postgres_sink *sink,
                                  struct rs_error *err)
{
    const struct batch *batch = &sink->second;
    enum rs_status status = RS_OK;

    if (batch->whole == 0)
        return RS_OK;
    status = begin_copy(sink, batch, err);
    if (status == RS_OK)
        status =
            rs_pg_copy_put(&sink->pg, batch->pages.base, batch->whole, err);
    return status == RS_OK ? end_copy(sink, batch, err) : status;
}

/* What the end of a batch says. */
struct ending {
    struct rs_pg_state state;
    enum rs_pg_phase phase;
    const struct rs_tally *tally;
};

/*
 * Sends what is left of the batch, and commits it. The row of the run is
 * changed, and known to be, before COMMIT is sent: only then can the session
 * that comes after a loss see whether it went through.
 */
static enum rs_status commit(struct postgres_sink *sink,
                             const struct ending *ending, struct rs_error *err)
{
    enum rs_status status = send_rows(sink, err);

    if (status == RS_OK)
        status = begin_transaction(sink, err);
    if (status == RS_OK && sink->in_copy) {
        sink->in_copy = false;
        status = end_copy(sink, &sink->first, err);
    }
    if (status == RS_OK)
        status = send_second(sink, err);
    if (status == RS_OK)
        status = rs_pg_run_update(&sink->run, &ending->state, ending->phase,
                                  ending->tally, &sink->tables, &sink->pg, err);
    if (status != RS_OK)
        return status;
    sink->doubt = true;
    status = rs_pg_exec(&sink->pg, NULL, "COMMIT", NULL, 0, err);
    if (status == RS_OK)
        sink->in_transaction = false;
    sink->doubt = status != RS_OK;
    return status;
}

static void clear_batch(struct batch *batch)
{
    batch->used = 0;
    batch->whole = 0;
    batch->rows = 0;
    batch->whole_rows = 0;
}

/* True when the database stands as the batch would have left it. */
static bool went_through(const struct postgres_sink *sink,
                         const struct ending *ending)
{
    return sink->found.tiles_done == ending->state.tiles_done &&
           sink->found.rows_written == ending->state.rows_written &&
           sink->found.complete == (ending->phase == RS_PG_COMPLETE);
}

static enum rs_status settle(struct postgres_sink *sink, enum rs_pg_phase phase,
                             uint64_t n_tiles, const struct rs_tally *tally,
                             struct rs_error *err)
{
    const struct ending ending = {
        .state = {n_tiles,
                  sink->run.stored.rows_written + sink->first.whole_rows +
                      sink->second.whole_rows,
                  false},
        .phase = phase,
        .tally = tally,
    };
    enum rs_status status = commit(sink, &ending, err);

    while (status != RS_OK) {
        status = recover(sink, status, err);
        if (status != RS_OK)
            return status;
        if (went_through(sink, &ending))
            break;
        status = commit(sink, &ending, err);
    }
    sink->run.stored = ending.state;
    sink->sent = 0;
    sink->doubt = false;
    sink->losses = 0;
    sink->settled = rs_clock_now();
    clear_batch(&sink->first);
    clear_batch(&sink->second);
    return RS_OK;
}

/* ---- the life of the sink (parent side) -------------------------- */

static enum rs_status open_once(struct postgres_sink *sink,
                                struct rs_error *err)
{
    bool secret = rs_pg_target_is_secret(sink->config.place.path);
    bool found = false;
    enum rs_status status = rs_pg_run_connect(&sink->run, &sink->pg,
                                              sink->config.place.durable, err);

    sink->in_transaction = false;
    /* An attempt before this one may have been committed all the same. */
    if (status == RS_OK && sink->run.id[0] != '\0')
        status =
            rs_pg_run_find(&found, &sink->run, &sink->tables, &sink->pg, err);
    if (status != RS_OK || found)
        return status;
    status = begin_transaction(sink, err);
    if (status == RS_OK)
        status = rs_pg_tables_make(&sink->tables, &sink->pg, err);
    if (status == RS_OK)
        status =
            rs_pg_run_insert(&sink->run, &sink->tables, &sink->pg, secret, err);
    if (status == RS_OK)
        status = rs_pg_exec(&sink->pg, NULL, "COMMIT", NULL, 0, err);
    if (status == RS_OK)
        sink->in_transaction = false;
    return status;
}

static enum rs_status postgres_open(struct rs_sink *base, struct rs_error *err)
{
    struct postgres_sink *sink = (struct postgres_sink *)base;
    enum rs_status status = insist(sink, open_once, err);

    if (status != RS_OK) {
        rs_pg_close(&sink->pg);
        return status;
    }
    sink->open = true;
    sink->settled = rs_clock_now();
    return RS_OK;
}

static enum rs_status put_tuple(struct batch *batch, const char *tuple,
                                size_t n_bytes, int64_t run_id,
                                struct rs_error *err)
{
    enum rs_status status =
        rs_bytes_room(&batch->pages, batch->used + n_bytes, NULL);
    char *at = NULL;

    if (status != RS_OK)
        return rs_error_set(err, status,
                            "no memory for the rows that the database has not "
                            "confirmed");
    at = (char *)batch->pages.base + batch->used;
    memcpy(at, tuple, n_bytes);
    rs_pg_tuple_finish(at, run_id);
    batch->used += n_bytes;
    batch->rows++;
    return RS_OK;
}

static enum rs_status postgres_write(struct rs_sink *base, const void *bytes,
                                     size_t n_bytes, struct rs_error *err)
{
    struct postgres_sink *sink = (struct postgres_sink *)base;
    int64_t run_id = (int64_t)strtoll(sink->run.id, NULL, 10);
    const char *at = bytes;
    const char *end = at + n_bytes;
    enum rs_status status = RS_OK;

    while (at < end && status == RS_OK) {
        size_t len = 0;
        bool term = rs_pg_tuple_look(at, &len);
        struct batch *batch =
            term && sink->second.table != NULL ? &sink->second : &sink->first;
        status = put_tuple(batch, at, len, run_id, err);
        at += len;
    }
    return status;
}

static enum rs_status postgres_settle(struct rs_sink *base, uint64_t n_tiles,
                                      struct rs_error *err)
{
    struct postgres_sink *sink = (struct postgres_sink *)base;
    enum rs_status status = RS_OK;

    sink->whole_tiles = n_tiles;
    sink->first.whole = sink->first.used;
    sink->first.whole_rows = sink->first.rows;
    sink->second.whole = sink->second.used;
    sink->second.whole_rows = sink->second.rows;
    if (sink->first.used + sink->second.used >=
            sink->config.server.batch_bytes ||
        rs_clock_now() - sink->settled >= settle_seconds)
        return settle(sink, RS_PG_RUNNING, n_tiles, NULL, err);
    if (sink->first.whole - sink->sent < SEND_BYTES)
        return RS_OK;
    status = send_rows(sink, err);
    /* With a new session, the rows go out again with those to come. */
    return status == RS_OK ? RS_OK : recover(sink, status, err);
}

/* A server goes on with an index although nobody waits for it: another session
 * tells it to stop. */
static void end_session(struct postgres_sink *sink)
{
    enum rs_status status = RS_OK;

    sink->pg.until = rs_clock_now() + abandon_most;
    status = rs_pg_run_connect(&sink->run, &sink->pg, false, NULL);
    (void)status; /* at worst an index more is made */
}

/* Indexes are worth a second attempt, too. */
static enum rs_status make_indexes(struct postgres_sink *sink,
                                   struct rs_error *err)
{
    enum rs_status status = rs_pg_tables_index(&sink->tables, &sink->pg, err);

    while (status == RS_ERR_DB && sink->pg.lost) {
        status = recover(sink, status, err);
        if (status == RS_OK)
            status = rs_pg_tables_index(&sink->tables, &sink->pg, err);
        else
            break;
    }
    if (status == RS_ERR_INTERRUPTED)
        end_session(sink);
    return status;
}

static void set_partial(struct postgres_sink *sink)
{
    (void)snprintf(sink->partial, sizeof sink->partial, "%s, run_id %s",
                   sink->first.table->name, sink->run.id);
}

static enum rs_status postgres_finish(struct rs_sink *base,
                                      const struct rs_tally *tally,
                                      struct rs_error *err)
{
    struct postgres_sink *sink = (struct postgres_sink *)base;
    /* the best pairs come after all tiles */
    uint64_t n_tiles = sink->config.info == NULL ? sink->whole_tiles
                                                 : sink->config.info->n_tiles;
    enum rs_status status = settle(sink, RS_PG_COMPLETE, n_tiles, tally, err);

    if (status != RS_OK)
        return status;
    set_partial(sink);
    sink->open = false; /* there is nothing to abandon */
    status = make_indexes(sink, err);
    rs_pg_close(&sink->pg);
    return status == RS_ERR_INTERRUPTED
               ? rs_error_set(err, status,
                              "interrupted while indexes were made; the rows "
                              "are all there")
               : status;
}

/* Takes back the batch. */
static enum rs_status drop_batch(struct postgres_sink *sink,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    clear_batch(&sink->first);
    clear_batch(&sink->second);
    if (!sink->in_transaction)
        return RS_OK;
    if (sink->in_copy)
        status = rs_pg_copy_drop(&sink->pg, err);
    sink->in_copy = false;
    if (status == RS_OK)
        status = rs_pg_exec(&sink->pg, NULL, "ROLLBACK", NULL, 0, err);
    sink->in_transaction = false;
    sink->sent = 0;
    return status;
}

/* The session can still be told something. */
static bool is_usable(const struct postgres_sink *sink)
{
    PGTransactionStatusType at = sink->pg.conn == NULL
                                     ? PQTRANS_UNKNOWN
                                     : PQtransactionStatus(sink->pg.conn);

    return at != PQTRANS_UNKNOWN && (at != PQTRANS_ACTIVE || sink->in_copy);
}

/* Stores whole tiles and the end of the run. */
static enum rs_status end_incomplete(struct postgres_sink *sink,
                                     const struct rs_tally *tally)
{
    enum rs_status status = RS_OK;

    if (!sink->refused && !sink->broken)
        return settle(sink, RS_PG_ENDED, sink->whole_tiles, tally, NULL);
    status = drop_batch(sink, NULL);
    if (status == RS_OK)
        status =
            settle(sink, RS_PG_ENDED, sink->run.stored.tiles_done, NULL, NULL);
    return status;
}

/* No new session is made for this: a run that shall end ends. */
static void postgres_abandon(struct rs_sink *base, const struct rs_tally *tally)
{
    struct postgres_sink *sink = (struct postgres_sink *)base;
    bool stopped = sink->pg.stop != NULL && *sink->pg.stop != 0;
    bool ended = false;

    if (!sink->open)
        return;
    sink->open = false;
    sink->config.server.retry_seconds = 0.0;
    sink->pg.until = rs_clock_now() + abandon_most;
    if (is_usable(sink))
        ended = end_incomplete(sink, tally) == RS_OK;
    /* The server takes back what was not committed. */
    if ((ended && !sink->refused && sink->whole_tiles > 0) ||
        (stopped && !sink->doubt))
        set_partial(sink);
    rs_pg_close(&sink->pg);
}

static const char *postgres_partial(const struct rs_sink *base)
{
    const struct postgres_sink *sink = (const struct postgres_sink *)base;

    return sink->partial[0] == '\0' ? NULL : sink->partial;
}

static uint64_t postgres_left(const struct rs_sink *base, uint64_t *n_rows)
{
    *n_rows = 0;
    return ((const struct postgres_sink *)base)->run.stored.tiles_done;
}

static void postgres_free(struct rs_sink *base)
{
    struct postgres_sink *sink = (struct postgres_sink *)base;

    if (sink == NULL)
        return;
    postgres_abandon(base, NULL);
    rs_pg_rows_free(sink->rows);
    rs_pg_tables_clear(&sink->tables);
    rs_pages_free(&sink->first.pages);
    rs_pages_free(&sink->second.pages);
    free(sink);
}

static const struct rs_sink_ops postgres_ops = {
    .row_bound = postgres_row_bound,
    .encode = postgres_encode,
    .open = postgres_open,
    .write = postgres_write,
    .settle = postgres_settle,
    .finishing = "making indexes",
    .finish = postgres_finish,
    .abandon = postgres_abandon,
    .partial = postgres_partial,
    .left = postgres_left,
    .free = postgres_free,
};

/* ---- the kind ---------------------------------------------------- */

/* USER:PASSWORD without @HOST: the library would take the password for the
 * port, and say it. */
static enum rs_status check_name(const char *path, struct rs_error *err)
{
    const char *host = strstr(path, "://");
    const char *port = host == NULL ? NULL : strpbrk(host + 3, ":/?[,");

    if (port == NULL || *port != ':' || strchr(path, '@') != NULL ||
        strchr("/?", port[1 + strspn(port + 1, "0123456789")]) != NULL)
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{output}: what follows the colon is no port; a "
                        "password needs an @ and the host behind it");
}

static enum rs_status check(const struct rs_sink_config *config,
                            struct rs_error *err)
{
    struct rs_pg pg = {.target = config->place.path,
                       .stop = config->place.stop};
    struct rs_pg_tables tables;
    enum rs_status status = rs_pg_tables_init(&tables, config, err);

    if (status != RS_OK)
        return status;
    status = rs_pg_check_target(config->place.path, err);
    if (status == RS_OK)
        status = rs_pg_connect(&pg, err);
    if (status == RS_OK)
        status = rs_pg_exec(&pg, NULL, "BEGIN", NULL, 0, err);
    if (status == RS_OK)
        status = rs_pg_tables_make(&tables, &pg, err);
    if (status == RS_OK)
        status = rs_pg_tables_try(&tables, &pg, err);
    if (status == RS_OK)
        status = rs_pg_exec(&pg, NULL, "ROLLBACK", NULL, 0, err);
    rs_pg_close(&pg);
    rs_pg_tables_clear(&tables);
    return status;
}

static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err)
{
    struct postgres_sink *sink = rs_alloc(1, sizeof *sink, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (sink == NULL)
        return RS_ERR_NOMEM;
    sink->base.ops = &postgres_ops;
    sink->config = *config;
    if (sink->config.server.batch_bytes == 0)
        sink->config.server.batch_bytes = settle_bytes;
    sink->pg.target = config->place.path;
    sink->pg.stop = config->place.stop;
    status = rs_pg_tables_init(&sink->tables, &sink->config, err);
    if (status == RS_OK)
        status = rs_pg_rows_new(&sink->rows, &sink->config.rows, err);
    if (status != RS_OK) {
        postgres_free(&sink->base);
        return status;
    }
    sink->first.table = sink->tables.schema.fits.name != NULL
                            ? &sink->tables.schema.fits
                            : &sink->tables.schema.terms;
    if (sink->tables.schema.fits.name != NULL &&
        sink->tables.schema.terms.name != NULL)
        sink->second.table = &sink->tables.schema.terms;
    *out = &sink->base;
    return RS_OK;
}

static const char *const marks[] = {"postgresql:", "postgres:", NULL};

const struct rs_output_kind rs_output_postgres = {
    .name = "postgresql",
    .what = "a database",
    .marks = marks,
    .can = RS_OUTPUT_ROWS | RS_OUTPUT_BOTH | RS_OUTPUT_RUNS | RS_OUTPUT_URL,
    .row_seconds = 4e-6,
    .row_bytes = 200.0,
    .check_name = check_name,
    .check = check,
    .make = make,
};
