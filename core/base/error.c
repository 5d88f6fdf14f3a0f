/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

#include "utf8.h"
#include "visible.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill_text(struct rs_error *err, const char *fmt, va_list args)
{
    char raw[RS_ERROR_TEXT];
    int len = vsnprintf(raw, sizeof raw, fmt, args);

    if (len >= (int)sizeof raw)
        raw[rs_utf8_whole(raw, sizeof raw - 1)] = '\0';
    (void)rs_visible_copy(err->text, sizeof err->text, raw);
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
    fill_text(err, fmt, args);
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
    fill_text(err, fmt, args);
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
    fill_text(err, fmt, args);
    va_end(args);
    return status;
}

enum rs_status rs_error_in_file(struct rs_error *err, enum rs_status status,
                                const char *file)
{
    if (err != NULL && err->file[0] == '\0')
        (void)rs_visible_copy(err->file, sizeof err->file, file);
    return status;
}
