/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MISSING_H
#define RS_MISSING_H

#include "dataset.h"

/*
 * What to do with missing values before the sweep begins. Pairwise deletion
 * needs nothing here: every fit takes the rows that its own columns have.
 */
enum rs_missing {
    RS_MISSING_PAIRWISE, /* each fit on the rows complete in its columns */
    RS_MISSING_LISTWISE, /* only rows complete in all columns used */
    RS_MISSING_MEAN,     /* numeric cells filled with their column's mean */
    RS_MISSING_FAIL      /* refuse data with missing values */
};

/*
 * Applies a policy to a dataset that no worker shares yet.
 * columns  in  [n] the columns that the run uses; a factor counts as well
 * n_rows_dropped, n_filled  out  what was done, for the summary
 * Errors: RS_ERR_INCONSISTENT when the policy is fail and a value is
 * missing, or when listwise leaves no row; RS_ERR_NOMEM.
 * Notes: means by compensated summation; categories cannot be filled, rows
 * without them stay missing. Infinite cells take no part in a mean.
 */
enum rs_status rs_missing_apply(struct rs_dataset *data, enum rs_missing policy,
                                const size_t *columns, size_t n,
                                uint64_t *n_rows_dropped, uint64_t *n_filled,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
