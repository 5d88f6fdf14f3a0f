/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CELL_HINT_H
#define RS_CELL_HINT_H

#include <stddef.h>

/* What a cell that is no number seems to be, and so which setting reads it. */
enum rs_cell_hint {
    RS_HINT_NONE,
    RS_HINT_THOUSANDS,
    RS_HINT_PERCENT,
    RS_HINT_CURRENCY,
    RS_HINT_PARENTHESES,
    RS_HINT_MINUS, /* a typographic one */
    RS_HINT_BLANKS,
    RS_HINT_COMMA, /* a decimal comma where the mark is a point */
    RS_HINT_POINT, /* and the other way round */
    RS_HINT_TRUE,
    RS_HINT_FALSE,
    RS_HINT_DATE,
    RS_HINT_SLASHES, /* a date that some read in another way */
    RS_HINT_NUMBER,  /* it is one, so that its column is of dates */
    RS_N_HINTS
};

/* text: a cell, NUL behind it. Single letters are taken for codes. */
enum rs_cell_hint rs_cell_hint(const char *text, char decimal);

/*
 * [RS_N_HINTS] formats of what to say behind the cell in a message, each of one
 * string, the column's name as rs_cell_hint_column shows it: "has a thousands
 * separator: {numbers} loose reads it". Settings are marked as in error.h.
 */
extern const char *const rs_cell_hint_formats[RS_N_HINTS];

/* The name of a column as it is typed in a list of columns: in quotes where a
 * shell needs them, a comma escaped. out: [cap], cut if longer. */
void rs_cell_hint_column(char *out, size_t cap, const char *name);

#endif
