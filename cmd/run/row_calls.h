/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_CALLS_H
#define RS_ROW_CALLS_H

#include "output_kind.h"

/*
 * Rows by a function: a kind of output that has no name. Workers pack rows
 * (row_binary.h); the parent calls the function with each.
 */
struct rs_row_calls;

/* A row that is shown to the function; valid in its call. */
struct rs_row_shown {
    const struct rs_row_calls *calls;
    const char *bytes;
};

extern const struct rs_output_kind rs_output_calls;

/* Whom its sink calls; before the run begins. Not 0: the run ends, as
 * interrupted. */
void rs_row_calls_set(struct rs_sink *sink,
                      int (*row)(void *ctx, const struct rs_row_shown *shown),
                      void *ctx);

/* What stands in a column; NaN, NULL: nothing, or there is no such column. */
double rs_row_shown_number(const struct rs_row_shown *shown, const char *name);
const char *rs_row_shown_text(const struct rs_row_shown *shown,
                              const char *name);

/* The name of the i-th column; NULL behind the last. */
const char *rs_row_shown_column(const struct rs_row_shown *shown, size_t i);

#endif
