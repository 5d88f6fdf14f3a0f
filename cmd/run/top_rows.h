/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TOP_ROWS_H
#define RS_TOP_ROWS_H

#include "sweep.h"
#include "top.h"

/*
 * Writes the rows of the best fits, which are known only when all pairs are
 * done: workers make them, as they may need intervals or terms, and the
 * parent writes them in order. Opens the sink.
 * fits   in     [n] in the order of the output
 * stats  inout  of the sweep; bytes, times and deaths are added to, and the
 *               tally tells whose row was lost
 * Errors: those of pool.h and of the sink.
 */
enum rs_status rs_top_rows_write(const struct rs_sweep *sweep,
                                 const struct rs_top_fit *fits, size_t n,
                                 struct rs_run_stats *stats,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
