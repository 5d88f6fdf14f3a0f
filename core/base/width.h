/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WIDTH_H
#define RS_WIDTH_H

#include <stddef.h>

/*
 * How wide texts are on a terminal, as visible.h shows them: 2 columns for
 * the characters that are wide or full-width (UAX 11: those of East Asia, and
 * emoji), none for marks that stand on the one before them, else 1.
 */

/* Columns of a text as it is shown. */
size_t rs_width_of(const char *text);

/*
 * A text as it is shown in so many columns: a wider one is cut in the middle,
 * where "..." stands then, or at its end; characters are never cut.
 * out    out  [cap], cut at its end if longer
 * width  in   at least 5
 */
void rs_width_cut_middle(char *out, size_t cap, const char *text, size_t width);
void rs_width_cut_end(char *out, size_t cap, const char *text, size_t width);

#endif
