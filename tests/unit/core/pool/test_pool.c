/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "pool.h"
#include "run_suite.h"

#include <check.h>
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A sweep without regressions: job j puts bytes that only j decides. */
enum { MOST_BYTES = 1 << 25, SLOT = 4096 };

struct fixture {
    uint64_t n_jobs;
    uint64_t counts[2]; /* of items: done, lost */
    size_t longest;     /* bytes of a job: 0 .. longest - 1 */
    unsigned char *got; /* what was committed */
    size_t n_got;
    uint64_t next_job;
    uint64_t poison_job; /* this job's third item kills its worker */
    uint64_t fail_from;  /* jobs from here on return an error */
    uint64_t commit_error_at;
    uint64_t stop_at; /* committing this job sets the stop flag */
    atomic_int stop;
    unsigned sleep_us;  /* per job */
    unsigned commit_us; /* per commit */
    unsigned ticks;
    bool open_fails;
    bool open_dies;
    int between_deaths; /* of job 5, once its items are done */
    unsigned given_up;  /* items that the parent was told of */
    int waiting_deaths; /* job 0 goes on once job 1 has died so often */
    struct shared_counts {
        _Atomic int deaths;  /* deaths to come at random places */
        _Atomic int lost;    /* items reported as lost */
        _Atomic int between; /* deaths of job 5 so far */
        _Atomic int waits;   /* times that job 1 came to wait for job 0 */
    } * shared;
};

static struct fixture fix;

static void reset(uint64_t n_jobs, size_t longest)
{
    unsigned char *got = fix.got;
    struct shared_counts *shared = fix.shared;

    memset(&fix, 0, sizeof fix);
    fix.got = got != NULL ? got : malloc(MOST_BYTES);
    ck_assert_ptr_nonnull(fix.got);
    fix.shared = shared != NULL
                     ? shared
                     : mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(fix.shared, MAP_FAILED);
    memset(fix.shared, 0, sizeof *fix.shared);
    fix.n_jobs = n_jobs;
    fix.longest = longest;
    fix.poison_job = UINT64_MAX;
    fix.fail_from = UINT64_MAX;
    fix.commit_error_at = UINT64_MAX;
    fix.stop_at = UINT64_MAX;
}

static size_t job_length(uint64_t job)
{
    return fix.longest == 0 ? 0 : (job * 2654435761u + 17) % fix.longest;
}

static unsigned char job_byte(uint64_t job, size_t i)
{
    return (unsigned char)(job * 31 + i * 7 + (i >> 8));
}

static void maybe_die(void)
{
    if (atomic_load(&fix.shared->deaths) > 0 &&
        atomic_fetch_sub(&fix.shared->deaths, 1) > 0)
        (void)kill(getpid(), SIGKILL);
}

/* Job 0 holds the turn while workers with job 1 wait for it and are killed,
 * as often as the fixture says. */
static void die_waiting(uint64_t job)
{
    const struct timespec moment = {0, 1000000};
    const struct itimerval soon = {.it_value = {0, 20000}};

    if (job == 0)
        while (atomic_load(&fix.shared->waits) <= fix.waiting_deaths)
            (void)nanosleep(&moment, NULL);
    if (job == 1 &&
        atomic_fetch_add(&fix.shared->waits, 1) < fix.waiting_deaths) {
        (void)signal(SIGALRM, SIG_DFL); /* the test library has its own */
        (void)setitimer(ITIMER_REAL, &soon, NULL);
    }
}

static enum rs_status open_worker(void *ctx, void **state, struct rs_error *err)
{
    (void)ctx;
    *state = NULL;
    if (fix.open_dies)
        (void)kill(getpid(), SIGSEGV);
    if (fix.open_fails)
        return rs_error_set(err, RS_ERR_NOMEM, "no workspace");
    return RS_OK;
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    size_t n = job_length(job);

