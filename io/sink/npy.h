/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NPY_H
#define RS_NPY_H

#include "output_kind.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A matrix of doubles as a file of NumPy's (format version 1.0, see
 * numpy.lib.format), filled through a shared mapping.
 *
 * The file holds three arrays, one behind the other, as if by three calls of
 * numpy.save: the matrix, the names of its rows, and those of its columns.
 * numpy.load(PATH) gives the matrix; numpy.load of an open file, called three
 * times, gives them all.
 *
 * The matrix's header is written last: as long as it is missing, nobody takes
 * what is there for a matrix.
 */
extern const struct rs_output_kind rs_output_npy;

struct rs_npy;

struct rs_npy_shape {
    size_t n_y, n_x;
    bool matched; /* one dimension: n_y numbers (n_x = n_y names) */
    /* the names, in UTF-8; for the length of the call */
    const char *(*name_y)(const void *ctx, size_t y_ix);
    const char *(*name_x)(const void *ctx, size_t x_ix);
    const void *ctx;
};

/*
 * Creates PATH.partial with space for everything, and maps it. Done before
 * workers are forked.
 * npy  out  NULL after an error; nothing is left behind then
 * Owns: rs_npy_free. Errors: those of outfile.h, RS_ERR_NOMEM.
 */
enum rs_status rs_npy_create(struct rs_npy **npy,
                             const struct rs_outfile_options *options,
                             const struct rs_npy_shape *shape,
                             struct rs_error *err) RS_MUST_CHECK;

/* [n_y][n_x], or [n_y] of matched pairs; shared with forked workers. */
double *rs_npy_cells(const struct rs_npy *npy);

/* The matrix is whole: writes its header and gives the file its name. Errors:
 * those of rs_outfile_finish; RS_ERR_INTERRUPTED once *options->stop says
 * so. */
enum rs_status rs_npy_finish(struct rs_npy *npy,
                             struct rs_error *err) RS_MUST_CHECK;

/* Frees; an unfinished file is removed, as it is no part of anything. NULL
 * allowed. */
void rs_npy_free(struct rs_npy *npy);

/* Bytes of the numbers alone. */
size_t rs_npy_bytes(size_t n_y, size_t n_x, bool matched);

#endif
