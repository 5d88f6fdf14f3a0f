/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A bare binary COPY: pg_copy CONNINFO SQL FILE
 * Sends a file of PostgreSQL's binary COPY format from memory in one COPY by
 * libpq's blocking functions, in one transaction. Prints the seconds.
 */
#define _POSIX_C_SOURCE 200809L
#include "clock.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 256 * 1024 };

static char *read_all(const char *path, size_t *n_bytes)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size = 0;

    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    rewind(file);
    bytes = size > 0 ? malloc((size_t)size) : NULL;
    *n_bytes = bytes == NULL ? 0 : fread(bytes, 1, (size_t)size, file);
    (void)fclose(file);
    return bytes;
}

static int copy(PGconn *conn, const char *sql, const char *bytes, size_t n)
{
    PGresult *result = PQexec(conn, sql);
    int good = PQresultStatus(result) == PGRES_COPY_IN;

    PQclear(result);
    for (size_t i = 0; i < n && good; i += CHUNK)
        good = PQputCopyData(conn, bytes + i,
                             (int)(n - i < CHUNK ? n - i : CHUNK)) == 1;
    good = good && PQputCopyEnd(conn, NULL) == 1;
    result = good ? PQgetResult(conn) : NULL;
    good = good && PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good;
}

int main(int argc, char **argv)
{
    PGconn *conn = argc == 4 ? PQconnectdb(argv[1]) : NULL;
    size_t n_bytes = 0;
    char *bytes = argc == 4 ? read_all(argv[3], &n_bytes) : NULL;
    double begin = 0.0;
    int good = bytes != NULL && PQstatus(conn) == CONNECTION_OK;

    begin = rs_clock_now();
    good = good && copy(conn, argv[2], bytes, n_bytes);
    if (good)
        (void)printf("%.6f\n", rs_clock_now() - begin);
    else
        (void)fprintf(stderr, "pg_copy: %s\n",
                      conn == NULL ? "usage" : PQerrorMessage(conn));
    PQfinish(conn);
    free(bytes);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
