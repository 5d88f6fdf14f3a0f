/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

#include "utf8.h"
#include "visible.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The format with a mark for each {, and no } behind it. */
static void put_marks(char out[RS_ERROR_TEXT], const char *fmt, char mark)
{
    bool open = false;
    size_t used = 0;

    for (; *fmt != '\0' && used + 1 < RS_ERROR_TEXT; fmt++) {
        if (*fmt == '{') {
            out[used++] = mark;
            open = true;
        } else if (*fmt == '}' && open) {
            open = false;
        } else {
            out[used++] = *fmt;
        }
    }
    out[used] = '\0';
}

/*
 * raw made visible, its marks kept where they are the format's: where `other`,
 * made of the same arguments with another mark, differs.
 */
static void show(char out[RS_ERROR_TEXT], const char *raw, const char *other)
{
    char piece[RS_VISIBLE_PIECE];
    const char *at = raw;
    size_t used = 0;

    for (;;) {
        bool mark = *at == RS_SETTING_MARK && other[at - raw] != *at;
        size_t len = 0;
        if (rs_visible_next(piece, &at) == 0)
            break;
        if (mark)
            (void)snprintf(piece, sizeof piece, "%c", RS_SETTING_MARK);
        len = strlen(piece);
        if (used + len >= RS_ERROR_TEXT)
            break;
        memcpy(out + used, piece, len);
        used += len;
    }
    out[used] = '\0';
}

void rs_error_text(char out[RS_ERROR_TEXT], const char *fmt, va_list args)
{
    char marked[RS_ERROR_TEXT];
    char raw[RS_ERROR_TEXT];
    char other[RS_ERROR_TEXT];
    va_list again;
    int len = 0;

    va_copy(again, args);
    put_marks(marked, fmt, RS_SETTING_MARK);
    len = vsnprintf(raw, sizeof raw, marked, args);
    put_marks(marked, fmt, RS_SETTING_MARK + 1);
    (void)vsnprintf(other, sizeof other, marked, again);
    va_end(again);
    if (len >= (int)sizeof raw)
        raw[rs_utf8_whole(raw, sizeof raw - 1)] = '\0';
    show(out, raw, other);
}

static void reset(struct rs_error *err, enum rs_status status, const char *file)
{
    memset(err, 0, sizeof *err);
    err->status = status;
    if (file != NULL)
        (void)rs_visible_copy(err->file, sizeof err->file, file);
}

enum rs_status rs_error_set(struct rs_error *err, enum rs_status status,
                            const char *fmt, ...)
{
    va_list args;

    if (err == NULL)
        return status;
    reset(err, status, NULL);
    va_start(args, fmt);
    rs_error_text(err->text, fmt, args);
    va_end(args);
    return status;
}

enum rs_status rs_error_set_os(struct rs_error *err, enum rs_status status,
                               const char *file, int os_errno, const char *fmt,
                               ...)
{
    va_list args;

    if (err == NULL)
        return status;
    reset(err, status, file);
    err->os_errno = os_errno;
    va_start(args, fmt);
    rs_error_text(err->text, fmt, args);
    va_end(args);
    if (os_errno != 0) {
        size_t used = strlen(err->text);
        (void)snprintf(err->text + used, sizeof err->text - used, ": %s",
                       strerror(os_errno));
    }
    return status;
}

enum rs_status rs_error_set_at(struct rs_error *err, enum rs_status status,
                               const char *file, uint64_t line, uint64_t column,
                               const char *fmt, ...)
{
    va_list args;

    if (err == NULL)
        return status;
    reset(err, status, file);
    err->line = line;
    err->column = column;
    va_start(args, fmt);
    rs_error_text(err->text, fmt, args);
    va_end(args);
    return status;
}

enum rs_status rs_error_in_file(struct rs_error *err, enum rs_status status,
                                const char *file)
{
    if (err != NULL && file != NULL && err->file[0] == '\0')
        (void)rs_visible_copy(err->file, sizeof err->file, file);
    return status;
}

void rs_error_unmark(struct rs_error *err)
{
    char *to = err->text;

    for (const char *at = err->text; *at != '\0'; at++)
        if (*at != RS_SETTING_MARK)
            *to++ = *at;
    *to = '\0';
}