    (void)ctx;
    (void)state;
    if (job >= fix.fail_from)
        return rs_error_set(err, RS_ERR_INTERNAL, "job %u failed",
                            (unsigned)job);
    if (fix.sleep_us > 0)
        (void)usleep(fix.sleep_us);
    for (uint64_t item = 0; item < 5; item++) {
        if (!rs_out_item_begin(out, item)) {
            rs_out_count(out, 1, 1);
            atomic_fetch_add(&fix.shared->lost, 1);
            continue;
        }
        if (job == fix.poison_job && item == 2)
            (void)kill(getpid(), SIGKILL);
        rs_out_count(out, 0, 1);
    }
    if (fix.waiting_deaths > 0)
        die_waiting(job);
    if (fix.between_deaths > 0)
        rs_out_item_end(out);
    if (job == 5 &&
        atomic_fetch_add(&fix.shared->between, 1) < fix.between_deaths)
        (void)kill(getpid(), SIGKILL);
    for (size_t i = 0; i < n;) {
        size_t part = n - i < 100 ? n - i : 100;
        char *room = rs_out_reserve(out, part);
        for (size_t k = 0; k < part; k++)
            room[k] = (char)job_byte(job, i + k);
        rs_out_advance(out, part);
        i += part;
        if (i % 1000 == 0)
            maybe_die();
    }
    return RS_OK;
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    (void)ctx;
    ck_assert_uint_eq(job, fix.next_job);
    ck_assert_uint_le(fix.n_got + n_bytes, MOST_BYTES);
    if (job >= fix.commit_error_at)
        return rs_error_set(err, RS_ERR_WRITE, "disk full");
    memcpy(fix.got + fix.n_got, bytes, n_bytes);
    fix.n_got += n_bytes;
    if (last)
        fix.next_job++;
    if (job >= fix.stop_at)
        fix.stop = 1;
    if (fix.commit_us > 0)
        (void)usleep(fix.commit_us);
    return RS_OK;
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    (void)ctx;
    (void)stats;
    fix.ticks++;
}

static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    (void)ctx;
    (void)err;
    if (fix.poison_job != UINT64_MAX) {
        ck_assert_uint_eq(job, fix.poison_job);
        ck_assert_uint_eq(item, 2);
    }
    fix.given_up++;
    return RS_OK;
}

static enum rs_status run(unsigned n_workers, struct rs_pool_stats *stats,
                          struct rs_error *err)
{
    const struct rs_pool_task task = {.n_jobs = fix.n_jobs,
                                      .n_counts = 2,
                                      .counts = fix.counts,
                                      .n_workers = n_workers,
                                      .slot_bytes = SLOT,
                                      .worker_open = open_worker,
                                      .work = work,
                                      .commit = commit,
                                      .tick = tick,
                                      .given_up = given_up,
                                      .stop = &fix.stop};

    return rs_pool_run(&rs_pool_fork, &task, stats, err);
}

/* All that was committed is right, up to the jobs committed. */
static void check_bytes(const struct rs_pool_stats *stats)
{
    size_t at = 0;

    for (uint64_t job = 0; job < stats->jobs_committed; job++)
        for (size_t i = 0; i < job_length(job); i++, at++)
            if (fix.got[at] != job_byte(job, i))
                ck_abort_msg("job %u byte %zu is wrong", (unsigned)job, i);
    if (stats->jobs_committed == fix.n_jobs)
        ck_assert_uint_eq(at, fix.n_got);
    ck_assert_uint_eq(stats->bytes_committed, fix.n_got);
}

static size_t open_files(void)
{
    DIR *dir = opendir("/proc/self/fd");
    size_t n = 0;

    while (readdir(dir) != NULL)
        n++;
    (void)closedir(dir);
    return n;
}

START_TEST(test_same_bytes_for_any_workers)
{
    static const unsigned workers[] = {1, 2, 3, 7, 16};
    static const size_t lengths[] = {0, 50, 3000, 20000};
    size_t files = open_files();
    struct rs_pool_stats stats;

    for (size_t w = 0; w < 5; w++)
        for (size_t l = 0; l < 4; l++) {
            reset(500, lengths[l]);
            ck_assert_int_eq(run(workers[w], &stats, NULL), RS_OK);
            ck_assert_uint_eq(stats.jobs_committed, 500);
            ck_assert_uint_eq(fix.counts[0], 2500);
            ck_assert_uint_eq(stats.workers_died, 0);
            check_bytes(&stats);
        }
    ck_assert_uint_eq(open_files(), files);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
}
END_TEST

START_TEST(test_deaths_lose_nothing)
{
    struct rs_pool_stats stats;

    for (int round = 0; round < 12; round++) {
        reset(300, 9000); /* up to three pieces a job */
        atomic_store(&fix.shared->deaths, 1 + round * 2);
        ck_assert_int_eq(run(4, &stats, NULL), RS_OK);
        ck_assert_uint_eq(stats.workers_died, (unsigned)(1 + round * 2));
        ck_assert_int_eq(stats.last_signal, SIGKILL);
        ck_assert_uint_eq(fix.counts[0] + fix.counts[1], 1500);
        check_bytes(&stats);
    }
}
END_TEST

