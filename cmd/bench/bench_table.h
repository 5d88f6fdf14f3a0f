/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BENCH_TABLE_H
#define RS_BENCH_TABLE_H

#include "outfile.h"

/* A made-up table: columns y1, y2, ... and x1, x2, ..., all with a little of
 * one common part, so that the fits are not all noise. */
struct rs_bench_size {
    uint64_t rows, y, x;
};

/* Reads ROWS,Y,X. text: NULL: 1000 of each. Errors: RS_ERR_USAGE. */
enum rs_status rs_bench_size_parse(struct rs_bench_size *out, const char *text,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Writes the table as CSV; each cell follows from its place alone, so that
 * the same size gives the same bytes. Errors: RS_ERR_NOMEM, RS_ERR_WRITE,
 * RS_ERR_INTERRUPTED. */
enum rs_status rs_bench_table_write(struct rs_outfile *file,
                                    const struct rs_bench_size *size,
                                    struct rs_error *err) RS_MUST_CHECK;

#endif
