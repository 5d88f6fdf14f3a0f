/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TOP_ROWS_H
#define RS_TOP_ROWS_H

#include "collect_rows.h"
#include "top.h"

/* The rows of the best fits of some parts, which are known only when all their
 * pairs are done. */
struct rs_top_rows {
    struct rs_collect_rows *collector; /* that does not pack */
    const struct rs_run_part *parts;   /* [n_parts] fits count from here */
    size_t n_parts;
    const struct rs_top_fit *fits; /* [n] in the order of the output */
    size_t n;
};

/*
 * Workers make the rows, as they may need intervals or terms, and the parent
 * writes them in order, behind what the outlet has.
 * stats  inout  of the parts; bytes, times and deaths are added to, and the
 *               tally tells whose row was lost
 * Errors: those of pool.h and of the sink.
 */
enum rs_status rs_top_rows_write(const struct rs_top_rows *rows,
                                 const struct rs_crew *crew,
                                 struct rs_run_stats *stats,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
