/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRANSFORMED_H
#define RS_TRANSFORMED_H

#include "select.h"
#include "table.h"
#include "transform_ask.h"

/*
 * --transform: which columns of a run are transformed, and what became of
 * them. Transforms take place in their order, each on what the ones before
 * have left, before missing values are seen to: a cell that has no logarithm
 * is a missing one for --missing, and what --missing mean puts in is the mean
 * of logarithms.
 */
struct rs_transformed {
    struct rs_transform_list list;
    struct rs_selection *columns; /* [list.n] positions in the header */
    uint64_t *n_lost;             /* [list.n] cells that are missing by it */
};

/* The columns of a run, by their positions in the header. */
struct rs_transformed_of {
    const struct rs_table *table;
    const struct rs_selection *weights; /* used as they are */
    const bool *used;    /* as y, x or covariate, and not as weights */
    const size_t *place; /* of those that are used, in the dataset */
    const struct rs_row_groups *groups; /* within which they are made; NULL
                                           before cells are read */
};

/*
 * Before anything is read: a column that is asked for by name must be used.
 * Errors: RS_ERR_USAGE.
 */
enum rs_status rs_transformed_check(const struct rs_transformed *transforms,
                                    const struct rs_transformed_of *of,
                                    struct rs_error *err) RS_MUST_CHECK;

/*
 * Transforms what has been read. Categories and columns that are not used
 * stay as they are, and so does text, where patterns bring them.
 * Errors: RS_ERR_MALFORMED at the cell that makes a column text,
 * RS_ERR_USAGE for categories, or for a name that another column has already;
 * RS_ERR_NOMEM.
 */
enum rs_status rs_transformed_apply(struct rs_transformed *transforms,
                                    struct rs_dataset *data,
                                    const struct rs_transformed_of *of,
                                    unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Does nothing on a zeroed one. */
void rs_transformed_clear(struct rs_transformed *transforms);

#endif
