/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTPUT_KIND_H
#define RS_OUTPUT_KIND_H

#include "matrix.h"
#include "sink.h"

/*
 * A kind of output: what it is called, how a name shows that it is meant, and
 * what it can. Each stands in the file of its sink; the table of all of them
 * is io/kinds/output_kinds.c. Nobody else tells one kind from another: who
 * needs to know something of an output asks what its kind can.
 */
enum {
    RS_OUTPUT_ROWS = 1 << 0,   /* takes rows, by a sink */
    RS_OUTPUT_MATRIX = 1 << 1, /* holds one number of every pair instead: either
                                  this or rows */
    RS_OUTPUT_BOTH = 1 << 2,   /* rows of pairs and of terms, side by side */
    RS_OUTPUT_RUNS = 1 << 3,   /* several runs, and a note of each: a database
                                  with tables */
    RS_OUTPUT_PACKED = 1 << 4, /* may be compressed */
    RS_OUTPUT_STDOUT = 1 << 5, /* may be standard output */
    RS_OUTPUT_DIGITS = 1 << 6, /* numbers are text, of as many digits as asked
                                  for */
    RS_OUTPUT_BOM = 1 << 7,    /* may begin with a mark that it is UTF-8 */
    RS_OUTPUT_URL = 1 << 8     /* its marks begin a URL, which names the place
                                  as a whole, and never a file */
};

struct rs_output_kind {
    const char *name; /* as --format calls it, where it does */
    const char *what; /* for people, with its article */
    /* What shows in the name of an output that this kind is meant, in letters
     * of either case: with a colon behind it, the beginning; else the end.
     * NULL at the end. */
    const char *const *marks;
    unsigned can; /* set of RS_OUTPUT_ */
    /* What a row costs where it is not tried before a run: seconds of the
     * parent, indexes included, and bytes. Measured; see the README of
     * io/kinds. 0: a row is written somewhere else to find out. */
    double row_seconds, row_bytes;
    /* Whether a name can be one, as such. NULL: any can. Errors:
     * RS_ERR_USAGE. */
    enum rs_status (*check_name)(const char *path, struct rs_error *err);
    /* Looks whether the output can be made: what cannot should cost nobody an
     * hour of reading. Creates nothing. config: without what only the input
     * tells (data, term_texts, info). Errors: RS_ERR_OPEN, RS_ERR_DB,
     * RS_ERR_USAGE, RS_ERR_NOMEM. */
    enum rs_status (*check)(const struct rs_sink_config *config,
                            struct rs_error *err);
    /* Makes the sink; NULL where there are no rows, but a matrix. Owns:
     * sink->ops->free. Errors: those of the sink. */
    enum rs_status (*make)(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err);
    /* Makes the matrix; NULL where there is none. The place is borrowed for
     * the call, what it points at for the matrix's life. Owns:
     * matrix->ops->free. Errors: those of outfile.h, RS_ERR_NOMEM. */
    enum rs_status (*make_matrix)(struct rs_matrix **out,
                                  const struct rs_matrix_shape *shape,
                                  const struct rs_place *place,
                                  struct rs_error *err);
};

/* can: one of RS_OUTPUT_ */
static inline bool rs_output_can(const struct rs_output_kind *kind,
                                 unsigned can)
{
    return (kind->can & can) != 0;
}

#endif
