/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "pool.h"

#include "clock.h"
#include "mem.h"
#include "pool_shared.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const double grace_seconds = 2.0; /* to finish what is under way */
static const double stop_seconds = 0.25; /* likewise, when the run shall stop */
enum { WAIT_MS = 100, DEFAULT_DEATHS = 3, IDLE_DEATHS = 16 };

/* Deaths that an item has caused so far. */
struct blame {
    struct rs_pool_lost who;
    unsigned deaths;
};

struct pool {
    const struct rs_pool_task *task;
    struct rs_pool_stats *stats;
    struct rs_pool_shared shared;
    unsigned n_workers; /* records */
    pid_t *pids;        /* [n_workers], 0 = not running */
    unsigned n_running;
    struct blame *blames; /* [n_blames] */
    size_t n_blames;
    unsigned idle_deaths; /* in a row, of workers that computed nothing */
    bool scan_orphans;    /* a worker died while claiming */
    bool stopping;
    bool stopped;    /* by *task->stop */
    double deadline; /* of the workers, once stopping */
    double last_tick;
};

/* ---- shared memory ----------------------------------------------- */

static size_t round_up(size_t n, size_t unit)
{
    return (n + unit - 1) / unit * unit;
}

static enum rs_status map_shared(struct pool *pool, struct rs_error *err)
{
    struct rs_pool_shared *s = &pool->shared;
    size_t records = 0;
    size_t slots = 0;
    size_t orphans = 0;
    size_t counts = 0;
    size_t data = 0;
    char *base = NULL;

    s->task = pool->task;
    s->n_slots =
        pool->task->n_slots > 0 ? pool->task->n_slots : 2 * pool->n_workers + 2;
    s->slot_bytes = rs_pool_slot_room(pool->task);
    s->end = pool->task->first_job + pool->task->n_jobs;
    records = round_up(sizeof *s->control, 64);
    slots = records + round_up(pool->n_workers * sizeof *s->records, 64);
    orphans = slots + round_up(s->n_slots * sizeof *s->slots, 64);
    counts = orphans + round_up(s->n_slots * sizeof *s->orphans, 64);
    data = round_up(
        counts + s->n_slots * pool->task->n_counts * sizeof *s->counts, 4096);
    s->bytes = data + s->n_slots * s->slot_bytes;
    base = mmap(NULL, s->bytes, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "cannot map %zu bytes to share with workers",
                               s->bytes);
    s->base = base;
    s->control = (void *)base;
    s->records = (void *)(base + records);
    s->slots = (void *)(base + slots);
    s->orphans = (void *)(base + orphans);
    s->counts = (void *)(base + counts);
    s->slot_data = base + data;
    atomic_store(&s->control->next, pool->task->first_job);
    atomic_store(&s->control->committed, pool->task->first_job);
    for (unsigned w = 0; w < pool->n_workers; w++)
        atomic_store(&s->records[w].job, RS_POOL_NONE);
    return RS_OK;
}

/* ---- workers ----------------------------------------------------- */

static int start_worker(struct pool *pool, unsigned w)
{
    struct rs_pool_record *record = &pool->shared.records[w];
    pid_t parent = getpid();
    pid_t pid = 0;

    atomic_store(&record->claiming, 0);
    atomic_store(&record->job, RS_POOL_NONE);
    atomic_store(&record->item, RS_POOL_NONE);
    atomic_store(&record->waiting, 0);
    atomic_store(&record->failed, 0);
    pid = fork();
    if (pid == 0)
        rs_pool_worker_main(&pool->shared, w, parent);
    if (pid < 0)
        return errno;
    pool->pids[w] = pid;
    pool->n_running++;
    return 0;
}

static enum rs_status start_workers(struct pool *pool, struct rs_error *err)
{
    int why = 0;

