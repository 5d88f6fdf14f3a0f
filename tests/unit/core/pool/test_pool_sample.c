/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool_sample.h"
#include "run_suite.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

/* What the jobs did: a byte and an item each. */
static struct {
    uint64_t jobs[64];
    size_t n, n_bytes;
} seen;

static enum rs_status open_worker(void *ctx, void **state, struct rs_error *err)
{
    (void)ctx;
    (void)err;
    *state = NULL;
    return RS_OK;
}

static void close_worker(void *ctx, void *state)
{
    (void)ctx;
    (void)state;
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    (void)ctx;
    (void)state;
    (void)err;
    seen.jobs[seen.n++ % 64] = job;
    if (rs_out_item_begin(out, 0))
        rs_out_count(out, 0, 1);
    rs_out_put(out, "x", 1);
    return RS_OK;
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    (void)ctx;
    (void)job;
    (void)bytes;
    (void)last;
    (void)err;
    seen.n_bytes += n_bytes;
    return RS_OK;
}

static struct rs_pool_taken taken[2];

static uint64_t run_beside(uint64_t n_jobs, double seconds, bool done,
                           unsigned n_beside)
{
    uint64_t counts[3] = {0, 0, 0};
    double open = 0.0;
    struct rs_pool_sample pool = {
        .seconds = seconds,
        .n_beside = n_beside,
        .done = &done,
        .open = &open,
        .taken = taken,
    };
    struct rs_pool_stats stats;
    const struct rs_pool_task task = {
        .first_job = 5,
        .n_jobs = n_jobs,
        .n_workers = 2,
        .slot_bytes = 4096,
        .n_counts = 1,
        .counts = counts,
        .worker_open = open_worker,
        .work = work,
        .worker_close = close_worker,
        .commit = commit,
    };
    struct rs_error err;

    memset(&seen, 0, sizeof seen);
    memset(taken, 0, sizeof taken);
    taken[0].counts = &counts[1];
    taken[1].counts = &counts[2];
    rs_pool_sample_init(&pool);
    ck_assert_int_eq(rs_pool_run(&pool.base, &task, &stats, &err), RS_OK);
    ck_assert(done);
    ck_assert_uint_eq(counts[0], seen.n == n_jobs && taken[0].n_jobs == 0
                                     ? counts[0]
                                     : counts[1] + counts[2]);
    return counts[0];
}

static uint64_t run(uint64_t n_jobs, double seconds, bool done)
{
    return run_beside(n_jobs, seconds, done, 0);
}

/* Few jobs are all run; of many, some at places spread over all. */
START_TEST(test_places)
{
    ck_assert_uint_eq(run(3, 10.0, false), 3);
    ck_assert_uint_eq(taken[0].n_jobs, 1);
    ck_assert_uint_eq(taken[1].n_jobs, 2);
    ck_assert_uint_eq(run(1000, 10.0, false), 32);
    ck_assert_uint_eq(taken[0].n_jobs, 8);
    ck_assert_uint_eq(seen.jobs[0], 5);
    ck_assert_uint_eq(seen.jobs[4], 5 + 125);
    ck_assert_uint_eq(seen.jobs[31], 5 + 7 * 125 + 3);
    ck_assert_uint_eq(seen.n_bytes, 32);
}
END_TEST

/* Without time every place has one job, whose items are refused. */
START_TEST(test_time)
{
    ck_assert_uint_eq(run(1000, 0.0, false), 0);
    ck_assert_uint_eq(taken[0].n_jobs, 8);
    ck_assert_uint_eq(taken[1].n_jobs, 0);
}
END_TEST

/* The second run of a sweep is a run. */
START_TEST(test_again)
{
    ck_assert_uint_eq(run(40, 0.0, true), 40);
    ck_assert_uint_eq(taken[0].n_jobs, 0);
}
END_TEST

/* What others make beside is in no count, and none of them is left. */
START_TEST(test_beside)
{
    ck_assert_uint_eq(run_beside(1000, 10.0, false, 3), 32);
    ck_assert_uint_eq(seen.n_bytes, 32);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_places, 1},
    {&test_time, 1},
    {&test_again, 1},
    {&test_beside, 1},
};
SUITE(pool_sample, tests)