/* Another process kills children of this one at random moments. */
static pid_t start_killer(pid_t parent)
{
    pid_t pid = fork();
    unsigned seed = 12345;

    if (pid != 0)
        return pid;
    for (;;) {
        char path[64];
        char line[4096] = "";
        pid_t victims[64];
        size_t n = 0;
        FILE *file = NULL;
        struct timespec moment = {0, 0};
        seed = seed * 1103515245u + 12345u;
        moment.tv_nsec = 2000000 + (long)(seed >> 8) % 4000000;
        (void)nanosleep(&moment, NULL);
        (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children",
                       (int)parent, (int)parent);
        file = fopen(path, "r");
        if (file == NULL)
            _exit(0);
        if (fgets(line, sizeof line, file) == NULL)
            line[0] = '\0';
        (void)fclose(file);
        for (char *at = line; *at != '\0' && n < 64;) {
            long child = strtol(at, &at, 10);
            if (child > 0 && child != getpid())
                victims[n++] = (pid_t)child;
            while (*at == ' ' || *at == '\n')
                at++;
        }
        if (n > 0)
            (void)kill(victims[(seed >> 16) % n], SIGKILL);
    }
}

START_TEST(test_random_kills)
{
    struct rs_pool_stats stats;
    struct rs_error err = {0};
    unsigned deaths = 0;

    for (int round = 0; round < 4; round++) {
        pid_t killer = start_killer(getpid());
        reset(400, 9000);
        fix.sleep_us = 1000;
        ck_assert_msg(run(4, &stats, &err) == RS_OK, "%s", err.text);
        (void)kill(killer, SIGKILL);
        (void)waitpid(killer, NULL, 0);
        check_bytes(&stats);
        deaths += stats.workers_died;
    }
    ck_assert_uint_ge(deaths, 50);
}
END_TEST

START_TEST(test_poison_is_given_up)
{
    struct rs_pool_stats stats;

    reset(100, 9000);
    fix.poison_job = 42;
    ck_assert_int_eq(run(4, &stats, NULL), RS_OK);
    ck_assert_uint_eq(stats.workers_died, 3);
    ck_assert_uint_eq(fix.given_up, 1);
    ck_assert_uint_eq(fix.counts[1], 1);
    ck_assert_uint_eq(fix.counts[0], 499);
    check_bytes(&stats);
}
END_TEST

/* A worker that has done its items, and packs their rows perhaps, dies: the
 * last one has nothing to do with it. */
START_TEST(test_deaths_between_items)
{
    struct rs_pool_stats stats;

    reset(100, 9000);
    fix.between_deaths = 12;
    ck_assert_int_eq(run(3, &stats, NULL), RS_OK);
    ck_assert_uint_eq(stats.workers_died, 12);
    ck_assert_uint_eq(fix.counts[0], 500);
    ck_assert_uint_eq(fix.given_up, 0);
    check_bytes(&stats);
    /* but not for ever */
    reset(100, 9000);
    fix.between_deaths = 1000;
    ck_assert_int_eq(run(3, &stats, NULL), RS_ERR_INTERNAL);
    ck_assert_uint_eq(stats.jobs_committed, 5);
}
END_TEST

START_TEST(test_stats_add)
{
    struct rs_pool_stats a = {
        .workers_died = 2, .last_signal = 9, .bytes_committed = 10};
    const struct rs_pool_stats none = {.bytes_committed = 5};
    const struct rs_pool_stats more = {.workers_died = 1, .last_signal = 11};

    rs_pool_stats_add(&a, &none);
    ck_assert_int_eq(a.last_signal, 9);
    rs_pool_stats_add(&a, &more);
    ck_assert_uint_eq(a.workers_died, 3);
    ck_assert_int_eq(a.last_signal, 11);
    ck_assert_uint_eq(a.bytes_committed, 15);
}
END_TEST

/* The last item of a job is named until the job's bytes are handed over, but
 * it does nothing while they wait for their turn. */
START_TEST(test_deaths_while_waiting)
{
    struct rs_pool_stats stats;

    reset(4, 50000);
    ck_assert_uint_gt(job_length(1), SLOT);
    fix.waiting_deaths = 7;
    ck_assert_int_eq(run(2, &stats, NULL), RS_OK);
    ck_assert_uint_eq(stats.workers_died, 7);
    ck_assert_int_eq(stats.last_signal, SIGALRM);
    ck_assert_uint_eq(fix.counts[0], 20);
    ck_assert_uint_eq(fix.counts[1], 0);
    check_bytes(&stats);
    /* a worker that waits is not one that computes for ever */
    reset(4, 50000);
    fix.waiting_deaths = 1000;
    ck_assert_int_eq(run(2, &stats, NULL), RS_ERR_INTERNAL);
    ck_assert_uint_eq(stats.jobs_committed, 0);
}
END_TEST

START_TEST(test_worker_errors)
{
    struct rs_pool_stats stats;
    struct rs_error err;

    reset(100, 50);
    fix.fail_from = 10;
    ck_assert_int_eq(run(4, &stats, &err), RS_ERR_INTERNAL);
    ck_assert_str_eq(err.text, "job 10 failed");
    ck_assert_uint_eq(stats.jobs_committed, 10);
    reset(100, 50);
    fix.open_fails = true;
    ck_assert_int_eq(run(4, &stats, &err), RS_ERR_NOMEM);
    ck_assert_str_eq(err.text, "no workspace");
    reset(100, 50);
    fix.open_dies = true;
    ck_assert_int_eq(run(4, &stats, &err), RS_ERR_INTERNAL);
    ck_assert_ptr_nonnull(strstr(err.text, "die before they begin"));
}
END_TEST

