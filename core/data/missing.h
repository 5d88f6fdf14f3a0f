/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MISSING_H
#define RS_MISSING_H

#include "row_groups.h"

/*
 * What to do with missing values before the sweep begins. Pairwise deletion
 * needs nothing here: every fit takes the rows that its own columns have.
 */
enum rs_missing {
    RS_MISSING_PAIRWISE, /* each fit on the rows complete in its columns */
    RS_MISSING_LISTWISE, /* only rows complete in all columns used */
    RS_MISSING_MEAN,     /* missing cells of x are its mean */
    RS_MISSING_FAIL      /* refuse data with missing values */
};

/* The columns of a run, all of them of the dataset. */
struct rs_missing_ask {
    enum rs_missing policy;
    bool same_rows;  /* all pairs need the same rows, as permutations do */
    const size_t *y; /* [n_y] */
    size_t n_y;
    const size_t *x; /* [n_x] */
    size_t n_x;
    const size_t *covariates; /* [n_covariates] */
    size_t n_covariates;
    size_t n_common; /* that are covariates of all pairs, the first ones; others
                        may be an x besides */
    const size_t *weights;             /* [n_weights] */
    size_t n_weights;                  /* one at most where means are taken */
    const struct rs_row_range *groups; /* [n_groups] rows whose cells are filled
                                          by their own means; 0: all */
    size_t n_groups;
};

struct rs_missing_done {
    uint64_t n_rows_dropped;
    uint64_t n_filled; /* cells */
    size_t *filled;    /* [columns there were before] the column that is this
                          one as an independent; NULL: no column is another */
};

/*
 * Applies a policy to a dataset that no worker shares yet.
 * done  out  Owns: its `filled` is the caller's to free, also after an error
 * Errors: RS_ERR_INCONSISTENT when the policy is fail and a value is missing,
 * or when no row is left; RS_ERR_NOMEM.
 *
 * Mean fills x alone: what is regressed on it, what it is adjusted for and the
 * weights are never made up, or the fit would find again what was put in. Its
 * cells get the mean of its finite ones, with weights the weighted mean over
 * rows of a weight above 0: the same number in every pair. A column that is a
 * dependent too gets a copy to be filled, behind the other columns of the
 * dataset. Covariates are no x of any pair, and so are not filled. Where
 * pairs need the same rows, those that lack a y or a covariate go afterwards.
 */
enum rs_status rs_missing_apply(struct rs_missing_done *done,
                                struct rs_dataset *data,
                                const struct rs_missing_ask *ask,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
