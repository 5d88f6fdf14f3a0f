/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_VIEW_H
#define RS_ROW_VIEW_H

#include "row_groups.h"

/*
 * Consecutive rows of a dataset as a dataset of their own. Names, numbers and
 * the levels of categories are the dataset's; the bits are copied, so that
 * they begin with a word, and counts are those of the rows. A view is made
 * once and moved from range to range, which costs a few nanoseconds a column
 * and nothing a row where no cell is missing.
 */
struct rs_row_view;

/* Of no rows yet. data: borrowed for its life. Owns: rs_row_view_free.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_row_view_new(struct rs_row_view **out,
                               const struct rs_dataset *data,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_row_view_free(struct rs_row_view *view); /* NULL allowed */

/* Moves it to other rows, of which there are n at least. Errors:
 * RS_ERR_NOMEM; it has no rows then. */
enum rs_status rs_row_view_move(struct rs_row_view *view,
                                struct rs_row_range rows,
                                struct rs_error *err) RS_MUST_CHECK;

/* The rows where it is, for as long as it stays there. */
const struct rs_dataset *rs_row_view_data(const struct rs_row_view *view);

/*
 * The bits of some rows of a set, from the first bit on.
 * out  out  [rs_bit_words(rows.n)] bits past the rows are 0
 * Returns how many are in the set.
 */
size_t rs_rows_of_range(uint64_t *out, const uint64_t *set,
                        struct rs_row_range rows);

#endif
