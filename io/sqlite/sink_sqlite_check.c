/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sink_sqlite.h"

#include "folder.h"
#include "mem.h"
#include "sqlite_tables.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite's own limit, of the whole path and the journal's, and the system's. */
static enum rs_status check_length(const char *path, const char *folder,
                                   struct rs_error *err)
{
    enum { MOST_PATH = 512 };
    static const char journal[] = "-journal";
    const char *slash = strrchr(path, '/');
    size_t len = strlen(slash == NULL ? path : slash + 1) + sizeof journal - 1;
    char *whole = realpath(folder, NULL);
    size_t folder_len = whole == NULL ? 0 : strlen(whole);

    free(whole);
    if (len > NAME_MAX || folder_len + 1 + len > MOST_PATH)
        return rs_error_set_os(err, RS_ERR_OPEN, path, ENAMETOOLONG,
                               "cannot create the database");
    return RS_OK;
}

/* A file that is not there: can it be made? */
static enum rs_status check_folder(const char *path, struct rs_error *err)
{
    char *folder = rs_folder_of(path, err);
    enum rs_status status = RS_OK;

    if (folder == NULL)
        return RS_ERR_NOMEM;
    if (access(folder, W_OK | X_OK) != 0)
        status = rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                                 "cannot create the database in '%s'", folder);
    else
        status = check_length(path, folder, err);
    free(folder);
    return status;
}

/* What SQLite writes beside a database, and removes. */
static enum rs_status check_beside(const struct rs_place *place,
                                   struct rs_error *err)
{
    static const char *const ends[] = {"-journal", "-wal", "-shm"};
    enum { LONGEST = 9 };
    size_t len = strlen(place->path);
    char *path = rs_alloc(len + LONGEST, 1, err);
    enum rs_status status = path == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && status == RS_OK;
         i++) {
        memcpy(path, place->path, len);
        memcpy(path + len, ends[i], strlen(ends[i]) + 1);
        status = rs_input_files_check(place->inputs, place->path, path, err);
    }
    free(path);
    return status;
}

/* The database as it is there. The lock is taken as the run will take it: what
 * only reads it can be in its way, too. */
static enum rs_status check_database(const struct rs_place *place,
                                     const struct rs_db_schema *schema,
                                     struct rs_error *err)
{
    struct rs_sqlite sqlite = {.db = NULL};
    enum rs_status status =
        rs_sqlite_open(&sqlite, place->path, false, place->stop, err);

    if (status == RS_OK)
        status = rs_sqlite_tables_check(&sqlite, schema, place->append,
                                        place->force, err);
    if (status == RS_OK)
        status = rs_sqlite_run(&sqlite, err, "BEGIN EXCLUSIVE; ROLLBACK");
    rs_sqlite_close(&sqlite);
    return status;
}

enum rs_status rs_sqlite_check(const struct rs_sink_config *config,
                               struct rs_error *err)
{
    const struct rs_place *place = &config->place;
    const char *path = place->path;
    struct rs_db_schema schema;
    struct stat st;
    enum rs_status status = check_beside(place, err);

    if (status == RS_OK)
        status = rs_sqlite_schema_init(&schema, config, err);
    if (status != RS_OK)
        return status;
    if (sqlite3_strnicmp(schema.names[RS_DB_FITS], "sqlite_", 7) == 0)
        status = rs_error_set(err, RS_ERR_USAGE,
                              "{table}: names beginning with sqlite_ are "
                              "SQLite's own");
    else if (path[0] == '\0')
        status = rs_error_set(err, RS_ERR_USAGE,
                              "{output}: sqlite: without the name of a file");
    else if (stat(path, &st) != 0)
        status = errno == ENOENT
                     ? check_folder(path, err)
                     : rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                                       "cannot open the database");
    else if (!S_ISREG(st.st_mode))
        status = rs_error_set_os(err, RS_ERR_OPEN, path,
                                 S_ISDIR(st.st_mode) ? EISDIR : 0,
                                 "a database must be a regular file");
    else
        status = check_database(place, &schema, err);
    rs_db_schema_clear(&schema);
    return status;
}

const char *rs_sqlite_library(void)
{
    return "SQLite " SQLITE_VERSION;
}
