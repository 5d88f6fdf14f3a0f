/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ERROR_H
#define RS_ERROR_H

#include <stdarg.h>
#include <stdint.h>

/*
 * Run errors: what makes a whole run stop.
 *
 * A function that can fail returns an enum rs_status and fills the caller's
 * struct rs_error once, where the fact is known; everybody above passes both
 * on unchanged, and cmd/ prints the message once. Nothing here allocates, so
 * running out of memory can be reported too. What goes wrong inside one fit
 * is not an error but data: see outcome.h.
 */
enum rs_status {
    RS_OK = 0,
    RS_ERR_NOMEM,        /* memory, address space or processes exhausted */
    RS_ERR_USAGE,        /* an option or a name on the command line is wrong */
    RS_ERR_OPEN,         /* a file cannot be opened, created or renamed */
    RS_ERR_READ,         /* reading failed */
    RS_ERR_WRITE,        /* writing, flushing or closing the output failed */
    RS_ERR_MALFORMED,    /* the input is not what its format demands */
    RS_ERR_INCONSISTENT, /* sound input that does not fit the request */
    RS_ERR_DB,           /* a database refused */
    RS_ERR_INTERRUPTED,  /* a signal asked the run to stop */
    RS_ERR_INTERNAL      /* a broken promise of our own */
};

#define RS_ERROR_TEXT 512

/*
 * Settings in a message are written {p-max}, or {%s}, in its format. How a
 * setting is shown is the front end's affair: --p-max on a command line,
 * p-max in a library; {y}, of one letter, is -y there. In the text this mark
 * stands before the name, and no name or cell can forge it: what is no part of
 * the format is escaped.
 */
#define RS_SETTING_MARK '\x0e'

/* Where a run error happened and why. Zeroed = no error. */
struct rs_error {
    enum rs_status status;
    int os_errno;    /* errno at the time, 0 when no system call failed */
    uint64_t line;   /* physical line of the input, from 1; 0 = no line */
    uint64_t column; /* number of the field in its record, from 1; 0 = none */
    char file[RS_ERROR_TEXT]; /* the file concerned, cut if longer; may be "" */
    char text[RS_ERROR_TEXT]; /* the reason, one line, no file, no full stop;
                                 settings in it are marked */
};

#if defined(__GNUC__)
#define RS_PRINTF(fmt_ix, arg_ix)                                              \
    __attribute__((format(printf, fmt_ix, arg_ix)))
#define RS_MUST_CHECK __attribute__((warn_unused_result))
#else
#define RS_PRINTF(fmt_ix, arg_ix)
#define RS_MUST_CHECK
#endif

/*
 * Fills an error and gives its status back, for `return rs_error_set(...)`.
 * err     out  NULL allowed: only the status is passed on then
 * status  in   anything but RS_OK
 * fmt     in   printf format of the reason, shorter than RS_ERROR_TEXT; kept
 *              as visible.h shows it, so that a hostile name can neither forge
 *              a line nor steer a terminal; {setting} may be in it
 * Notes: clears file, line, column and os_errno.
 */
enum rs_status rs_error_set(struct rs_error *err, enum rs_status status,
                            const char *fmt, ...) RS_PRINTF(3, 4);

/*
 * As rs_error_set, with the file and the system's reason behind the text
 * (os_errno 0: no reason is added).
 * file  in  path as the user gave it, NULL allowed
 */
enum rs_status rs_error_set_os(struct rs_error *err, enum rs_status status,
                               const char *file, int os_errno, const char *fmt,
                               ...) RS_PRINTF(5, 6);

/*
 * As rs_error_set, at a place of an input file.
 * line    in  physical line from 1, 0 = unknown
 * column  in  number of the field from 1, 0 = the whole line
 */
enum rs_status rs_error_set_at(struct rs_error *err, enum rs_status status,
                               const char *file, uint64_t line, uint64_t column,
                               const char *fmt, ...) RS_PRINTF(6, 7);

/* What the text of an error with this format is, without an error. */
void rs_error_text(char out[RS_ERROR_TEXT], const char *fmt, va_list args);

/* Names the file in an error that names none yet; returns status. err, file:
 * NULL allowed. What the error says is left as it is. */
enum rs_status rs_error_in_file(struct rs_error *err, enum rs_status status,
                                const char *file);

/* Takes the marks out of the text: settings by their names alone. */
void rs_error_unmark(struct rs_error *err);

#endif
