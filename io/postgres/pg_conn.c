/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pg_conn.h"

#include "clock.h"
#include "mem.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* How long waits go on once the run shall stop. */
static const double stop_seconds = 0.5;
/* An attempt to connect, unless connect_timeout says otherwise. */
static const double connect_seconds = 10.0;
enum { SLICE_MS = 100, CHUNK = 256 * 1024 };

static const char scheme_long[] = "postgresql:";
static const char scheme_short[] = "postgres:";

/* ---- the connection string --------------------------------------- */

static bool begins_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* What follows the scheme, whose letters may be of either case. */
static const char *behind_scheme(const char *target)
{
    static const char *const schemes[] = {scheme_long, scheme_short};

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(target, schemes[i], strlen(schemes[i])) == 0)
            return target + strlen(schemes[i]);
    return target;
}

/* What libpq is given, which the caller frees: keywords and values, or a URL
 * that begins as it wants one to. */
static char *new_conninfo(const char *target, struct rs_error *err)
{
    const char *rest = behind_scheme(target);
    const char *scheme = begins_with(rest, "//") ? scheme_long : "";
    size_t size = strlen(scheme) + strlen(rest) + 1;
    char *info = rs_alloc(size, 1, err);

    if (info != NULL)
        (void)snprintf(info, size, "%s%s", scheme, rest);
    return info;
}

/* libpq would take what stands behind a stray @ or / in a password for a
 * host or a port, and show it in its messages. */
static bool has_stray_mark(const char *url)
{
    const char *begin = strstr(url, "//") + 2;
    size_t len = strcspn(begin, "?");
    const char *at = begin;

    for (const char *s = begin; s < begin + len; s++)
        if (*s == '@')
            at = s;
    for (const char *s = begin; s < at; s++)
        if (*s == '@' || *s == '/')
            return true;
    return false;
}

enum rs_status rs_pg_check_target(const char *target, struct rs_error *err)
{
    const char *rest = behind_scheme(target);
    char *info = NULL;
    PQconninfoOption *options = NULL;
    char *why = NULL;
    enum rs_status status = rs_pg_library_load(err);

    if (status != RS_OK)
        return status;
    if (begins_with(rest, "//") && has_stray_mark(rest))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: write @ and / in a part of a database's "
                            "URL as %%40 and %%2F");
    info = new_conninfo(target, err);
    if (info == NULL)
        return RS_ERR_NOMEM;
    options = PQconninfoParse(info, &why);
    free(info);
    PQconninfoFree(options);
    PQfreemem(why); /* it repeats words of the string */
    if (options == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: not a connection string of PostgreSQL "
                            "(postgresql://USER@HOST:PORT/DBNAME, or "
                            "'postgresql:host=HOST dbname=DBNAME')");
    return RS_OK;
}

bool rs_pg_target_is_secret(const char *target)
{
    char *info = new_conninfo(target, NULL);
    PQconninfoOption *options =
        info == NULL ? NULL : PQconninfoParse(info, NULL);
    bool found = options == NULL;

    free(info);
    for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++)
        if ((strcmp(o->keyword, "password") == 0 ||
             strcmp(o->keyword, "sslpassword") == 0) &&
            o->val != NULL && o->val[0] != '\0')
            found = true;
    PQconninfoFree(options);
    return found;
}

/* ---- errors ------------------------------------------------------ */

/* Lines become one, blanks at the end go. */
static void one_line(char *out, size_t cap, const char *text)
{
    size_t used = 0;

    for (const char *s = text; *s != '\0' && used + 1 < cap; s++) {
        bool blank = *s == '\n' || *s == '\t' || *s == ' ';
        if (blank && (used == 0 || out[used - 1] == ' '))
            continue;
        out[used++] = blank ? ' ' : *s;
    }
    while (used > 0 && out[used - 1] == ' ')
        used--;
    out[used] = '\0';
}

static enum rs_status lost(struct rs_pg *pg, struct rs_error *err)
{
    char text[RS_ERROR_TEXT];

