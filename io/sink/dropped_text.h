/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DROPPED_TEXT_H
#define RS_DROPPED_TEXT_H

#include "row_binary.h"
#include "sink.h"

/* The result column dropped: names of covariates, this between them. */
enum { RS_DROPPED_BETWEEN = ';' };

/* Whether rows have it. */
bool rs_dropped_wanted(const struct rs_rows_shape *rows);

/* Room for the longest, its end included; 0 where it is not wanted. */
size_t rs_dropped_most(const struct rs_rows_shape *rows);

/*
 * Makes it of what row_binary.h has packed.
 * out  out  rs_dropped_most
 * list in   packed, at its offset in a row
 * Returns its length; 0: there is none.
 */
size_t rs_dropped_unpack(char *out, const struct rs_rows_shape *rows,
                         const char *list);

#endif
