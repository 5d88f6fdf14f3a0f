/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CELL_RULE_H
#define RS_CELL_RULE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How the cells of a column are read: what means missing, and what counts as
 * a number besides numbers (csv_read.h). Zeroed, nothing does but the word
 * nan. All texts are borrowed.
 */
struct rs_cell_rule {
    const char *const *na; /* [n_na] texts that mean missing, exact match. One
                              that is a number stands, in a column of numbers,
                              for all that are read to the same double */
    size_t n_na;
    const char *const *among; /* [n_among] texts that mean missing in a column
                                 of numbers, and are texts in another */
    size_t n_among;
    bool loose; /* numbers as people write them: cell_words.h */
    bool truth; /* TRUE and FALSE, ... are 1 and 0: cell_words.h */
    bool dates; /* every cell is a date, or missing: cell_words.h */
};

/* The rules of a table. */
struct rs_column_rules {
    const struct rs_cell_rule *rules; /* [n] the first is of what is no column
                                         of the table, too: names, keys */
    size_t n;
    const size_t *of; /* [columns] index into rules; NULL: all have the first */
};

#endif
