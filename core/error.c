/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies text, showing control bytes as \xHH; cuts at cap - 1 bytes. */
static void copy_visible(char *out, size_t cap, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    size_t used = 0;

    for (const char *s = text; *s != '\0' && used + 5 < cap; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20 || c == 0x7f) {
            out[used++] = '\\';
            out[used++] = 'x';
            out[used++] = digits[c >> 4];
            out[used++] = digits[c & 15];
        } else {
            out[used++] = (char)c;
        }
    }
    out[used] = '\0';
}

static void fill_text(struct rs_error *err, const char *fmt, va_list args)
{
    char raw[RS_ERROR_TEXT];

    (void)vsnprintf(raw, sizeof raw, fmt, args);
    copy_visible(err->text, sizeof err->text, raw);
}

static void reset(struct rs_error *err, enum rs_status status, const char *file)
{
    memset(err, 0, sizeof *err);
    err->status = status;
    if (file != NULL)
        copy_visible(err->file, sizeof err->file, file);
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
