/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MATRIX_H
#define RS_MATRIX_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A matrix: one number of every pair, in place of rows. One file per format,
 * with one `const struct rs_matrix_ops`, and the kind of output that it is
 * (output_kind.h), which makes it.
 *
 * It is made before the workers are forked: there is space for everything, and
 * the cells are memory that all processes share. Workers fill them in place;
 * the parent finishes it. It is whole then under its own name; a matrix that
 * is freed unfinished leaves nothing behind.
 */

/* What it is of. Names are in UTF-8, and for the length of the call. */
struct rs_matrix_shape {
    size_t n_y, n_x;
    bool matched; /* one dimension: n_y numbers (n_x = n_y names) */
    const char *(*name_y)(const void *ctx, size_t y_ix);
    const char *(*name_x)(const void *ctx, size_t x_ix);
    const void *ctx;
};

struct rs_matrix;

struct rs_matrix_ops {
    /* All cells are as they shall be: makes it final. Errors: those of
     * outfile.h; RS_ERR_INTERRUPTED once the place's stop says so. */
    enum rs_status (*finish)(struct rs_matrix *matrix, struct rs_error *err);
    /* Frees, and removes what is not finished. */
    void (*free)(struct rs_matrix *matrix);
};

/* A format's own struct begins with this one. */
struct rs_matrix {
    const struct rs_matrix_ops *ops;
    double *cells; /* [n_y][n_x], or [n_y] of matched pairs; gone with
                      `finish` */
};

/* Bytes of the cells; SIZE_MAX: no size holds them. */
size_t rs_matrix_bytes(size_t n_y, size_t n_x, bool matched);

#endif
