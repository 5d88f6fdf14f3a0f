/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CELLS_ASK_H
#define RS_CELLS_ASK_H

#include "cell_rule.h"
#include "settings.h"
#include "table.h"

/*
 * How cells are to be read, as {na}, {numbers}, {truth} and {dates} say: a
 * rule for the columns that no list names, known before anything is read, and
 * then those of the others.
 *
 * A value of {na} is TEXTS, +TEXTS, COLS=TEXTS or COLS=+TEXTS. TEXTS are
 * separated by commas; a + in front adds them to those that hold already,
 * else they take their place, whatever brought them. There are COLS where an =
 * stands before the first comma, and neither = nor + begins the value; they
 * are one item as in select.h. `\,` and `\=` are a comma and an = of a text or
 * of COLS. Values count in their order, those with COLS behind the others.
 */
struct rs_cells_ask {
    struct rs_cell_rule *rules; /* [n] the first is of all other columns */
    size_t n;
    size_t *of; /* [columns] index into rules; NULL: all have the first */
    /* private */
    struct rs_na_value *values; /* [n_values] of {na} */
    size_t n_values;
    const char ***lists; /* [n_lists] texts of rules */
    size_t n_lists;
};

/*
 * The first rule. Borrows from settings.
 * Owns: rs_cells_ask_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_cells_ask_init(struct rs_cells_ask *out,
                                 const struct rs_settings *settings,
                                 struct rs_error *err) RS_MUST_CHECK;

/* The rules of the columns that are named. Errors: those of column_list.h;
 * RS_ERR_USAGE for a column of {truth} and {dates} both. */
enum rs_status rs_cells_ask_columns(struct rs_cells_ask *ask,
                                    const struct rs_table *table,
                                    const struct rs_settings *settings,
                                    struct rs_error *err) RS_MUST_CHECK;
/* Whether a text means missing among numbers alone, by default: NULL, n/a. */
bool rs_cells_missing_word(const char *text);

void rs_cells_ask_clear(struct rs_cells_ask *ask);

#endif
