/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SELECT_H
#define RS_SELECT_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Selection: from what the user wrote to positions in the header.
 *
 * An item is one of (tried in this order)
 *   name       a column of exactly this name, whatever characters it has
 *   !item      take what the item matches out of the list
 *   #3         the third column; #3:#7 and #3: are ranges of positions
 *   a:b        the columns from a to b as they stand in the file
 *   p{1:10}q   p1q ... p10q, each of which must exist (leading zeros of the
 *              first bound are kept: {01:10})
 *   gl*b?[ab]  every column that matches, in file order
 * A list of exclusions only begins with all columns. A column is taken once,
 * at the place where it was first named. Blanks about an item are no part of it
 * where no column is called so exactly. Items from an @file are literal:
 * only the first rule holds for them.
 */

/* One item as the user wrote it. */
struct rs_item {
    const char *text; /* borrowed */
    bool literal;     /* an exact name, no pattern */
};

/* Columns chosen, in order. */
struct rs_selection {
    size_t n;
    size_t *columns;  /* [n] positions in the header */
    bool *by_pattern; /* [n] true: a glob, a range of columns or an
                         exclusion brought it, so it may be left out when it
                         is not numeric; false: it was asked for by name */
};

/*
 * Resolves a list of items against the header.
 * out      out  the selection; empty when n_items is 0
 * names    in   [n_names] the header
 * items    in   [n_items]
 * setting  in   the name of the list, for messages: "dependent"
 * Owns: rs_selection_clear. Errors: RS_ERR_USAGE when an item matches
 * nothing (no_column.h says why), when a chosen name stands twice in
 * the header (positions are told) or when nothing is left; RS_ERR_NOMEM.
 */
enum rs_status rs_select(struct rs_selection *out, const char *const *names,
                         size_t n_names, const struct rs_item *items,
                         size_t n_items, const char *setting,
                         struct rs_error *err) RS_MUST_CHECK;

/* Every column of the header, as if by pattern. Owns and errors as above. */
enum rs_status rs_select_all(struct rs_selection *out, size_t n_names,
                             struct rs_error *err) RS_MUST_CHECK;

/* Whether a column is among those chosen. */
bool rs_selection_has(const struct rs_selection *selection, size_t column);

/* Room for n columns in all. Errors: RS_ERR_NOMEM. */
enum rs_status rs_selection_reserve(struct rs_selection *selection, size_t n,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Adds a column, for which there is room. */
void rs_selection_add(struct rs_selection *selection, size_t column,
                      bool by_pattern);

/* Keeps the columns for which keep[position] is true. */
void rs_selection_filter(struct rs_selection *selection, const bool *keep);

/* Frees; does nothing on a zeroed one. */
void rs_selection_clear(struct rs_selection *selection);

#endif
