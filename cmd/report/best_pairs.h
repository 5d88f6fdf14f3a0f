/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BEST_PAIRS_H
#define RS_BEST_PAIRS_H

#include "summary_table.h"

/* Prints n fits of the table's best, with what they found: a slope and its
 * error, an F, or a rank correlation. */
void rs_best_pairs_print(const struct rs_summary_table *table,
                         const struct rs_top_fit *fits, size_t n);

/*
 * A name for people, in at most `width` columns, as visible.h shows it: the
 * middle of a long one is left out, never a part of an escape. Without utf8 a
 * character that is not ASCII is `?`. A character counts as one column.
 * out    out  [4 * width + 4]
 * width  in   at least 8
 * Returns the columns used. Exported for tests.
 */
size_t rs_summary_name(char *out, size_t width, const char *name, bool utf8);

#endif
