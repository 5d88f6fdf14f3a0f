/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_GROUPS_H
#define RS_ROW_GROUPS_H

#include "dataset.h"

/* Rows first <= i < first + n of a dataset. */
struct rs_row_range {
    size_t first, n;
};

/*
 * Groups of rows: one for each combination of the levels of some columns that
 * occurs, in the order of the levels, the first column slowest. The rows of
 * each lie together. All zero: there are none, which is not one of all rows.
 */
struct rs_row_groups {
    size_t *columns; /* [n_columns] of the dataset, which have levels */
    size_t n_columns;
    size_t n;
    struct rs_row_range *rows; /* [n] none is empty */
    uint32_t *codes;           /* [n][n_columns] their levels */
    uint64_t n_dropped;        /* rows that lacked one, and went */
};

/*
 * Sorts a dataset by the levels of columns, before workers share it; rows of a
 * group stay in their order, and rows that lack a level go.
 * columns  in  [n_columns] at least one
 * Owns: rs_row_groups_clear. Errors: RS_ERR_INCONSISTENT where no row is left;
 * RS_ERR_NOMEM, *data is good for rs_dataset_free alone then.
 */
enum rs_status rs_row_groups_sort(struct rs_row_groups *out,
                                  struct rs_dataset *data,
                                  const size_t *columns, size_t n_columns,
                                  unsigned n_threads,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Finds the groups of a sorted dataset again, after some of its rows went.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_row_groups_find(struct rs_row_groups *groups,
                                  const struct rs_dataset *data,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_row_groups_clear(struct rs_row_groups *groups);

#endif
