/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_POOL_H
#define RS_POOL_H

#include "error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Run n jobs in forked workers; the results come back in job order.
 *
 * The pool knows nothing of regressions. Workers claim job numbers from an
 * atomic counter in shared memory and build each job's bytes straight in a
 * shared slot; the parent commits the slots strictly in job order, so what
 * it has committed is at any moment a prefix of the whole, the same for any
 * number of workers. Job j uses slot j mod n_slots, and no worker runs more
 * than n_slots ahead of the commits: that bounds the memory. A job whose
 * bytes outgrow its slot hands them over in pieces when its turn has come.
 *
 * A worker that dies loses nothing: the parent sees which job it held, forks
 * another worker that begins with this job, and drops the bytes of it that
 * were already committed (a job must give the same bytes each time). When
 * the same item of a job has killed max_deaths workers, the item is given up:
 * rs_pool_item_begin() returns false for it from then on. A death while the
 * worker is between items, or only waits to hand bytes over, is laid on none.
 */

/* Tallies a job can count into; the pool adds them up when it commits. */
#define RS_POOL_TALLIES 48

struct rs_pool_out; /* where a worker puts the bytes of its job */

struct rs_pool_stats {
    uint64_t n_jobs;
    uint64_t jobs_committed;
    uint64_t bytes_committed;
    uint64_t tally[RS_POOL_TALLIES]; /* of the committed jobs */
    unsigned workers_started;        /* at the beginning, may be < asked */
    unsigned workers_died;           /* unexpected deaths */
    int last_signal;                 /* of the last death, 0 = exit */
    double wait_seconds;             /* parent idle: waiting for workers */
    double commit_seconds;           /* parent busy in commit() */
};

/* The work: functions and sizes. All functions get ctx. */
struct rs_pool_task {
    uint64_t n_jobs;
    unsigned n_workers;  /* at least 1 */
    size_t slot_bytes;   /* at least 4096 */
    unsigned n_slots;    /* 0: 2 * n_workers + 2 */
    unsigned max_deaths; /* on one item; 0: 3 */
    void *ctx;

    /* In a worker, before its first job. May be NULL. */
    enum rs_status (*worker_open)(void *ctx, void **state,
                                  struct rs_error *err);
    /* In a worker: do job `job`, put its bytes to out. */
    enum rs_status (*work)(void *ctx, void *state, uint64_t job,
                           struct rs_pool_out *out, struct rs_error *err);
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
    const volatile sig_atomic_t *stop;
};

/*
 * Runs the task to its end. Returns when all workers are gone.
 * stats  out  filled in every case
 * Errors: the first one met by commit, started or given_up; one that a worker's
 * function returned (of the lowest job, if several); RS_ERR_NOMEM when not
 * one worker could be forked; RS_ERR_INTERRUPTED when *stop ended it before
 * the last job. What was committed before stays a whole prefix.
 * Notes: resets SIGCHLD to its default; sets nothing else in the parent.
 */
enum rs_status rs_pool_run(const struct rs_pool_task *task,
                           struct rs_pool_stats *stats,
                           struct rs_error *err) RS_MUST_CHECK;

/*
 * Names the item (a number within the job) that is about to be computed, so
 * that a death can be laid at its door.
 * Returns false when the item has been given up: report it as lost instead.
 */
bool rs_pool_item_begin(struct rs_pool_out *out, uint64_t item);

/*
 * The item is computed: what follows, until the next one, is the doing of
 * none. To be called before bytes of the item are put: they may be committed
 * then, and what is committed can be given up no more.
 */
void rs_pool_item_end(struct rs_pool_out *out);

/* Adds what another pool did for the same run: deaths, bytes, seconds. The
 * jobs and tallies stay. */
void rs_pool_stats_add(struct rs_pool_stats *into,
                       const struct rs_pool_stats *more);

/*
 * Space for at least n_bytes in a row in the shared slot; the bytes count
 * once rs_pool_advance() says how many were used. Waits for the parent when
 * the slot must be emptied first.
 * n_bytes  in  at most slot_bytes
 */
char *rs_pool_reserve(struct rs_pool_out *out, size_t n_bytes);
void rs_pool_advance(struct rs_pool_out *out, size_t n_bytes);

/* Copies bytes of any length. */
void rs_pool_put(struct rs_pool_out *out, const void *bytes, size_t n_bytes);

/* Adds to a tally of this job. */
void rs_pool_count(struct rs_pool_out *out, unsigned tally, uint64_t n);

#endif
