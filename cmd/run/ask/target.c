/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target.h"

#include "other_kinds.h"
#include "outfile.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *suffix;
    const struct rs_packing *packing;
} packings[] = {{".gz", &rs_packing_gzip}, {".zst", &rs_packing_zstd}};

/* Returns the bytes of the path before the ending of a packing. */
static size_t find_packing(struct rs_target *out, const char *path)
{
    size_t len = strlen(path);

    for (size_t i = 0; i < sizeof packings / sizeof packings[0]; i++) {
        size_t end_len = strlen(packings[i].suffix);
        if (len >= end_len &&
            strcasecmp(path + len - end_len, packings[i].suffix) == 0) {
            out->packing = packings[i].packing;
            return len - end_len;
        }
    }
    return len;
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

/* What --format says; by_name: the kind that it may overrule. */
static const struct rs_output_kind *
kind_for(const struct rs_writing_settings *settings,
         const struct rs_output_kind *by_name)
{
    if (settings->format > 0)
        return rs_output_kinds[settings->format - 1];
    return by_name != NULL ? by_name : rs_output_kinds[0];
}

/*
 * The name to type in place of one that ends as another program's file does:
 * its stem with the ending of the nearest kind, compressed where it was to be.
 * path  in  [len] and how it is compressed behind that
 */
static void near_name(char *text, size_t cap, const char *path, size_t len,
                      size_t stem, const char *near)
{
    struct rs_target found = {.path = text};
    size_t beginning = 0;
    size_t plain = 0;
    const struct rs_output_kind *kind = NULL;

    (void)snprintf(text, cap, "%.*s%s", (int)stem, path, near);
    plain = find_packing(&found, text);
    kind = rs_output_kind_of(&beginning, rs_output_kinds, text, plain);
    if (kind == NULL)
        (void)snprintf(text, cap, "%.*s.csv%s", (int)stem, path, near);
    else if (found.packing == NULL && rs_output_can(kind, RS_OUTPUT_PACKED))
        (void)snprintf(text, cap, "%.*s%s%s", (int)stem, path, near,
                       path + len);
}

/* Nobody looks for text in a workbook. */
static enum rs_status refuse_other(const char *path, size_t len,
                                   struct rs_error *err)
{
    size_t stem = 0;
    const struct rs_other_kind *other = rs_other_kind_of(&stem, path, len);
    char near[RS_ERROR_TEXT];
    char then[RS_ERROR_TEXT];

    if (other == NULL)
        return RS_OK;
    near_name(near, sizeof near, path, len, stem, other->near);
    rs_other_kind_then(then, sizeof then, other, near, path);
    if (other->column != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: '%s' would be %s, which regsweep does "
                            "not write; {o} %s {columns} %s %s",
                            path, other->what, near, other->column, then);
    if (other->format != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: '%s' would be %s, which regsweep does "
                            "not write; {o} %s %s ({format} %s)",
                            path, other->what, near, then, other->format);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{output}: '%s' would be %s, which regsweep does not "
                        "write; {o} %s %s",
                        path, other->what, near, then);
}

/* The kind of output that a word is the name or the ending of; NULL: none. */
static const struct rs_output_kind *kind_called(const char *word,
                                                const char *name)
{
    size_t beginning = 0;

    for (size_t i = 0; rs_output_kinds[i] != NULL; i++)
        if (!rs_output_can(rs_output_kinds[i], RS_OUTPUT_URL) &&
            strcasecmp(rs_output_kinds[i]->name, word) == 0)
            return rs_output_kinds[i];
    return rs_output_kind_of(&beginning, rs_output_kinds, name, strlen(name));
}

/* A word that is a kind of file is no name of one, unless it is ./word; a
 * single letter is. */
static enum rs_status refuse_word(const char *word, struct rs_error *err)
{
    char name[32];
    size_t stem = 0;
    const struct rs_output_kind *kind = NULL;
    const struct rs_other_kind *other = NULL;

    if (strpbrk(word, "./:") != NULL || strlen(word) < 2 ||
        (size_t)snprintf(name, sizeof name, "FILE.%s", word) >= sizeof name)
        return RS_OK;
    kind = kind_called(word, name);
    if (kind != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: '%s' is the name of a kind: {format} "
                            "%s {o} FILE (./%s is a file of that name)",
                            word, kind->name, word);
    other = rs_other_kind_of(&stem, name, strlen(name));
    if (other == NULL)
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{output}: '%s' is the name of a kind, %s, which "
                        "regsweep does not write: {o} FILE%s is nearest "
                        "(./%s is a file of that name)",
                        word, other->what, other->near, word);
}

static enum rs_status find_kind(struct rs_target *out,
                                const struct rs_writing_settings *settings,
                                struct rs_error *err)
{
    size_t beginning = 0;
    size_t len = find_packing(out, out->path);
    const struct rs_output_kind *by_name =
        rs_output_kind_of(&beginning, rs_output_kinds, out->path, len);

    out->kind = kind_for(settings, by_name);
    if (beginning == 0 && is_url(out->path))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: postgresql:// is the only kind of "
                            "URL that can be written to");
    if (by_name == NULL && settings->format == 0) {
        enum rs_status status = refuse_word(out->path, err);
        return status == RS_OK ? refuse_other(out->path, len, err) : status;
    }
    if (beginning == 0)
        return RS_OK;
    if (rs_output_can(by_name, RS_OUTPUT_URL) && out->kind != by_name)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{format} does not go with a database as output");
    if (!rs_output_can(by_name, RS_OUTPUT_URL) && out->kind == by_name)
        out->path += beginning;
    return RS_OK;
}

enum rs_status rs_target_check_place(const struct rs_target *target,
                                     struct rs_error *err)
{
    const struct rs_output_kind *kind = target->kind;

    if ((target->path == NULL || rs_outfile_is_stdout(target->path)) &&
        !rs_output_can(kind, RS_OUTPUT_STDOUT))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: %s needs the name of a file",
                            kind->what);
    return kind->check_name == NULL ? RS_OK
                                    : kind->check_name(target->path, err);
}

/* Says which kinds can be compressed. */
static enum rs_status refuse_packing(struct rs_error *err)
{
    char list[128] = "";
    size_t used = 0;
    const struct rs_output_kind *last = NULL;

    for (size_t i = 0; rs_output_kinds[i] != NULL; i++) {
        if (!rs_output_can(rs_output_kinds[i], RS_OUTPUT_PACKED))
            continue;
        if (last != NULL && used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                     used == 0 ? "" : ", ", last->what);
        last = rs_output_kinds[i];
    }
    return rs_error_set(
        err, RS_ERR_USAGE, "{output}: only %s%s%s can be compressed", list,
        used == 0 ? "" : " and ", last == NULL ? "" : last->what);
}

enum rs_status rs_target_find(struct rs_target *out,
                              const struct rs_writing_settings *settings,
                              struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = (struct rs_target){.kind = kind_for(settings, NULL),
                              .path = settings->output};
    if (out->path != NULL && out->path[0] == '\0')
        return rs_error_set(err, RS_ERR_USAGE, "{output}: the name is empty");
    if (out->path != NULL)
        status = find_kind(out, settings, err);
    if (status == RS_OK && out->packing != NULL &&
        !rs_output_can(out->kind, RS_OUTPUT_PACKED))
        status = refuse_packing(err);
    if (status == RS_OK && settings->bom &&
        !rs_output_can(out->kind, RS_OUTPUT_BOM))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{bom} says of text that it is UTF-8: it goes "
                            "with csv and tsv, not with %s",
                            out->kind->what);
    return status;
}
