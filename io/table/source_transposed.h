/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_TRANSPOSED_H
#define RS_SOURCE_TRANSPOSED_H

#include "source_ops.h"

/* Delimited text with one variable a record (csv_transpose.h); the header
 * names the rows. Asked for by name alone. */
extern const struct rs_source_ops rs_source_transposed;

#endif
