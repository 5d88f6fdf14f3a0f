/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NO_COLUMN_H
#define RS_NO_COLUMN_H

#include "error.h"

#include <stddef.h>

/*
 * What is said of a name, or a pattern, that no column has: the one that is
 * meant, where case or blanks tell them apart or the name is near; why the
 * header looks as it does, where it is no header; else the header itself.
 * setting  in  the list, for the message: "dependent"
 * text     in  what is in no header
 * names    in  [n] the header
 * Returns: RS_ERR_USAGE.
 */
enum rs_status rs_no_column(const char *setting, const char *text,
                            const char *const *names, size_t n,
                            struct rs_error *err) RS_MUST_CHECK;

/* The names of a header as "'a', 'b', 'c', ...", as far as room bytes go and
 * as a line has room; at least one. */
void rs_names_list(char *out, size_t room, const char *const *names, size_t n);

#endif