START_TEST(test_commit_error)
{
    struct rs_pool_stats stats;
    struct rs_error err;

    reset(200, 9000);
    fix.commit_error_at = 57;
    ck_assert_int_eq(run(4, &stats, &err), RS_ERR_WRITE);
    ck_assert_str_eq(err.text, "disk full");
    ck_assert_uint_eq(stats.jobs_committed, 57);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

START_TEST(test_stop)
{
    struct rs_pool_stats stats;
    struct rs_error err;

    reset(100000, 50);
    fix.sleep_us = 200;
    fix.stop_at = 20;
    ck_assert_int_eq(run(4, &stats, &err), RS_ERR_INTERRUPTED);
    ck_assert_uint_ge(stats.jobs_committed, 21);
    ck_assert_uint_lt(stats.jobs_committed, 100000);
    check_bytes(&stats);
}
END_TEST

/* Commits so slow that more is always ready: the parent still ticks, and
 * stops. Tiles in pieces likewise. */
START_TEST(test_stop_while_commits_are_slow)
{
    struct rs_pool_stats stats;
    struct rs_error err;
    struct timespec begin;
    struct timespec end;

    for (size_t longest = 50; longest <= 50000; longest *= 1000) {
        reset(1000, longest);
        fix.commit_us = 20000;
        fix.stop_at = 20;
        (void)clock_gettime(CLOCK_MONOTONIC, &begin);
        ck_assert_int_eq(run(2, &stats, &err), RS_ERR_INTERRUPTED);
        (void)clock_gettime(CLOCK_MONOTONIC, &end);
        ck_assert_uint_ge(stats.jobs_committed, 20);
        ck_assert_uint_lt(stats.jobs_committed, 100);
        ck_assert_uint_ge(fix.ticks, 1);
        if (longest == 50) /* 0.4 s to the stop */
            ck_assert_int_lt(end.tv_sec - begin.tv_sec, 2);
    }
}
END_TEST

/* It may be ignored by the caller, and is so again afterwards. */
START_TEST(test_ignored_sigchld)
{
    struct rs_pool_stats stats;
    struct sigaction after;

    (void)signal(SIGCHLD, SIG_IGN);
    reset(100, 50);
    atomic_store(&fix.shared->deaths, 0);
    ck_assert_int_eq(run(3, &stats, NULL), RS_OK);
    check_bytes(&stats);
    ck_assert_int_eq(sigaction(SIGCHLD, NULL, &after), 0);
    ck_assert(after.sa_handler == SIG_IGN);
}
END_TEST

/* Counts processes whose parent was `pid`: they would now be orphans, so the
 * workers write their pid to a pipe that stays open as long as one lives. */
START_TEST(test_no_orphans)
{
    int fds[2];
    char byte = 0;
    pid_t pid = 0;
    struct timespec moment = {0, 100000000};

    ck_assert_int_eq(pipe(fds), 0);
    pid = fork();
    if (pid == 0) {
        struct rs_pool_stats stats;
        (void)close(fds[0]);
        reset(1000000, 50);
        fix.sleep_us = 1000;
        _exit(run(4, &stats, NULL) == RS_OK ? 0 : 1);
    }
    (void)close(fds[1]);
    (void)nanosleep(&moment, NULL);
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    /* End of file comes when the last worker is gone. */
    (void)alarm(2);
    ck_assert_int_eq(read(fds[0], &byte, 1), 0);
    (void)alarm(0);
    (void)close(fds[0]);
}
END_TEST

START_TEST(test_many_small_jobs)
{
    struct rs_pool_stats stats;

    reset(100000, 0);
    ck_assert_int_eq(run(4, &stats, NULL), RS_OK);
    ck_assert_uint_eq(fix.counts[0], 500000);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_same_bytes_for_any_workers, 1},
    {&test_deaths_lose_nothing, 1},
    {&test_random_kills, 1},
    {&test_poison_is_given_up, 1},
    {&test_deaths_between_items, 1},
    {&test_deaths_while_waiting, 1},
    {&test_stats_add, 1},
    {&test_worker_errors, 1},
    {&test_commit_error, 1},
    {&test_stop, 1},
    {&test_stop_while_commits_are_slow, 1},
    {&test_ignored_sigchld, 1},
    {&test_no_orphans, 1},
    {&test_many_small_jobs, 1},
};
SUITE(pool, tests)
