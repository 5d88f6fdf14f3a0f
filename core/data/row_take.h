/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_TAKE_H
#define RS_ROW_TAKE_H

#include "dataset.h"

/*
 * Which rows a dataset has, and in which order, before workers share it.
 */

/*
 * Makes row order[i] row i, and forgets all rows that are not named. Counts of
 * missing and infinite cells are those of the rows that stay.
 * order  in  [n] rows of the dataset, none twice
 * Errors: RS_ERR_NOMEM; *data is good for rs_dataset_free alone then.
 */
enum rs_status rs_dataset_take_rows(struct rs_dataset *data,
                                    const size_t *order, size_t n,
                                    unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

/*
 * Keeps the rows of a set (row_set.h), in their order.
 * n_dropped  out  how many went
 * Errors: as above.
 */
enum rs_status rs_dataset_keep_rows(uint64_t *n_dropped,
                                    struct rs_dataset *data,
                                    const uint64_t *keep, unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Columns whose rows are wanted whole. */
struct rs_complete_ask {
    const size_t *columns; /* [n] of the dataset */
    size_t n;
    const char *empty; /* the message where no row is left: a format of n */
};

/*
 * Keeps the rows that have a value in all of these columns.
 * n_dropped  out  how many went
 * Errors: as above, and RS_ERR_INCONSISTENT where no row is left.
 */
enum rs_status rs_dataset_keep_complete(uint64_t *n_dropped,
                                        struct rs_dataset *data,
                                        const struct rs_complete_ask *ask,
                                        unsigned n_threads,
                                        struct rs_error *err) RS_MUST_CHECK;

#endif
