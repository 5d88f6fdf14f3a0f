/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_MATRIX_MARKET_H
#define RS_SOURCE_MATRIX_MARKET_H

#include "source_ops.h"

/* A dense matrix of the Matrix Market: a line that says so, numbers of rows and
 * columns, then the numbers column by column, one a line. Columns are called
 * v1, v2, ... Errors of open: RS_ERR_MALFORMED where it is otherwise. */
extern const struct rs_source_ops rs_source_matrix_market;

#endif
