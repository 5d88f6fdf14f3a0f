/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void rs_message_error(const struct rs_error *err)
{
    char place[64] = "";

    if (err->line > 0 && err->column > 0)
        (void)snprintf(place, sizeof place, "%" PRIu64 ":%" PRIu64 ": ",
                       err->line, err->column);
    else if (err->line > 0)
        (void)snprintf(place, sizeof place, "%" PRIu64 ": ", err->line);
    (void)fprintf(stderr, "regsweep: %s%s%s%s\n", err->file,
                  err->file[0] == '\0' ? ""
                  : err->line > 0      ? ":"
                                       : ": ",
                  place, err->text);
}

void rs_message(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    (void)fputs("regsweep: ", stderr);
    (void)vfprintf(stderr, fmt, args);
    (void)fputc('\n', stderr);
    va_end(args);
}

int rs_exit_for(const struct rs_error *err)
{
    switch (err->status) {
    case RS_OK:
        return RS_EXIT_OK;
    case RS_ERR_USAGE:
        return RS_EXIT_USAGE;
    case RS_ERR_MALFORMED:
    case RS_ERR_INCONSISTENT:
        return RS_EXIT_INPUT;
    case RS_ERR_NOMEM:
    case RS_ERR_OPEN:
    case RS_ERR_READ:
    case RS_ERR_WRITE:
    case RS_ERR_DB:
    case RS_ERR_INTERRUPTED:
    case RS_ERR_INTERNAL:
        break;
    }
    return RS_EXIT_FAILED;
}
