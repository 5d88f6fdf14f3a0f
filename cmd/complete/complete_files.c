/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complete_files.h"

#include "tilde.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* The endings of files that are read: their own, and that of a compression. */
static const char *const tables_end[] = {
    ".csv", ".tsv",   ".txt",      ".tab",   ".dat",  ".data", ".raw",  ".traw",
    ".bed", ".pheno", ".phe",      ".covar", ".cov",  ".fam",  ".psam", ".pvar",
    ".xpt", ".xport", ".sas7bdat", ".sav",   ".zsav", ".por",  ".dta",
};
static const char *const packed_end[] = {".gz",  ".bgz", ".zst",
                                         ".bz2", ".xz",  ""};

/* Bytes of a name before an ending, in letters of either case; 0: it has
 * another. */
static size_t before(const char *name, size_t len, const char *end)
{
    size_t n = strlen(end);

    return len > n && strncasecmp(name + len - n, end, n) == 0 ? len - n : 0;
}

static bool is_table(const char *name)
{
    size_t n_packed = sizeof packed_end / sizeof packed_end[0];
    size_t len = 0;

    for (size_t i = 0; i < n_packed && len == 0; i++)
        len = before(name, strlen(name), packed_end[i]);
    for (size_t i = 0; i < sizeof tables_end / sizeof tables_end[0]; i++)
        if (before(name, len, tables_end[i]) > 0)
            return true;
    return false;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct rs_candidate *)a)->text,
                  ((const struct rs_candidate *)b)->text);
}

static enum rs_status add_entry(struct rs_candidates *out, int folder,
                                const char *name, bool tables,
                                struct rs_error *err)
{
    struct rs_candidate_text text = {"", name, "", NULL};
    struct stat info;

    if ((name[0] == '.' && out->word[out->kept] != '.') ||
        strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
        fstatat(folder, name, &info, 0) != 0)
        return RS_OK;
    if (S_ISDIR(info.st_mode))
        text.behind = "/";
    else if (tables && !is_table(name))
        return RS_OK;
    return rs_candidates_add(out, &text, err);
}

static enum rs_status add_folder(struct rs_candidates *out, const char *path,
                                 bool tables, struct rs_error *err)
{
    DIR *dir = opendir(path);
    const struct dirent *entry = NULL;
    enum rs_status status = RS_OK;

    if (dir == NULL)
        return RS_OK;
    while (status == RS_OK && (entry = readdir(dir)) != NULL)
        status = add_entry(out, dirfd(dir), entry->d_name, tables, err);
    (void)closedir(dir);
    return status;
}

static bool has_file(const struct rs_candidates *candidates)
{
    for (size_t i = 0; i < candidates->n; i++)
        if (strchr(candidates->items[i].text, '/') == NULL)
            return true;
    return false;
}

enum rs_status rs_complete_files(struct rs_candidates *out, bool tables,
                                 struct rs_error *err)
{
    const char *typed = out->word + out->kept;
    const char *slash = strrchr(typed, '/');
    size_t len = slash == NULL ? 0 : (size_t)(slash - typed) + 1;
    char folder[RS_TILDE_PATH];
    char path[RS_TILDE_PATH];
    enum rs_status status = RS_OK;

    (void)snprintf(folder, sizeof folder, "%.*s", (int)len, typed);
    rs_tilde_expand(path, len == 0 ? "." : folder);
    out->kept += len;
    status = add_folder(out, path, tables, err);
    if (status == RS_OK && tables && !has_file(out)) {
        const struct rs_candidates bare = {.word = out->word,
                                           .kept = out->kept};
        rs_candidates_clear(out);
        *out = bare;
        status = add_folder(out, path, false, err);
    }
    if (out->n > 1)
        qsort(out->items, out->n, sizeof out->items[0], compare);
    return status;
}
