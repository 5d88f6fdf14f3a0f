/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRANSFORM_H
#define RS_TRANSFORM_H

#include "dataset.h"

/*
 * Transforms of columns: one file and one row of transforms.c each.
 *
 * A transform works on a column's own cells, before workers share them, and
 * in place: nothing behind it knows of it but by the column's name, which
 * tells what was done, as in log(bmi). So a transformed column can be y, x or
 * covariate of any fit, by any engine, at no cost for the others.
 */
struct rs_transform {
    const char *name; /* as before the parenthesis in --transform and in the
                         names of results */
    const char *help; /* what it makes of a cell: a line of the man page */

    /* values  inout  [n_rows]; NaN is missing and stays so, and what the
     * transform is not defined for becomes NaN. Called by several threads. */
    void (*apply)(double *values, size_t n_rows);
};

extern const struct rs_transform rs_transform_center;
extern const struct rs_transform rs_transform_log;
extern const struct rs_transform rs_transform_zscore;

/* All of them; NULL at the end. In a file of its own, so that a test may put
 * another table in its place. */
extern const struct rs_transform *const rs_transforms[];

/*
 * Finds a transform by the len bytes of its name.
 * Errors: RS_ERR_USAGE naming the nearest one, or all.
 */
enum rs_status rs_transform_find(const struct rs_transform **out,
                                 const char *name, size_t len,
                                 struct rs_error *err) RS_MUST_CHECK;

/*
 * Transforms columns and calls them NAME(COLUMN).
 * n_lost   out  cells that had a value and are missing now
 * columns  in   [n] numeric ones, none twice
 * Errors: RS_ERR_NOMEM; some may have their new name then, none new values.
 */
enum rs_status rs_transform_apply(uint64_t *n_lost, struct rs_dataset *data,
                                  const struct rs_transform *transform,
                                  const size_t *columns, size_t n,
                                  unsigned n_threads,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
