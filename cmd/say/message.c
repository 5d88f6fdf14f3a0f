/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strcasestr */
#include "message.h"

#include "passwords.h"
#include "utf8.h"
#include "visible.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Passwords are looked for only where they may be: a name that says
 * "password=" is a name. */
static void hide_passwords(char *text)
{
    if (strstr(text, "://") != NULL || strcasestr(text, "postgres") != NULL)
        rs_hide_passwords(text);
}

/* Prints one line; standard error has no buffer of its own. */
static void print_line(const char *text)
{
    char line[4096] = "regsweep: ";
    size_t used = strlen(line);
    char piece[RS_VISIBLE_PIECE];

    while (rs_visible_next(piece, &text) > 0) {
        size_t len = strlen(piece);
        if (used + len + 1 > sizeof line) {
            (void)fwrite(line, 1, used, stderr);
            used = 0;
        }
        memcpy(line + used, piece, len);
        used += len;
    }
    line[used++] = '\n';
    (void)fwrite(line, 1, used, stderr);
}

/* Settings as options: --name, or -n. As long as the text of an error. */
static void write_options(char out[RS_ERROR_TEXT], const char *text)
{
    char line[2 * RS_ERROR_TEXT];
    size_t used = 0;

    for (; *text != '\0'; text++) {
        if (*text != RS_SETTING_MARK) {
            line[used++] = *text;
            continue;
        }
        line[used++] = '-';
        if (isalnum((unsigned char)text[1]) &&
            (isalnum((unsigned char)text[2]) || text[2] == '-'))
            line[used++] = '-';
    }
    if (used >= RS_ERROR_TEXT)
        used = rs_utf8_whole(line, RS_ERROR_TEXT - 1);
    memcpy(out, line, used);
    out[used] = '\0';
}

void rs_message_error(const struct rs_error *err)
{
    struct rs_error shown = *err; /* is visible already */
    char place[64] = "";

    write_options(shown.text, err->text);
    hide_passwords(shown.file);
    hide_passwords(shown.text);
    if (err->line > 0 && err->column > 0)
        (void)snprintf(place, sizeof place, "%" PRIu64 ":%" PRIu64 ": ",
                       err->line, err->column);
    else if (err->line > 0)
        (void)snprintf(place, sizeof place, "%" PRIu64 ": ", err->line);
    (void)fprintf(stderr, "regsweep: %s%s%s%s\n", shown.file,
                  shown.file[0] == '\0' ? ""
                  : err->line > 0       ? ":"
                                        : ": ",
                  place, shown.text);
}

void rs_message(const char *fmt, ...)
{
    char some[1024];
    char *all = NULL; /* where that is too short */
    char *text = some;
    va_list args;
    int len = 0;

    va_start(args, fmt);
    len = vsnprintf(some, sizeof some, fmt, args);
    va_end(args);
    if (len >= (int)sizeof some) {
        some[rs_utf8_whole(some, sizeof some - 1)] = '\0';
        all = malloc((size_t)len + 1);
    }
    if (all != NULL) {
        va_start(args, fmt);
        (void)vsnprintf(all, (size_t)len + 1, fmt, args);
        va_end(args);
        text = all;
    }
    hide_passwords(text);
    print_line(text);
    free(all);
}

void rs_message_text(const char *word, const char *text)
{
    char shown[RS_ERROR_TEXT];

    write_options(shown, text);
    rs_message("%s%s", word, shown);
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
