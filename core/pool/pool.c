/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool.h"

#include <string.h>

enum rs_status rs_pool_run(const struct rs_pool *pool,
                           const struct rs_pool_task *task,
                           struct rs_pool_stats *stats, struct rs_error *err)
{
    *stats = (struct rs_pool_stats){.n_jobs = task->n_jobs};
    if (task->n_counts > 0)
        memset(task->counts, 0, task->n_counts * sizeof *task->counts);
    return pool->run(pool, task, stats, err);
}

void rs_pool_stats_add(struct rs_pool_stats *into,
                       const struct rs_pool_stats *more)
{
    into->bytes_committed += more->bytes_committed;
    into->commit_seconds += more->commit_seconds;
    into->wait_seconds += more->wait_seconds;
    into->workers_died += more->workers_died;
    if (more->workers_died > 0)
        into->last_signal = more->last_signal;
}
