/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "joined_notes.h"

#include "human.h"
#include "name_list.h"

#include <stdio.h>

/* A file that is known by its header. */
static enum rs_status note_known(struct rs_notices *notices,
                                 const struct rs_table_file *file,
                                 struct rs_error *err)
{
    return rs_notices_add(notices, RS_NOTICE_NOTE, err,
                          "%s: %s by its header, variables by %s, samples from "
                          "field %zu",
                          file->path, file->layout->known, file->layout->head,
                          file->layout->leading + 1);
}

/* A file that is read by rows, but should not be. */
static enum rs_status warn_seems(struct rs_notices *notices,
                                 const struct rs_table_file *file,
                                 struct rs_error *err)
{
    return rs_notices_add(
        notices, RS_NOTICE_WARNING, err,
        "%s looks like a %s, with one variable a line, and is "
        "read with one row a line: {transpose}",
        file->path, file->seems);
}

/* One of several files. */
static enum rs_status note_file(struct rs_notices *notices,
                                const struct rs_table_file *file,
                                uint64_t n_joined, struct rs_error *err)
{
    uint64_t n_lone = file->n_rows - n_joined;
    struct rs_human n;
    struct rs_human lone;

    if (n_lone == 0)
        return rs_notices_add(notices, RS_NOTICE_NOTE, err,
                              "read: %s %s%s of %s",
                              rs_human_count(&n, file->n_rows),
                              file->has_samples ? "sample" : "row",
                              rs_plural(file->n_rows), file->path);
    return rs_notices_add(
        notices, RS_NOTICE_NOTE, err,
        "read: %s %s%s of %s, %s without a partner",
        rs_human_count(&n, file->n_rows), file->has_samples ? "sample" : "row",
        rs_plural(file->n_rows), file->path, rs_human_count(&lone, n_lone));
}

/* The columns that two files have. */
static enum rs_status note_shared(struct rs_notices *notices,
                                  const struct rs_table *table, size_t file,
                                  size_t later, struct rs_error *err)
{
    struct rs_name_list names = {0};
    struct rs_table_file kept;
    struct rs_table_file other;

    for (size_t i = 0; i < rs_table_n_shared(table); i++) {
        struct rs_table_shared shared;
        rs_table_shared(&shared, table, i);
        if (shared.file == file && shared.later == later)
            rs_name_list_add(&names, shared.name);
    }
    if (names.of == 0)
        return RS_OK;
    rs_table_file(&kept, table, file);
    rs_table_file(&other, table, later);
    return rs_notices_add(
        notices, RS_NOTICE_NOTE, err,
        names.of == 1 ? "'%s' is in %s and %s; that of %s is kept"
                      : "%s are in %s and %s; those of %s are kept",
        rs_name_list_end(&names), kept.path, other.path, kept.path);
}

static enum rs_status note_join(struct rs_notices *notices,
                                const struct rs_table_join *join,
                                struct rs_error *err)
{
    static const char *const as[] = {
        [RS_KEY_TEXT] = "",
        [RS_KEY_NUMBER] = " (as numbers)",
        [RS_KEY_IID] = " (of samples FID_IID, the IID)",
    };
    const char *unit = join->by == NULL ? "sample" : "row";
    struct rs_human n;

    rs_human_count(&n, join->n_rows);
    if (join->found)
        return rs_notices_add(notices, RS_NOTICE_NOTE, err,
                              "joined by '%s', the only column in all "
                              "files%s: %s %s%s",
                              join->by, as[join->as], n.text, unit,
                              rs_plural(join->n_rows));
    return rs_notices_add(notices, RS_NOTICE_NOTE, err,
                          "joined by %s%s: %s %s%s",
                          join->by == NULL ? "name" : join->by, as[join->as],
                          n.text, unit, rs_plural(join->n_rows));
}

/* Most rows are lost. */
static enum rs_status warn_lost(struct rs_notices *notices,
                                const struct rs_table *table,
                                const struct rs_table_join *join,
                                struct rs_error *err)
{
    static const char *const formats[] = {
        [RS_KEY_TEXT] = "most rows have no partner, as %s",
        [RS_KEY_NUMBER] = "most rows have no partner, as %s; as numbers, %s "
                          "would: {key-as} number",
        [RS_KEY_IID] = "most rows have no partner, as %s; by the IID of "
                       "samples FID_IID, %s would: {key-as} iid",
    };
    char lone[RS_ERROR_TEXT / 2] = "";
    size_t used = 0;
    struct rs_table_file file;
    struct rs_human n;

    for (size_t f = 0; f < rs_table_n_files(table) && used < sizeof lone; f++) {
        rs_table_file(&file, table, f);
        if (file.lone != NULL)
            used += (size_t)snprintf(lone + used, sizeof lone - used,
                                     "%s'%s' in %s", used > 0 ? ", " : "",
                                     file.lone, file.path);
    }
    return rs_notices_add(notices, RS_NOTICE_WARNING, err, formats[join->cure],
                          lone, rs_human_count(&n, join->n_cured));
}

enum rs_status rs_joined_notes(struct rs_notices *notices,
                               const struct rs_table *table,
                               struct rs_error *err)
{
    struct rs_table_join join;
    bool is_joined = rs_table_joined(&join, table);
    enum rs_status status = RS_OK;

    for (size_t f = 0; f < rs_table_n_files(table) && status == RS_OK; f++) {
        struct rs_table_file file;
        rs_table_file(&file, table, f);
        if (file.layout != NULL && file.layout->known != NULL)
            status = note_known(notices, &file, err);
        if (status == RS_OK && file.seems != NULL)
            status = warn_seems(notices, &file, err);
        if (status == RS_OK && is_joined)
            status = note_file(notices, &file, join.n_rows, err);
    }
    if (status == RS_OK && is_joined)
        status = note_join(notices, &join, err);
    for (size_t f = 1; f < rs_table_n_files(table); f++)
        for (size_t before = 0; before < f && status == RS_OK; before++)
            status = note_shared(notices, table, before, f, err);
    if (status == RS_OK && is_joined && join.much_lost)
        status = warn_lost(notices, table, &join, err);
    return status;
}