    for (unsigned w = 0; w < pool->n_workers && why == 0; w++)
        why = start_worker(pool, w);
    pool->stats->workers_started = pool->n_running;
    if (pool->n_running == 0)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, why,
                               "cannot start a worker");
    return RS_OK;
}

static void stop_claims(struct pool *pool, double seconds)
{
    double deadline = rs_clock_now() + seconds;

    if (!pool->stopping || deadline < pool->deadline)
        pool->deadline = deadline;
    pool->stopping = true;
    atomic_store(&pool->shared.control->stopping, 1);
    rs_pool_announce(pool->shared.control);
}

static void kill_workers(struct pool *pool)
{
    for (unsigned w = 0; w < pool->n_workers; w++)
        if (pool->pids[w] > 0)
            (void)kill(pool->pids[w], SIGKILL);
}

/* ---- deaths ------------------------------------------------------ */

static bool is_done(const struct pool *pool, uint64_t job)
{
    const struct rs_pool_shared *s = &pool->shared;

    return job < atomic_load(&s->control->committed) ||
           atomic_load(&s->slots[job % s->n_slots].state) == RS_SLOT_LAST;
}

/* Puts a job up for anybody to do again. A piece that was handed over but
 * not yet committed is dropped; what was committed will be skipped. */
static void orphan(struct pool *pool, uint64_t job)
{
    struct rs_pool_shared *s = &pool->shared;
    struct rs_pool_slot *slot = &s->slots[job % s->n_slots];

    slot->n_bytes = 0;
    atomic_store(&slot->state, RS_SLOT_FREE);
    atomic_store(&s->orphans[job % s->n_slots], job + 1);
    atomic_fetch_add(&s->control->n_orphans, 1);
}

static bool is_held(const struct pool *pool, uint64_t job)
{
    const struct rs_pool_shared *s = &pool->shared;

    if (atomic_load(&s->orphans[job % s->n_slots]) == job + 1)
        return true;
    for (unsigned w = 0; w < pool->n_workers; w++)
        if (pool->pids[w] > 0 && atomic_load(&s->records[w].job) == job)
            return true;
    return false;
}

/* Finds a job that died unnamed. Only safe when nobody is claiming. */
static void scan_for_orphans(struct pool *pool)
{
    struct rs_pool_shared *s = &pool->shared;
    uint64_t next = 0;

    for (unsigned w = 0; w < pool->n_workers; w++)
        if (pool->pids[w] > 0 && atomic_load(&s->records[w].claiming) != 0)
            return; /* look again soon */
    next = atomic_load(&s->control->next);
    for (uint64_t job = atomic_load(&s->control->committed); job < next; job++)
        if (!is_done(pool, job) && !is_held(pool, job))
            orphan(pool, job);
    pool->scan_orphans = false;
    rs_pool_announce(s->control);
}

static struct blame *blame_for(struct pool *pool, struct rs_pool_lost who,
                               struct rs_error *err)
{
    struct blame *more = NULL;

    for (size_t i = 0; i < pool->n_blames; i++)
        if (pool->blames[i].who.job == who.job &&
            pool->blames[i].who.item == who.item)
            return &pool->blames[i];
    more = realloc(pool->blames, (pool->n_blames + 1) * sizeof *more);
    if (more == NULL) {
        (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        return NULL;
    }
    pool->blames = more;
    more += pool->n_blames++;
    more->who = who;
    more->deaths = 0;
    return more;
}

/* Counts a death against the item; names the item lost when it is too
 * much. */
static enum rs_status lay_blame(struct pool *pool, struct rs_pool_lost who,
                                struct rs_error *err)
{
    struct rs_pool_control *control = pool->shared.control;
    unsigned most =
        pool->task->max_deaths > 0 ? pool->task->max_deaths : DEFAULT_DEATHS;
    struct blame *blame = blame_for(pool, who, err);
    uint32_t n = atomic_load(&control->n_lost);

