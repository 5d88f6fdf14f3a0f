/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool.h"
#include "run_suite.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * The inline pool against the fork pool: a job's bytes follow from its number,
 * and all that the parent is told is written down.
 */
enum { SLOT = 4096, MOST_BYTES = 1 << 22, FIRST = 1000 };

struct log {
    uint64_t n_jobs;
    size_t longest;       /* bytes of a job: 0 .. longest - 1 */
    uint64_t fail_at;     /* this job returns an error */
    uint64_t no_space_at; /* committing this one does */
    uint64_t stop_at;     /* or sets the flag */
    bool amid;            /* by its first piece, not by its last */
    atomic_int stop;
    size_t refused; /* items */
    bool open_fails;
    unsigned opened, closed, started, ticks;
    uint64_t counts[2]; /* jobs, bytes */
    uint64_t next;      /* to be committed */
    char *got;          /* [n_got] */
    size_t n_got;
    size_t pieces; /* commits */
};

static void start_log(struct log *log, uint64_t n_jobs, size_t longest)
{
    memset(log, 0, sizeof *log);
    log->got = malloc(MOST_BYTES);
    ck_assert_ptr_nonnull(log->got);
    log->n_jobs = n_jobs;
    log->longest = longest;
    log->next = FIRST;
    log->fail_at = UINT64_MAX;
    log->no_space_at = UINT64_MAX;
    log->stop_at = UINT64_MAX;
}

static enum rs_status open_worker(void *ctx, void **state, struct rs_error *err)
{
    struct log *log = ctx;

    if (log->open_fails)
        return rs_error_set(err, RS_ERR_NOMEM, "no workspace");
    log->opened++;
    *state = log;
    return RS_OK;
}

static void close_worker(void *ctx, void *state)
{
    struct log *log = ctx;

    ck_assert_ptr_eq(ctx, state);
    log->closed++;
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    struct log *log = ctx;
    size_t n = log->longest == 0 ? 0 : job * 2654435761u % log->longest;
    char bytes[300];

    ck_assert_ptr_eq(ctx, state);
    for (size_t i = 0; i < n; i += sizeof bytes) {
        size_t part = n - i < sizeof bytes ? n - i : sizeof bytes;
        log->refused += !rs_out_item_begin(out, i);
        for (size_t k = 0; k < part; k++)
            bytes[k] = (char)(job * 31 + i + k);
        rs_out_item_end(out);
        if (i % 2 == 0) {
            memcpy(rs_out_reserve(out, part), bytes, part);
            rs_out_advance(out, part);
        } else {
            rs_out_put(out, bytes, part);
        }
    }
    rs_out_count(out, 0, 1);
    rs_out_count(out, 1, n);
    return job == log->fail_at ? rs_error_set(err, RS_ERR_INTERNAL, "job fails")
                               : RS_OK;
}

static enum rs_status started(void *ctx, struct rs_error *err)
{
    struct log *log = ctx;

    (void)err;
    log->started++;
    return RS_OK;
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    struct log *log = ctx;

    ck_assert_uint_eq(job, log->next);
    ck_assert_uint_le(log->n_got + n_bytes, MOST_BYTES);
    if (job >= log->no_space_at)
        return rs_error_set(err, RS_ERR_WRITE, "disk full");
    memcpy(log->got + log->n_got, bytes, n_bytes);
    log->n_got += n_bytes;
    log->pieces++;
    log->next += last;
    if (job >= log->stop_at && (last || log->amid))
        log->stop = 1;
    return RS_OK;
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    struct log *log = ctx;

    ck_assert_uint_eq(stats->n_jobs, log->n_jobs);
    log->ticks++;
}

static enum rs_status run(struct log *log, const struct rs_pool *pool,
                          struct rs_pool_stats *stats, struct rs_error *err)
{
    const struct rs_pool_task task = {
        .first_job = FIRST,
        .n_jobs = log->n_jobs,
        .n_workers = 3,
        .slot_bytes = SLOT,
        .n_counts = 2,
        .counts = log->counts,
        .ctx = log,
        .worker_open = open_worker,
        .work = work,
        .worker_close = close_worker,
        .started = started,
        .commit = commit,
        .tick = tick,
        .stop = &log->stop,
    };

    log->counts[0] = 77; /* what was there before does not count */
    return rs_pool_run(pool, &task, stats, err);
}

/* ---- as the fork pool -------------------------------------------- */

START_TEST(test_same_as_fork)
{
    static const size_t lengths[] = {0, 50, 3000, 20000};
    struct rs_pool_stats a;
    struct rs_pool_stats b;
    struct log one;
    struct log other;

    start_log(&one, 200, lengths[_i]);
    start_log(&other, 200, lengths[_i]);
    ck_assert_int_eq(run(&one, &rs_pool_fork, &a, NULL), RS_OK);
    ck_assert_int_eq(run(&other, &rs_pool_inline, &b, NULL), RS_OK);
    ck_assert_uint_eq(one.n_got, other.n_got);
    ck_assert_int_eq(memcmp(one.got, other.got, one.n_got), 0);
    ck_assert_uint_eq(one.pieces, other.pieces);
    ck_assert_uint_eq(a.bytes_committed, b.bytes_committed);
    ck_assert_uint_eq(a.jobs_committed, 200);
    ck_assert_uint_eq(b.jobs_committed, 200);
    ck_assert_uint_eq(other.refused, 0);
    for (unsigned i = 0; i < 2; i++)
        ck_assert_uint_eq(one.counts[i], other.counts[i]);
    ck_assert_uint_eq(other.counts[0], 200);
    ck_assert_uint_eq(other.counts[1], other.n_got);
    ck_assert_uint_eq(b.workers_started, 0); /* no process */
    ck_assert_uint_eq(other.opened, 1);
    ck_assert_uint_eq(other.closed, 1);
    ck_assert_uint_eq(other.started, 1);
    ck_assert_uint_ge(other.ticks, 1);
    free(one.got);
    free(other.got);
}
END_TEST

