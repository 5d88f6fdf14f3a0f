/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pg_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

static const char soname[] = "libpq.so.5";

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
    void *handle;
} library;

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

static enum rs_status unusable(struct rs_error *err, const char *why)
{
    return rs_error_set(err, RS_ERR_OPEN,
                        "PostgreSQL needs %s (Debian: package libpq5): %s",
                        soname, why == NULL ? "it cannot be loaded" : why);
}

/* A pointer to data becomes one to a function by its bytes alone. */
static bool find(void *function, void *handle, const char *name)
{
    void *found = dlsym(handle, name);

    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static enum rs_status load(struct rs_error *err)
{
    void *handle = NULL;
    bool all = true;

    if (library.handle != NULL)
        return RS_OK;
    handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return unusable(err, dlerror());
#define FIND(type, name, parameters, arguments)                                \
    all = all && find(&library.name, handle, #name);
    FUNCTIONS(FIND)
#undef FIND
    if (!all) {
        (void)unusable(err, dlerror());
        (void)dlclose(handle);
        return RS_ERR_OPEN;
    }
    library.handle = handle;
    return RS_OK;
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
    return library.handle == NULL ? 0 : PQlibVersion();
}