    if (blame == NULL)
        return RS_ERR_NOMEM;
    blame->deaths++;
    if (blame->deaths < most)
        return RS_OK;
    if (who.item == RS_POOL_NONE)
        return blame->deaths < IDLE_DEATHS
                   ? RS_OK
                   : rs_error_set(err, RS_ERR_INTERNAL,
                                  "workers die between the items of job "
                                  "%" PRIu64 " (last by signal %d)",
                                  who.job, pool->stats->last_signal);
    if (n == RS_POOL_LOST_MAX)
        return rs_error_set(err, RS_ERR_INTERNAL,
                            "more than %d fits have killed their workers",
                            (int)RS_POOL_LOST_MAX);
    control->lost[n] = who;
    atomic_store(&control->n_lost, n + 1);
    return pool->task->given_up == NULL
               ? RS_OK
               : pool->task->given_up(pool->task->ctx, who.job, who.item, err);
}

/* Counts a death that no item can have caused. */
static enum rs_status count_idle_death(struct pool *pool, bool waiting,
                                       struct rs_error *err)
{
    if (++pool->idle_deaths <= IDLE_DEATHS + 4 * pool->n_workers)
        return RS_OK;
    return rs_error_set(err, RS_ERR_INTERNAL,
                        "workers die %s (last by signal %d)",
                        waiting ? "while they wait" : "before they begin",
                        pool->stats->last_signal);
}

/* A worker has died without being asked to. */
static enum rs_status bury(struct pool *pool, unsigned w, int wait_status,
                           struct rs_error *err)
{
    struct rs_pool_record *record = &pool->shared.records[w];
    struct rs_pool_lost who = {atomic_load(&record->job),
                               atomic_load(&record->item)};
    bool waiting = atomic_load(&record->waiting) != 0;
    enum rs_status status = RS_OK;

    pool->stats->workers_died++;
    pool->stats->last_signal =
        WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    if (atomic_load(&record->claiming) != 0) {
        pool->scan_orphans = true;
    } else if (who.job != RS_POOL_NONE && !is_done(pool, who.job)) {
        status = waiting ? count_idle_death(pool, true, err)
                         : lay_blame(pool, who, err);
        orphan(pool, who.job);
    } else {
        status = count_idle_death(pool, false, err);
    }
    if (status != RS_OK)
        return status;
    rs_pool_announce(pool->shared.control);
    if (start_worker(pool, w) != 0 && pool->n_running == 0)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "all workers are dead and no other can be "
                               "started");
    return RS_OK;
}

/* Collects workers that have ended. */
static enum rs_status reap(struct pool *pool, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (unsigned w = 0; w < pool->n_workers; w++) {
        int wait_status = 0;
        if (pool->pids[w] <= 0 ||
            waitpid(pool->pids[w], &wait_status, WNOHANG) != pool->pids[w])
            continue;
        pool->pids[w] = 0;
        pool->n_running--;
        if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)
            continue;
        if (atomic_load(&pool->shared.records[w].failed) != 0)
            stop_claims(pool, grace_seconds); /* see worker_error */
        else if (!pool->stopping && status == RS_OK)
            status = bury(pool, w, wait_status, err);
    }
    return status;
}

/* The error of the worker whose job was the lowest, if any failed. */
static enum rs_status worker_error(const struct pool *pool,
                                   struct rs_error *err)
{
    const struct rs_pool_record *lowest = NULL;
    uint64_t lowest_job = 0;

    for (unsigned w = 0; w < pool->n_workers; w++) {
        const struct rs_pool_record *record = &pool->shared.records[w];
        uint64_t job = atomic_load(&record->job);
        if (atomic_load(&record->failed) == 0 ||
            (lowest != NULL && job >= lowest_job))
            continue;
        lowest = record;
        lowest_job = job;
    }
    if (lowest == NULL)
        return RS_OK;
    if (err != NULL)
        *err = lowest->error;
    return lowest->error.status;
}

/* ---- looking around ---------------------------------------------- */

