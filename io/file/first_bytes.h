/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FIRST_BYTES_H
#define RS_FIRST_BYTES_H

#include "error.h"

#include <stddef.h>

/*
 * Files that are no text table, known by their first bytes: workbooks,
 * archives, images, formats of other programs. A kind is a row of
 * first_bytes_rows.h, with the command that makes text of it.
 */

/*
 * Refuses such a file by its name and with the cure.
 * bytes  in  [n] the beginning, of what was decompressed; more than a kind
 *            needs does not harm
 * path   in  as the user gave it
 * Errors: RS_ERR_MALFORMED. Notes: what could begin a header is no reason.
 */
enum rs_status rs_first_bytes_check(const char *bytes, size_t n,
                                    const char *path,
                                    struct rs_error *err) RS_MUST_CHECK;

#endif
