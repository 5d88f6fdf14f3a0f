/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NOT_NUMERIC_H
#define RS_NOT_NUMERIC_H

#include "table.h"

/* RS_ERR_MALFORMED at the cell that makes a column of the table text.
 * setting  in  that needs numbers */
enum rs_status rs_not_numeric(const struct rs_column *column,
                              const struct rs_table *table, const char *setting,
                              struct rs_error *err) RS_MUST_CHECK;

/* The same of an x, which could be categories. */
enum rs_status rs_not_numeric_x(const struct rs_column *column,
                                const struct rs_table *table,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