static void tick(struct pool *pool, bool at_once)
{
    double t = rs_clock_now();

    if (pool->task->tick == NULL ||
        (!at_once && t - pool->last_tick < rs_pool_tick_seconds))
        return;
    pool->last_tick = t;
    pool->task->tick(pool->task->ctx, pool->stats);
}

static void look_at_stop(struct pool *pool)
{
    if (!pool->stopped && pool->task->stop != NULL && *pool->task->stop != 0) {
        pool->stopped = true;
        stop_claims(pool, stop_seconds);
    }
    if (pool->stopping && rs_clock_now() >= pool->deadline)
        kill_workers(pool);
}

/* The run shall stop, and has had its time for what was under way: what is
 * ready by now but not committed comes too late. */
static bool is_over(const struct pool *pool)
{
    return pool->stopped && rs_clock_now() >= pool->deadline;
}

/* ---- commits ----------------------------------------------------- */

/* Commits what the slot holds. */
static enum rs_status commit_slot(struct pool *pool, struct rs_pool_slot *slot,
                                  uint64_t job, bool last, struct rs_error *err)
{
    const struct rs_pool_shared *s = &pool->shared;
    const struct rs_pool_task *task = pool->task;
    size_t ix = (size_t)(job % s->n_slots);
    enum rs_status status =
        task->commit(task->ctx, job, s->slot_data + ix * s->slot_bytes,
                     slot->n_bytes, last, err);

    if (status != RS_OK)
        return status;
    pool->stats->bytes_committed += slot->n_bytes;
    slot->skip = last ? 0 : slot->skip + slot->n_bytes;
    for (unsigned i = 0; last && i < task->n_counts; i++)
        task->counts[i] += s->counts[ix * task->n_counts + i];
    return RS_OK;
}

/* Commits all that is ready, in order. Where workers keep up with a slow
 * output there is always more: what else the parent has to see to waits for
 * no end of it. */
static enum rs_status commit_ready(struct pool *pool, bool *any,
                                   struct rs_error *err)
{
    struct rs_pool_shared *s = &pool->shared;
    struct rs_pool_control *control = s->control;
    uint64_t job = atomic_load(&control->committed);
    double begin = 0.0;
    enum rs_status status = RS_OK;

    *any = false;
    while (job < s->end && status == RS_OK) {
        struct rs_pool_slot *slot = &s->slots[job % s->n_slots];
        uint32_t state = atomic_load(&slot->state);
        if (state == RS_SLOT_FREE)
            break;
        if (!*any)
            begin = rs_clock_now();
        *any = true;
        status = commit_slot(pool, slot, job, state == RS_SLOT_LAST, err);
        if (status != RS_OK)
            break;
        atomic_store(&slot->state, RS_SLOT_FREE);
        pool->idle_deaths = 0;
        if (state == RS_SLOT_PIECE) {
            rs_futex_wake(&slot->state);
        } else {
            job++;
            pool->stats->jobs_committed = job - pool->task->first_job;
            atomic_store(&control->committed, job);
            rs_pool_announce(control);
        }
        look_at_stop(pool);
        tick(pool, false);
        if (is_over(pool))
            break;
    }
    if (*any)
        pool->stats->commit_seconds += rs_clock_now() - begin;
    return status;
}

/* ---- the parent's loop ------------------------------------------- */

static bool turn_is_ready(const struct pool *pool)
{
    const struct rs_pool_shared *s = &pool->shared;
    uint64_t job = atomic_load(&s->control->committed);

    return job < s->end &&
           atomic_load(&s->slots[job % s->n_slots].state) != RS_SLOT_FREE;
}

/* Sleeps until a worker has something, or for a moment. */
static void wait_for_event(struct pool *pool)
{
    struct rs_pool_control *control = pool->shared.control;
    uint32_t seen = atomic_load(&control->event);
    double begin = rs_clock_now();

    atomic_store(&control->parent_sleeps, 1);
    if (!turn_is_ready(pool))
        rs_futex_wait(&control->event, seen, pool->scan_orphans ? 1 : WAIT_MS);
    atomic_store(&control->parent_sleeps, 0);
    pool->stats->wait_seconds += rs_clock_now() - begin;
}

