/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NOTICES_H
#define RS_NOTICES_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What is to be said of a run besides its results, as data: whoever finds it
 * adds it, the front end shows it, a database is told.
 *
 * A note says what was done. A warning says what looks unmeant, why that
 * matters, and what to type; once of a kind of thing, not of each.
 */
enum rs_notice_kind { RS_NOTICE_NOTE, RS_NOTICE_WARNING, RS_N_NOTICE_KINDS };

struct rs_notice {
    enum rs_notice_kind kind;
    char *text; /* one line, no full stop; settings in it are marked as in an
                   error (error.h) */
    bool told;  /* to people; the front end's */
};

/* In the order in which they were found. All zero: none. */
struct rs_notices {
    struct rs_notice *list; /* [n] */
    size_t n;
};

/*
 * Adds one, unless there is the same.
 * fmt  in  as of rs_error_set: shorter than RS_ERROR_TEXT, {setting} may be in
 *          it
 * Owns: rs_notices_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_notices_add(struct rs_notices *notices,
                              enum rs_notice_kind kind, struct rs_error *err,
                              const char *fmt, ...)
    RS_PRINTF(4, 5) RS_MUST_CHECK;

/* Adds one of another list, whose text it takes, unless there is the same.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_notices_take(struct rs_notices *notices,
                               struct rs_notice *from,
                               struct rs_error *err) RS_MUST_CHECK;

/* {strict}: warnings are an error. written: the output is there already.
 * Errors: RS_ERR_INCONSISTENT. */
enum rs_status rs_notices_refuse(const struct rs_notices *notices, bool written,
                                 struct rs_error *err) RS_MUST_CHECK;

void rs_notices_clear(struct rs_notices *notices);

#endif