    pg->lost = true;
    one_line(text, sizeof text,
             pg->conn == NULL ? "" : PQerrorMessage(pg->conn));
    return rs_error_set_os(err, RS_ERR_DB, pg->label, 0, "%s",
                           text[0] == '\0' ? "the connection is lost" : text);
}

static enum rs_status interrupted(struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted");
}

/* What a server says when it goes down or ends a session, and what it asks
 * to be tried again; compared as far as the texts here go. */
static bool is_loss(const char *sqlstate)
{
    static const char *const codes[] = {"08",    "40",    "57P01", "57P02",
                                        "57P03", "57P05", "25P03", "53300"};

    if (sqlstate == NULL)
        return true;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (begins_with(sqlstate, codes[i]))
            return true;
    return false;
}

/* The failure that a result tells. */
static enum rs_status refused(struct rs_pg *pg, const PGresult *result,
                              struct rs_error *err)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    char text[RS_ERROR_TEXT];
    char more[RS_ERROR_TEXT];

    pg->lost = PQstatus(pg->conn) == CONNECTION_BAD || is_loss(sqlstate);
    if (primary == NULL || sqlstate == NULL)
        return lost(pg, err);
    one_line(text, sizeof text, primary);
    one_line(more, sizeof more, detail == NULL ? "" : detail);
    return rs_error_set_os(err, RS_ERR_DB, pg->label, 0, "%s%s%s (SQLSTATE %s)",
                           text, more[0] == '\0' ? "" : ": ", more, sqlstate);
}

/* ---- waiting ----------------------------------------------------- */

static bool is_stopped(const struct rs_pg *pg)
{
    return pg->stop != NULL && *pg->stop != 0;
}

/*
 * Waits until the socket is ready.
 * events    in   POLLIN, POLLOUT or both
 * seen      out  what it is ready for
 * deadline  in   monotonic seconds, 0: none; behind it the connection counts
 *                as lost
 */
static enum rs_status wait_socket(struct rs_pg *pg, short events, short *seen,
                                  double deadline, struct rs_error *err)
{
    struct pollfd fd = {PQsocket(pg->conn), events, 0};

    for (;;) {
        int n = poll(&fd, 1, SLICE_MS);
        double t = rs_clock_now();
        if (pg->until <= 0.0 && is_stopped(pg))
            pg->until = t + stop_seconds;
        /* also where a slow server always takes a little */
        if (pg->until > 0.0 && t > pg->until)
            return interrupted(err);
        if (n > 0) {
            *seen = fd.revents;
            return RS_OK;
        }
        if (n < 0 && errno != EINTR)
            return lost(pg, err);
        if (deadline > 0.0 && t > deadline) {
            pg->lost = true;
            return rs_error_set_os(err, RS_ERR_DB, pg->label, 0,
                                   "no answer in time");
        }
    }
}

/* Takes what has arrived. */
static enum rs_status consume(struct rs_pg *pg, struct rs_error *err)
{
    return PQconsumeInput(pg->conn) == 1 ? RS_OK : lost(pg, err);
}

/* Hands what libpq still holds to the system, and takes what comes back
 * meanwhile, so that neither side waits for the other. */
static enum rs_status flush(struct rs_pg *pg, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    int left = PQflush(pg->conn);

    while (left == 1 && status == RS_OK) {
        short seen = 0;
        status = wait_socket(pg, POLLIN | POLLOUT, &seen, 0.0, err);
        if (status == RS_OK && (seen & ~POLLOUT) != 0)
            status = consume(pg, err);
        if (status == RS_OK)
            left = PQflush(pg->conn);
    }
    if (status == RS_OK && left < 0)
        status = lost(pg, err);
    return status;
}

/* Waits for the next result; NULL when there is none any more. */
static enum rs_status next_result(struct rs_pg *pg, PGresult **out,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = NULL;
    while (PQisBusy(pg->conn) != 0) {
        short seen = 0;
        status = wait_socket(pg, POLLIN, &seen, 0.0, err);
        if (status == RS_OK)
            status = consume(pg, err);
        if (status != RS_OK)
            return status;
    }
    *out = PQgetResult(pg->conn);
    return RS_OK;
}

