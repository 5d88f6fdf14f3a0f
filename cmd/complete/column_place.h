/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLUMN_PLACE_H
#define RS_COLUMN_PLACE_H

#include "setting.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Where in an argument names of columns stand, by what the argument is called:
 * COLS, COL=LEVEL, NAME(COLS), CONDITION, ...
 */
struct rs_column_place {
    const char *of;      /* the argument, or the setting */
    const char *between; /* characters behind which a name begins, unless a
                            backslash is before them */
    char opener;         /* that has to be there before any name; 0: none */
    const char *closers; /* behind one of these there are no names */
    const char *behind;  /* what follows a name */
};

/* NULL: its argument has no names of columns. */
const struct rs_column_place *
rs_column_place_of(const struct rs_setting *setting);

/* Where the name begins that the end of a value is a part of. Returns false:
 * there is none. */
bool rs_column_place_find(size_t *begin, const struct rs_column_place *place,
                          const char *value);

/*
 * A name as it is written there: in a list with \, for a comma, in a condition
 * between quotes where it has to be.
 * out    out  [2 strlen(name) + 3]
 * typed  in   the name as far as it is typed
 */
void rs_column_place_write(char *out, const struct rs_column_place *place,
                           const char *name, const char *typed);

#endif
