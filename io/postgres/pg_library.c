/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pg_library.h"

#include "library.h"

#include <pthread.h>
#include <stdbool.h>

/* X(type, name, parameters, arguments), as in libpq-fe.h */
#define FUNCTIONS(X)                                                           \
    X(PGconn *, PQconnectStartParams,                                          \
      (const char *const *keys, const char *const *values, int expand),        \
      (keys, values, expand))                                                  \
    X(PostgresPollingStatusType, PQconnectPoll, (PGconn * conn), (conn))       \
    X(void, PQfinish, (PGconn * conn), (conn))                                 \
    X(PQconninfoOption *, PQconninfo, (PGconn * conn), (conn))                 \
    X(PQconninfoOption *, PQconninfoParse, (const char *text, char **why),     \
      (text, why))                                                             \
    X(void, PQconninfoFree, (PQconninfoOption * options), (options))           \
    X(PQnoticeReceiver, PQsetNoticeReceiver,                                   \
      (PGconn * conn, PQnoticeReceiver receiver, void *arg),                   \
      (conn, receiver, arg))                                                   \
    X(ConnStatusType, PQstatus, (const PGconn *conn), (conn))                  \
    X(PGTransactionStatusType, PQtransactionStatus, (const PGconn *conn),      \
      (conn))                                                                  \
    X(char *, PQerrorMessage, (const PGconn *conn), (conn))                    \
    X(char *, PQuser, (const PGconn *conn), (conn))                            \
    X(char *, PQhost, (const PGconn *conn), (conn))                            \
    X(char *, PQport, (const PGconn *conn), (conn))                            \
    X(char *, PQdb, (const PGconn *conn), (conn))                              \
    X(int, PQsocket, (const PGconn *conn), (conn))                             \
    X(int, PQsetnonblocking, (PGconn * conn, int value), (conn, value))        \
    X(int, PQsendQuery, (PGconn * conn, const char *sql), (conn, sql))         \
    X(int, PQsendQueryParams,                                                  \
      (PGconn * conn, const char *sql, int n, const Oid *types,                \
       const char *const *values, const int *lengths, const int *formats,      \
       int format),                                                            \
      (conn, sql, n, types, values, lengths, formats, format))                 \
    X(int, PQflush, (PGconn * conn), (conn))                                   \
    X(int, PQconsumeInput, (PGconn * conn), (conn))                            \
    X(int, PQisBusy, (PGconn * conn), (conn))                                  \
    X(PGresult *, PQgetResult, (PGconn * conn), (conn))                        \
    X(int, PQputCopyData, (PGconn * conn, const char *bytes, int n),           \
      (conn, bytes, n))                                                        \
    X(int, PQputCopyEnd, (PGconn * conn, const char *why), (conn, why))        \
    X(ExecStatusType, PQresultStatus, (const PGresult *result), (result))      \
    X(char *, PQresultErrorField, (const PGresult *result, int field),         \
      (result, field))                                                         \
    X(int, PQntuples, (const PGresult *result), (result))                      \
    X(char *, PQgetvalue, (const PGresult *result, int row, int column),       \
      (result, row, column))                                                   \
    X(char *, PQcmdTuples, (PGresult * result), (result))                      \
    X(void, PQclear, (PGresult * result), (result))                            \
    X(char *, PQescapeIdentifier, (PGconn * conn, const char *text, size_t n), \
      (conn, text, n))                                                         \
    X(void, PQfreemem, (void *memory), (memory))                               \
    X(int, PQlibVersion, (void), ())

/* What has been found; of the process, as the loaded library is. */
static struct {
#define MEMBER(type, name, parameters, arguments) type(*name) parameters;
    FUNCTIONS(MEMBER)
#undef MEMBER
} library;
static bool loaded;

/* Two runs may ask for it at the same time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Hidden, so that the library does not call these in place of its own. */
#define FORWARD(type, name, parameters, arguments)                             \
    __attribute__((visibility("hidden"))) type name parameters                 \
    {                                                                          \
        return library.name arguments;                                         \
    }
FUNCTIONS(FORWARD)
#undef FORWARD

static enum rs_status load(struct rs_error *err)
{
    static const struct rs_library libpq = {"PostgreSQL needs", "libpq.so.5",
                                            "libpq5"};
    static const char *const names[] = {
#define NAME(type, name, parameters, arguments) #name,
        FUNCTIONS(NAME)
#undef NAME
    };
    enum rs_status status = RS_OK;

    if (!loaded)
        status = rs_library_load(&library, &libpq, names,
                                 sizeof names / sizeof names[0], err);
    loaded = status == RS_OK;
    return status;
}

enum rs_status rs_pg_library_load(struct rs_error *err)
{
    enum rs_status status = RS_OK;

    (void)pthread_mutex_lock(&lock);
    status = load(err);
    (void)pthread_mutex_unlock(&lock);
    return status;
}

int rs_pg_library_version(void)
{
    return loaded ? PQlibVersion() : 0;
}
