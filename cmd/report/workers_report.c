/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workers_report.h"

#include "human.h"
#include "message.h"

void rs_workers_report(const struct rs_pool_stats *stats,
                       const struct rs_workers_pass *pass)
{
    if (stats->workers_started > 0 &&
        stats->workers_started < pass->n_workers &&
        stats->workers_started < stats->n_jobs)
        rs_message("only %u of %u workers could be started%s",
                   stats->workers_started, pass->n_workers, pass->where);
    if (stats->workers_died > 0)
        rs_message("%u worker%s died%s (last by signal %d); %s",
                   stats->workers_died, rs_plural(stats->workers_died),
                   pass->where, stats->last_signal, pass->again);
}

void rs_workers_report_sweep(const struct rs_pool_stats *stats,
                             unsigned n_workers)
{
    const struct rs_workers_pass pass = {n_workers, "",
                                         "their pairs were fitted again"};

    rs_workers_report(stats, &pass);
}
