/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRANSFORM_H
#define RS_TRANSFORM_H

#include "row_groups.h"

/*
 * Transforms of columns: one file and one row of transforms.c each.
 *
 * A transform works on a column's own cells, before workers share them, and
 * in place: nothing behind it knows of it but by the column's name, which
 * tells what was done, as in log(bmi). So a transformed column can be y, x or
 * covariate of any fit, by any engine, at no cost for the others.
 */

/* The number that some have behind their name, as in lag:2. */
struct rs_transform_number {
    const char *letter;  /* as the man page calls it */
    const char *allowed; /* what it has to be, for messages */
    const char *example;
    bool (*is_allowed)(double number);
};

struct rs_transform {
    const char *name; /* as before the parenthesis in --transform and in the
                         names of results */
    const char *help; /* what it makes of a cell: a line of the man page */

    /*
     * values  inout  [n_rows]; NaN is missing and stays so, and what the
     *                transform is not defined for becomes NaN
     * number  in     allowed; without meaning where `number` below is NULL
     * spare   inout  [room * n_rows] to work in
     * Called by several threads.
     */
    void (*apply)(double *values, size_t n_rows, double number, double *spare);

    size_t room;                              /* of `spare`: columns */
    const struct rs_transform_number *number; /* NULL: it takes none */
};

extern const struct rs_transform rs_transform_center;
extern const struct rs_transform rs_transform_diff;
extern const struct rs_transform rs_transform_lag;
extern const struct rs_transform rs_transform_log;
extern const struct rs_transform rs_transform_log10;
extern const struct rs_transform rs_transform_log1p;
extern const struct rs_transform rs_transform_log2;
extern const struct rs_transform rs_transform_rank;
extern const struct rs_transform rs_transform_rank_normal;
extern const struct rs_transform rs_transform_sqrt;
extern const struct rs_transform rs_transform_winsor;
extern const struct rs_transform rs_transform_zscore;

/* All of them; NULL at the end. In a file of its own, so that a test may put
 * another table in its place. */
extern const struct rs_transform *const rs_transforms[];

/* A transform as it was asked for. */
struct rs_transform_step {
    const struct rs_transform *by;
    double number; /* 0 where it takes none */
};

enum { RS_TRANSFORM_LABEL_SIZE = 48 };

/* What names of results say before the parenthesis: log, lag:2. */
void rs_transform_label(char label[RS_TRANSFORM_LABEL_SIZE],
                        const struct rs_transform_step *step);

/* True where the len bytes before a colon, or all, are a transform's name. */
bool rs_transform_is(const char *text, size_t len);

/*
 * Reads the len bytes of NAME or NAME:NUMBER.
 * Errors: RS_ERR_USAGE: there is no such transform, or its number is not what
 * it has to be.
 */
enum rs_status rs_transform_find(struct rs_transform_step *out,
                                 const char *text, size_t len,
                                 struct rs_error *err) RS_MUST_CHECK;

/* What is transformed; all of it borrowed. */
struct rs_transform_ask {
    struct rs_transform_step step;
    const size_t *columns; /* [n] numeric ones, none twice */
    size_t n;
    const struct rs_row_range *groups; /* [n_groups] rows that are transformed
                                          as if they were all; 0: all are */
    size_t n_groups;
};

/*
 * Transforms columns and calls them NAME(COLUMN).
 * n_lost  out  cells that had a value and are missing now
 * Errors: RS_ERR_NOMEM; data is good for rs_dataset_free alone then.
 */
enum rs_status rs_transform_apply(uint64_t *n_lost, struct rs_dataset *data,
                                  const struct rs_transform_ask *ask,
                                  unsigned n_threads,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