/* Takes all results of a statement; the first that is an error counts. */
static enum rs_status take_results(struct rs_pg *pg, PGresult **out,
                                   struct rs_error *err)
{
    PGresult *last = NULL;
    PGresult *result = NULL;
    enum rs_status failed = RS_OK;
    enum rs_status status = next_result(pg, &result, err);

    while (status == RS_OK && result != NULL) {
        ExecStatusType kind = PQresultStatus(result);
        if (failed == RS_OK && kind != PGRES_COMMAND_OK &&
            kind != PGRES_TUPLES_OK && kind != PGRES_COPY_IN)
            failed = refused(pg, result, err);
        PQclear(last);
        last = result;
        result = NULL;
        if (kind == PGRES_COPY_IN)
            break;
        status = next_result(pg, &result, failed == RS_OK ? err : NULL);
    }
    status = failed != RS_OK ? failed : status;
    if (out != NULL && status == RS_OK)
        *out = last;
    else
        PQclear(last);
    return status;
}

enum rs_status rs_pg_sleep(const struct rs_pg *pg, double seconds,
                           struct rs_error *err)
{
    double end = rs_clock_now() + seconds;

    while (!is_stopped(pg)) {
        struct timespec slice = {0, SLICE_MS * 1000000L};
        double left = end - rs_clock_now();
        if (left <= 0.0)
            return RS_OK;
        if (left < SLICE_MS * 1e-3)
            slice.tv_nsec = (long)(left * 1e9);
        (void)nanosleep(&slice, NULL);
    }
    return interrupted(err);
}

/* ---- connecting -------------------------------------------------- */

/* Notices would go to standard error. */
static void ignore_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static void set_label(struct rs_pg *pg)
{
    const char *user = PQuser(pg->conn);
    const char *host = PQhost(pg->conn);
    const char *port = PQport(pg->conn);
    const char *name = PQdb(pg->conn);

    (void)snprintf(pg->label, sizeof pg->label, "postgresql://%s@%s:%s/%s",
                   user == NULL ? "" : user, host == NULL ? "" : host,
                   port == NULL ? "" : port, name == NULL ? "" : name);
}

static double attempt_seconds(PGconn *conn)
{
    PQconninfoOption *options = PQconninfo(conn);
    double seconds = 0.0;

    for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++)
        if (strcmp(o->keyword, "connect_timeout") == 0 && o->val != NULL)
            seconds = strtod(o->val, NULL);
    PQconninfoFree(options);
    return seconds > 0.0 ? seconds : connect_seconds;
}

static enum rs_status poll_connection(struct rs_pg *pg, struct rs_error *err)
{
    double deadline = rs_clock_now() + attempt_seconds(pg->conn);
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    enum rs_status status = RS_OK;

    while (status == RS_OK && next != PGRES_POLLING_OK) {
        short seen = 0;
        status =
            wait_socket(pg, next == PGRES_POLLING_READING ? POLLIN : POLLOUT,
                        &seen, deadline, err);
        if (status == RS_OK)
            next = PQconnectPoll(pg->conn);
        if (next == PGRES_POLLING_FAILED)
            status = lost(pg, err);
    }
    return status;
}

enum rs_status rs_pg_connect(struct rs_pg *pg, struct rs_error *err)
{
    /* Numbers and times as text that reads back; limits on statements are
     * for people's queries, a COPY lasts as long as the fits of its rows. */
    static const char session[] =
        "SET statement_timeout = 0; SET DateStyle = 'ISO'; "
        "SET TimeZone = 'UTC'; SET idle_in_transaction_session_timeout = 0";
    static const char *const keys[] = {"dbname", "client_encoding",
                                       "fallback_application_name", NULL};
    char *info = new_conninfo(pg->target, err);
    const char *const values[] = {info, "UTF8", "regsweep", NULL};
    enum rs_status status =
        info == NULL ? RS_ERR_NOMEM : rs_pg_library_load(err);

