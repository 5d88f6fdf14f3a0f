/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RESULT_COLUMNS_H
#define RS_RESULT_COLUMNS_H

#include "error.h"
#include "fit.h"

#include <stddef.h>

/* The columns of a result row, in order. */
struct rs_result_columns {
    enum rs_field fields[RS_FIELD_COUNT];
    size_t n;
};

/*
 * Reads --columns: a list of columns in the order wanted, or, when every
 * word begins with + or -, changes to the default set (kept in its natural
 * order).
 * text  in  NULL: the default set
 * Errors: RS_ERR_USAGE for an unknown or repeated column, or none left.
 */
enum rs_status rs_result_columns_parse(struct rs_result_columns *out,
                                       const char *text,
                                       struct rs_error *err) RS_MUST_CHECK;

#endif
