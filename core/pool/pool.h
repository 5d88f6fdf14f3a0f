/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_POOL_H
#define RS_POOL_H

#include "error.h"
#include "out.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Run n jobs by workers; the results come back in job order.
 *
 * The pool knows nothing of regressions. A task is what there is to do; a
 * pool is a way of doing it. Whichever it is, workers build each job's bytes
 * in place (out.h) and the parent commits them strictly in job order, so what
 * it has committed is at any moment a prefix of the whole, the same for any
 * pool and any number of workers.
 *
 * The fork pool: forked workers claim job numbers from an atomic counter in
 * shared memory and build the bytes straight in a shared slot. Job j uses slot
 * j mod n_slots, and no worker runs more than n_slots ahead of the commits:
 * that bounds the memory. A job whose bytes outgrow its slot hands them over
 * in pieces when its turn has come.
 *
 * A worker that dies loses nothing: the parent sees which job it held, forks
 * another worker that begins with this job, and drops the bytes of it that
 * were already committed (a job must give the same bytes each time). When
 * the same item of a job has killed max_deaths workers, the item is given up:
 * rs_out_item_begin() returns false for it from then on. A death while the
 * worker is between items, or only waits to hand bytes over, is laid on none.
 *
 * The inline pool: the caller itself is the one worker. It forks nothing,
 * touches no signals and keeps nothing outside the call, so that it may run in
 * any thread, and in several at once. Pieces are those of the fork pool, but
 * nobody survives what a job does to its process. As there is nobody else to
 * end a long job, *stop and a failed commit give up the items that it has left;
 * what it makes of them is not committed.
 *
 * By either, workers may write to what was mapped as shared before the run.
 */

struct rs_pool_stats {
    uint64_t n_jobs;
    uint64_t jobs_committed;
    uint64_t bytes_committed;
    unsigned workers_started; /* processes, at the beginning; may be < asked */
    unsigned workers_died;    /* unexpected deaths */
    int last_signal;          /* of the last death, 0 = exit */
    double wait_seconds;      /* parent idle: waiting for workers */
    double commit_seconds;    /* parent busy in commit() */
};

/* The work: functions and sizes. All functions get ctx. */
struct rs_pool_task {
    uint64_t first_job; /* jobs are numbered from here */
    uint64_t n_jobs;
    unsigned n_workers;  /* at least 1 */
    size_t slot_bytes;   /* at least 4096 */
    unsigned n_slots;    /* 0: 2 * n_workers + 2 */
    unsigned max_deaths; /* on one item; 0: 3 */
    unsigned n_counts;   /* that a job can count */
    uint64_t *counts;    /* [n_counts] what the jobs have counted that are
                            committed, from 0 on; NULL when there are none */
    void *ctx;

    /* In a worker, before its first job. May be NULL. */
    enum rs_status (*worker_open)(void *ctx, void **state,
                                  struct rs_error *err);
    /* In a worker: do job `job`, put its bytes to out. */
    enum rs_status (*work)(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err);
    /* In a worker, before it exits. May be NULL. */
    void (*worker_close)(void *ctx, void *state);

    /* In the parent, once all workers are forked. May be NULL. */
    enum rs_status (*started)(void *ctx, struct rs_error *err);
    /* In the parent, in order. `last` marks the last piece of a job; a piece
     * may be empty. The bytes are the worker's: copy or write them now. */
    enum rs_status (*commit)(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err);
    /* In the parent: the item is given up. May be NULL. */
    enum rs_status (*given_up)(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err);
    /* In the parent, about five times a second and at the end. May be
     * NULL. */
    void (*tick)(void *ctx, const struct rs_pool_stats *stats);

    /* Becomes non-zero when the run shall stop: no more claims, and jobs under
     * way are finished and committed as far as 1/4 s allows; then the workers
     * are killed. It is looked at after each commit. NULL allowed. */
    const atomic_int *stop;
};

struct rs_pool {
    /* See rs_pool_run; stats and counts are zero, but for n_jobs. */
    enum rs_status (*run)(const struct rs_pool *self,
                          const struct rs_pool_task *task,
                          struct rs_pool_stats *stats, struct rs_error *err);
};

extern const struct rs_pool rs_pool_fork, rs_pool_inline;

/*
 * Runs the task to its end. Returns when all workers are gone.
 * stats  out  filled in every case
 * Errors: the first one met by commit, started or given_up; one that a worker's
 * function returned (of the lowest job, if several); RS_ERR_NOMEM when not
 * one worker could be had; RS_ERR_INTERRUPTED when *stop ended it before
 * the last job. What was committed before stays a whole prefix.
 * Notes: the fork pool sets SIGCHLD to its default as long as it runs; nothing
 * else of the parent's is touched.
 */
enum rs_status rs_pool_run(const struct rs_pool *pool,
                           const struct rs_pool_task *task,
                           struct rs_pool_stats *stats,
                           struct rs_error *err) RS_MUST_CHECK;

/* Adds what another pool did for the same run: deaths, bytes, seconds. The
 * jobs stay. */
void rs_pool_stats_add(struct rs_pool_stats *into,
                       const struct rs_pool_stats *more);

#endif