    pg->lost = false;
    if (status != RS_OK) {
        free(info);
        return status;
    }
    rs_pg_close(pg);
    pg->conn = PQconnectStartParams(keys, values, 1);
    free(info);
    if (pg->conn == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    (void)PQsetNoticeReceiver(pg->conn, ignore_notice, NULL);
    set_label(pg);
    if (PQstatus(pg->conn) == CONNECTION_BAD)
        return lost(pg, err);
    status = poll_connection(pg, err);
    if (status == RS_OK && PQsetnonblocking(pg->conn, 1) != 0)
        status = lost(pg, err);
    if (status == RS_OK)
        status = rs_pg_exec(pg, NULL, session, NULL, 0, err);
    return status;
}

void rs_pg_close(struct rs_pg *pg)
{
    if (pg->conn != NULL)
        PQfinish(pg->conn);
    pg->conn = NULL;
}

/* ---- statements -------------------------------------------------- */

enum rs_status rs_pg_exec(struct rs_pg *pg, PGresult **out, const char *sql,
                          const char *const *values, int n_values,
                          struct rs_error *err)
{
    enum rs_status status = RS_OK;
    int sent = 0;

    pg->lost = false;
    if (out != NULL)
        *out = NULL;
    sent = n_values == 0 ? PQsendQuery(pg->conn, sql)
                         : PQsendQueryParams(pg->conn, sql, n_values, NULL,
                                             values, NULL, NULL, 0);
    if (sent != 1)
        return lost(pg, err);
    status = flush(pg, err);
    return status == RS_OK ? take_results(pg, out, err) : status;
}

enum rs_status rs_pg_copy_begin(struct rs_pg *pg, const char *sql,
                                struct rs_error *err)
{
    /* signature, flags, length of an extension */
    static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
    enum rs_status status = rs_pg_exec(pg, NULL, sql, NULL, 0, err);

    return status == RS_OK ? rs_pg_copy_put(pg, header, sizeof header - 1, err)
                           : status;
}

enum rs_status rs_pg_copy_put(struct rs_pg *pg, const char *bytes,
                              size_t n_bytes, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    pg->lost = false;
    while (n_bytes > 0 && status == RS_OK) {
        size_t part = n_bytes < CHUNK ? n_bytes : CHUNK;
        struct pollfd fd = {PQsocket(pg->conn), POLLIN, 0};
        if (PQputCopyData(pg->conn, bytes, (int)part) != 1)
            return lost(pg, err);
        status = flush(pg, err);
        /* Writes into a dead connection may seem to succeed. */
        if (status == RS_OK && poll(&fd, 1, 0) > 0)
            status = consume(pg, err);
        bytes += part;
        n_bytes -= part;
    }
    return status;
}

enum rs_status rs_pg_copy_end(struct rs_pg *pg, uint64_t *n_rows,
                              struct rs_error *err)
{
    static const char trailer[] = {(char)0xff, (char)0xff};
    PGresult *result = NULL;
    enum rs_status status = rs_pg_copy_put(pg, trailer, sizeof trailer, err);

    *n_rows = 0;
    if (status != RS_OK)
        return status;
    if (PQputCopyEnd(pg->conn, NULL) != 1)
        return lost(pg, err);
    status = flush(pg, err);
    if (status == RS_OK)
        status = take_results(pg, &result, err);
    if (status == RS_OK)
        *n_rows = strtoull(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return status;
}

enum rs_status rs_pg_copy_drop(struct rs_pg *pg, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    pg->lost = false;
    if (PQputCopyEnd(pg->conn, "rows of an unfinished tile") != 1)
        return lost(pg, err);
    status = flush(pg, err);
    if (status == RS_OK)
        status = take_results(pg, NULL, err);
    return status == RS_ERR_DB && !pg->lost ? RS_OK : status;
}