static enum rs_status run_jobs(struct pool *pool, struct rs_error *err)
{
    uint64_t n_jobs = pool->task->n_jobs;
    enum rs_status status = RS_OK;

    while (status == RS_OK && pool->stats->jobs_committed < n_jobs) {
        bool any = false;
        status = commit_ready(pool, &any, err);
        if (status == RS_OK)
            status = reap(pool, err);
        if (status == RS_OK && pool->scan_orphans)
            scan_for_orphans(pool);
        look_at_stop(pool);
        tick(pool, false);
        if (is_over(pool))
            break;
        if (status != RS_OK || any)
            continue;
        if (pool->n_running == 0 && !turn_is_ready(pool))
            break; /* stopped: nobody is left to do more */
        wait_for_event(pool);
    }
    return status;
}

/* Waits for the workers to leave; kills those that do not. */
static void dismiss(struct pool *pool, double seconds)
{
    stop_claims(pool, seconds);
    while (pool->n_running > 0) {
        struct timespec moment = {0, 1000000};
        if (rs_clock_now() >= pool->deadline)
            kill_workers(pool);
        (void)reap(pool, NULL);
        if (pool->n_running > 0)
            (void)nanosleep(&moment, NULL);
    }
}

static enum rs_status conclude(struct pool *pool, enum rs_status status,
                               struct rs_error *err)
{
    if (status != RS_OK)
        return status;
    status = worker_error(pool, err);
    if (status != RS_OK)
        return status;
    if (pool->stats->jobs_committed == pool->task->n_jobs)
        return RS_OK;
    if (pool->task->stop != NULL && *pool->task->stop != 0)
        return rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted");
    return rs_error_set(err, RS_ERR_INTERNAL, "the workers are gone");
}

/* Were the signal ignored, workers would vanish without a word. */
static void hear_of_deaths(struct sigaction *before)
{
    struct sigaction heard = {.sa_handler = SIG_DFL};

    (void)sigemptyset(&heard.sa_mask);
    (void)sigaction(SIGCHLD, &heard, before);
}

static enum rs_status run_fork(const struct rs_pool *self,
                               const struct rs_pool_task *task,
                               struct rs_pool_stats *stats,
                               struct rs_error *err)
{
    struct pool pool = {.task = task, .stats = stats};
    struct sigaction before;
    enum rs_status status = RS_OK;

    (void)self;
    pool.n_workers = task->n_workers > 0 ? task->n_workers : 1;
    if (pool.n_workers > task->n_jobs)
        pool.n_workers = task->n_jobs > 0 ? (unsigned)task->n_jobs : 1;
    hear_of_deaths(&before);
    pool.pids = rs_alloc(pool.n_workers, sizeof *pool.pids, err);
    if (pool.pids == NULL)
        status = RS_ERR_NOMEM;
    else
        status = map_shared(&pool, err);
    if (status != RS_OK)
        goto done;
    pool.last_tick = rs_clock_now();
    status = start_workers(&pool, err);
    if (status == RS_OK && task->started != NULL)
        status = task->started(task->ctx, err);
    if (status == RS_OK)
        status = run_jobs(&pool, err);
    dismiss(&pool, status == RS_OK && !is_over(&pool) ? grace_seconds : 0.0);
    if (status == RS_OK)
        tick(&pool, true);
    status = conclude(&pool, status, err);
    (void)munmap(pool.shared.base, pool.shared.bytes);
done:
    (void)sigaction(SIGCHLD, &before, NULL);
    free(pool.pids);
    free(pool.blames);
    return status;
}

const struct rs_pool rs_pool_fork = {run_fork};