START_TEST(test_errors)
{
    const struct rs_pool *pool = _i == 0 ? &rs_pool_inline : &rs_pool_fork;
    struct rs_pool_stats stats;
    struct rs_error err;
    struct log log;

    start_log(&log, 50, 20000);
    log.fail_at = FIRST + 7;
    ck_assert_int_eq(run(&log, pool, &stats, &err), RS_ERR_INTERNAL);
    ck_assert_str_eq(err.text, "job fails");
    ck_assert_uint_eq(stats.jobs_committed, 7);
    ck_assert_uint_eq(log.counts[0], 7);
    ck_assert_uint_eq(stats.bytes_committed, log.n_got);
    free(log.got);
    start_log(&log, 50, 20000);
    log.no_space_at = FIRST + 9;
    ck_assert_int_eq(run(&log, pool, &stats, &err), RS_ERR_WRITE);
    ck_assert_str_eq(err.text, "disk full");
    ck_assert_uint_eq(stats.jobs_committed, 9);
    ck_assert_uint_eq(stats.bytes_committed, log.n_got);
    ck_assert_uint_eq(log.opened, log.closed);
    free(log.got);
    start_log(&log, 50, 50);
    log.open_fails = true;
    ck_assert_int_eq(run(&log, pool, &stats, &err), RS_ERR_NOMEM);
    ck_assert_str_eq(err.text, "no workspace");
    ck_assert_uint_eq(log.closed, 0);
    free(log.got);
}
END_TEST

START_TEST(test_stop)
{
    struct rs_pool_stats stats;
    struct rs_error err;
    struct log log;

    start_log(&log, 100, 9000);
    log.stop_at = FIRST + 20;
    ck_assert_int_eq(run(&log, &rs_pool_inline, &stats, &err),
                     RS_ERR_INTERRUPTED);
    ck_assert_uint_eq(stats.jobs_committed, 21);
    ck_assert_uint_eq(log.next, FIRST + 21);
    ck_assert_uint_eq(log.closed, 1);
    free(log.got);
    start_log(&log, 20, 9000); /* the last job is the end all the same */
    log.stop_at = FIRST + 19;
    ck_assert_int_eq(run(&log, &rs_pool_inline, &stats, &err), RS_OK);
    free(log.got);
}
END_TEST

/* Nobody waits for the rest of a job that is under way: neither after *stop nor
 * after a commit has failed is an item begun, or a byte committed. */
START_TEST(test_rest_of_job)
{
    struct rs_pool_stats stats;
    struct rs_error err;
    struct log log;

    start_log(&log, 20, 1 << 20);
    log.stop_at = FIRST;
    log.amid = true;
    ck_assert_int_eq(run(&log, &rs_pool_inline, &stats, &err),
                     RS_ERR_INTERRUPTED);
    ck_assert_str_eq(err.text, "interrupted");
    ck_assert_uint_eq(stats.jobs_committed, 0);
    ck_assert_uint_eq(log.pieces, 1);
    ck_assert_uint_ge(log.refused, 100);
    ck_assert_uint_eq(log.counts[0], 0);
    free(log.got);
    start_log(&log, 20, 1 << 20);
    log.no_space_at = FIRST;
    ck_assert_int_eq(run(&log, &rs_pool_inline, &stats, &err), RS_ERR_WRITE);
    ck_assert_str_eq(err.text, "disk full");
    ck_assert_uint_ge(log.refused, 100);
    free(log.got);
}
END_TEST

/* ---- in threads -------------------------------------------------- */

static void *run_one(void *ctx)
{
    struct log *log = ctx;
    struct rs_pool_stats stats;

    for (int i = 0; i < 20; i++) {
        log->n_got = 0;
        log->next = FIRST;
        if (run(log, &rs_pool_inline, &stats, NULL) != RS_OK)
            return NULL;
    }
    return ctx;
}

START_TEST(test_two_at_once)
{
    static const size_t lengths[] = {3000, 20000};
    struct log logs[2];
    struct log alone;
    pthread_t threads[2];
    struct rs_pool_stats stats;

    for (int i = 0; i < 2; i++) {
        start_log(&logs[i], 200, lengths[i]);
        ck_assert_int_eq(pthread_create(&threads[i], NULL, run_one, &logs[i]),
                         0);
    }
    for (int i = 0; i < 2; i++) {
        void *done = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &done), 0);
        ck_assert_ptr_eq(done, &logs[i]);
        start_log(&alone, 200, lengths[i]);
        ck_assert_int_eq(run(&alone, &rs_pool_inline, &stats, NULL), RS_OK);
        ck_assert_uint_eq(alone.n_got, logs[i].n_got);
        ck_assert_int_eq(memcmp(alone.got, logs[i].got, alone.n_got), 0);
        free(alone.got);
        free(logs[i].got);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_same_as_fork, 4}, {&test_errors, 2},      {&test_stop, 1},
    {&test_rest_of_job, 1},  {&test_two_at_once, 1},
};
SUITE(pool_inline, tests)
