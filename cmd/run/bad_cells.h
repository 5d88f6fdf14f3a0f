/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BAD_CELLS_H
#define RS_BAD_CELLS_H

#include "table.h"

/*
 * A column that is text though most of its cells are numbers: how many are
 * not, which is the first, and what to type so that they are missing.
 */
enum { RS_BAD_CELLS_TEXT = 128 };

struct rs_bad_cells {
    char count[RS_BAD_CELLS_TEXT]; /* "1 of 5,237 cells is no number" */
    char place[RS_BAD_CELLS_TEXT]; /* "line 3000"; of several files "b.csv, line
                                      3000" */
    const char *first;             /* the cell; borrows from the column */
    char cure[RS_BAD_CELLS_TEXT];  /* format of what follows the cell, of one
                                      text; it says nothing where there is no
                                      cure, as they are of many kinds */
    char value[RS_BAD_CELLS_TEXT]; /* that text */
};

/* Whether a column is one: else it is numbers, or was not meant to be. */
bool rs_bad_cells_has(const struct rs_column *column);

void rs_bad_cells_find(struct rs_bad_cells *out, const struct rs_column *column,
                       const struct rs_table *table);

#endif
