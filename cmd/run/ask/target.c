/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target.h"

#include "outfile.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char scheme_sqlite[] = "sqlite:";

/* Ends and beginnings of FILE that name a kind; beginnings in letters of
 * either case. */
static const struct {
    const char *text;
    bool is_prefix;
    enum rs_target_kind kind;
    char delimiter;
} marks[] = {
    {scheme_sqlite, true, RS_TARGET_SQLITE, 0},
    {"postgresql:", true, RS_TARGET_POSTGRES, 0},
    {"postgres:", true, RS_TARGET_POSTGRES, 0},
    {".csv", false, RS_TARGET_TEXT, ','},
    {".tsv", false, RS_TARGET_TEXT, '\t'},
    {".jsonl", false, RS_TARGET_JSONL, 0},
    {".ndjson", false, RS_TARGET_JSONL, 0},
    {".db", false, RS_TARGET_SQLITE, 0},
    {".sqlite", false, RS_TARGET_SQLITE, 0},
    {".sqlite3", false, RS_TARGET_SQLITE, 0},
    {".npy", false, RS_TARGET_NPY, 0},
};

static const struct {
    const char *suffix;
    enum rs_packing_kind packing;
} packings[] = {{".gz", RS_PACKING_GZIP}, {".zst", RS_PACKING_ZSTD}};

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t end_len = strlen(end);

    return len >= end_len && memcmp(text + len - end_len, end, end_len) == 0;
}

static size_t find_packing(struct rs_target *out, const char *path)
{
    size_t len = strlen(path);

    for (size_t i = 0; i < sizeof packings / sizeof packings[0]; i++)
        if (ends_with(path, len, packings[i].suffix)) {
            out->packing = packings[i].packing;
            return len - strlen(packings[i].suffix);
        }
    return len;
}

/* The kind that the path names; false when it names none. */
static bool find_kind(struct rs_target *out, const char *path, size_t len)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *text = marks[i].text;
        bool found = marks[i].is_prefix
                         ? strncasecmp(path, text, strlen(text)) == 0
                         : ends_with(path, len, text);
        if (!found)
            continue;
        out->kind = marks[i].kind;
        if (marks[i].delimiter != 0)
            out->delimiter = marks[i].delimiter;
        return true;
    }
    return false;
}

static bool is_sqlite(const char *path)
{
    return strncasecmp(path, scheme_sqlite, sizeof scheme_sqlite - 1) == 0;
}

/* scheme://...; no file of that name is meant, and it may hold a password. */
static bool is_url(const char *path)
{
    size_t len = 0;

    while (isalnum((unsigned char)path[len]) ||
           (path[len] != '\0' && strchr("+-.", path[len]) != NULL))
        len++;
    return len > 0 && strncmp(path + len, "://", 3) == 0;
}

/* What --format says. */
static void apply_format(struct rs_target *out, enum rs_format format)
{
    switch (format) {
    case RS_FORMAT_AUTO:
        break;
    case RS_FORMAT_CSV:
        out->kind = RS_TARGET_TEXT;
        out->delimiter = ',';
        break;
    case RS_FORMAT_TSV:
        out->kind = RS_TARGET_TEXT;
        out->delimiter = '\t';
        break;
    case RS_FORMAT_JSONL:
        out->kind = RS_TARGET_JSONL;
        break;
    case RS_FORMAT_SQLITE:
        out->kind = RS_TARGET_SQLITE;
        break;
    case RS_FORMAT_NPY:
        out->kind = RS_TARGET_NPY;
        break;
    }
}

bool rs_target_is_database(const struct rs_target *target)
{
    return target->kind == RS_TARGET_SQLITE ||
           target->kind == RS_TARGET_POSTGRES;
}

static bool is_stdout(const struct rs_target *target)
{
    return target->path == NULL || rs_outfile_is_stdout(target->path);
}

/* USER:PASSWORD without @HOST: the library would take the password for the
 * port, and say it. */
static bool has_bare_password(const char *url)
{
    const char *host = strstr(url, "://");
    const char *port = host == NULL ? NULL : strpbrk(host + 3, ":/?[,");

    return port != NULL && *port == ':' && strchr(url, '@') == NULL &&
           strchr("/?", port[1 + strspn(port + 1, "0123456789")]) == NULL;
}

static enum rs_status check_place(const struct rs_target *target,
                                  struct rs_error *err)
{
    if (is_stdout(target) &&
        (target->kind == RS_TARGET_SQLITE || target->kind == RS_TARGET_NPY))
        return rs_error_set(
            err, RS_ERR_USAGE, "{output}: %s needs the name of a file",
            target->kind == RS_TARGET_SQLITE ? "a database" : "a matrix (npy)");
    if (target->kind == RS_TARGET_POSTGRES && has_bare_password(target->path))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: what follows the colon is no "
                            "port; a password needs an @ and the host behind "
                            "it");
    return RS_OK;
}

static enum rs_status check(const struct rs_target *target,
                            const struct rs_settings *settings,
                            struct rs_error *err)
{
    bool database = rs_target_is_database(target);

    if (target->packing != RS_PACKING_NONE && target->kind != RS_TARGET_TEXT &&
        target->kind != RS_TARGET_JSONL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: only CSV, TSV and JSON Lines can be "
                            "compressed");
    if (!database &&
        (settings->writing.append || settings->writing.table != NULL))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s} goes with a database as output",
                            settings->writing.append ? "append" : "table");
    if (database && settings->writing.digits > 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{digits} does not go with a database, which "
                            "holds the numbers themselves");
    if (settings->writing.append && settings->writing.force)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{append} and {force} exclude each other");
    return check_place(target, err);
}

enum rs_status rs_target_find(struct rs_target *out,
                              const struct rs_settings *settings,
                              struct rs_error *err)
{
    *out = (struct rs_target){.kind = RS_TARGET_TEXT,
                              .delimiter = ',',
                              .path = settings->writing.output};
    if (out->path != NULL && out->path[0] == '\0')
        return rs_error_set(err, RS_ERR_USAGE, "{output}: the name is empty");
    if (out->path != NULL) {
        size_t len = find_packing(out, out->path);
        bool named = find_kind(out, out->path, len);
        enum rs_target_kind kind = out->kind;
        apply_format(out, (enum rs_format)settings->writing.format);
        if (kind != RS_TARGET_POSTGRES && !is_sqlite(out->path) &&
            is_url(out->path))
            return rs_error_set(err, RS_ERR_USAGE,
                                "{output}: postgresql:// is the only kind of "
                                "URL that can be written to");
        if (named && kind == RS_TARGET_POSTGRES && out->kind != kind)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{format} does not go with a database as "
                                "output");
        if (out->kind == RS_TARGET_SQLITE && is_sqlite(out->path))
            out->path += sizeof scheme_sqlite - 1;
    } else {
        apply_format(out, (enum rs_format)settings->writing.format);
    }
    return check(out, settings, err);
}
