/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LISTFILE_H
#define RS_LISTFILE_H

#include "error.h"

#include <stddef.h>

/* Lines of a small text file: the @file of a list of columns. */
struct rs_lines {
    char **lines; /* [n], without line ends; empty lines are left out */
    size_t n;
};

/* Reads a whole file; CRLF counts as one line end. Owns: rs_lines_clear.
 * Errors: RS_ERR_OPEN, RS_ERR_READ, RS_ERR_NOMEM. */
enum rs_status rs_lines_read(struct rs_lines *out, const char *path,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_lines_clear(struct rs_lines *lines);

#endif
