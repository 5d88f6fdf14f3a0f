/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WORKERS_REPORT_H
#define RS_WORKERS_REPORT_H

#include "pool.h"

/* Of which pass it is told, and what its jobs are. */
struct rs_workers_pass {
    unsigned n_workers; /* asked for */
    const char *where;  /* " in the first pass"; "" */
    const char *again;  /* what became of what they held */
};

/* Says on standard error which workers could not be started, and which have
 * died: what happened to workers is told even when nothing was lost. */
void rs_workers_report(const struct rs_pool_stats *stats,
                       const struct rs_workers_pass *pass);

/* The same of those of the sweep. */
void rs_workers_report_sweep(const struct rs_pool_stats *stats,
                             unsigned n_workers);

#endif
