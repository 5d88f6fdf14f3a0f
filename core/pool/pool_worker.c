/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* syscall */
#include "pool_shared.h"

#include <assert.h>
#include <limits.h>
#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2,
              "a dead process must not leave a lock behind");

/* ---- waiting ----------------------------------------------------- */

void rs_futex_wait(_Atomic uint32_t *word, uint32_t seen, int milliseconds)
{
    struct timespec limit = {milliseconds / 1000,
                             (long)(milliseconds % 1000) * 1000000};

    (void)syscall(SYS_futex, word, FUTEX_WAIT, seen,
                  milliseconds < 0 ? NULL : &limit, NULL, 0);
}

void rs_futex_wake(_Atomic uint32_t *word)
{
    (void)syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void rs_pool_announce(struct rs_pool_control *control)
{
    atomic_fetch_add(&control->turn, 1);
    if (atomic_load(&control->turn_waiters) > 0)
        rs_futex_wake(&control->turn);
}

/* Sleeps until the next announcement after `seen`. The count of waiters may
 * stay too high when a waiter dies: that costs a system call, no more. */
static void wait_for_turn(struct rs_pool_control *control, uint32_t seen)
{
    atomic_fetch_add(&control->turn_waiters, 1);
    rs_futex_wait(&control->turn, seen, -1);
    atomic_fetch_sub(&control->turn_waiters, 1);
}

static void tell_parent(struct rs_pool_control *control)
{
    atomic_fetch_add(&control->event, 1);
    if (atomic_load(&control->parent_sleeps) != 0)
        rs_futex_wake(&control->event);
}

/* ---- a worker's output ------------------------------------------- */

struct worker_out {
    struct rs_out out;
    const struct rs_pool_shared *shared;
    struct rs_pool_record *record;
    struct rs_pool_slot *slot;
    uint64_t job;
    bool has_lost; /* some item of this job was given up */
};

/* Gives the slot's bytes to the parent. */
static void hand_over(struct worker_out *self, enum rs_slot_state state)
{
    struct rs_pool_control *control = self->shared->control;

    self->slot->n_bytes = self->out.used;
    atomic_store(&self->slot->state, (uint32_t)state);
    if (atomic_load(&control->committed) == self->job)
        tell_parent(control); /* else the parent will come by itself */
}

/* Empties the slot: waits for the job's turn, then for the parent. A death
 * meanwhile is not the item's doing. */
static void hand_piece(struct rs_out *out)
{
    struct worker_out *self = (struct worker_out *)out;
    struct rs_pool_control *control = self->shared->control;

    atomic_store(&self->record->waiting, 1);
    for (;;) {
        uint32_t seen = atomic_load(&control->turn);
        if (atomic_load(&control->committed) == self->job)
            break;
        wait_for_turn(control, seen);
    }
    hand_over(self, RS_SLOT_PIECE);
    while (atomic_load(&self->slot->state) == RS_SLOT_PIECE)
        rs_futex_wait(&self->slot->state, RS_SLOT_PIECE, -1);
    atomic_store(&self->record->waiting, 0);
    out->used = 0;
}

static bool is_lost(const struct rs_pool_control *control, uint64_t job,
                    uint64_t item, bool any_item)
{
    uint32_t n = atomic_load(&control->n_lost);

    for (uint32_t i = 0; i < n; i++)
        if (control->lost[i].job == job &&
            (any_item || control->lost[i].item == item))
            return true;
    return false;
}

static bool item_begin(struct rs_out *out, uint64_t item)
{
    const struct worker_out *self = (struct worker_out *)out;

    if (self->has_lost &&
        is_lost(self->shared->control, self->job, item, false))
        return false;
    atomic_store_explicit(&self->record->item, item, memory_order_relaxed);
    return true;
}

static void item_end(struct rs_out *out)
{
    const struct worker_out *self = (struct worker_out *)out;

    atomic_store_explicit(&self->record->item, RS_POOL_NONE,
                          memory_order_relaxed);
}

static const struct rs_out_ops fork_ops = {hand_piece, item_begin, item_end};

/* ---- claiming ---------------------------------------------------- */

/* A job that a dead worker has left, or RS_POOL_NONE. */
static uint64_t take_orphan(const struct rs_pool_shared *shared)
{
    if (atomic_load(&shared->control->n_orphans) == 0)
        return RS_POOL_NONE;
    for (unsigned i = 0; i < shared->n_slots; i++) {
        uint64_t job = atomic_exchange(&shared->orphans[i], 0);
        if (job != 0) {
            atomic_fetch_sub(&shared->control->n_orphans, 1);
            return job - 1;
        }
    }
    return RS_POOL_NONE;
}

/* The next job whose slot is free, or RS_POOL_NONE. */
static uint64_t take_next(const struct rs_pool_shared *shared)
{
    struct rs_pool_control *control = shared->control;
    uint64_t job = atomic_load(&control->next);

    while (job < shared->end &&
           job < atomic_load(&control->committed) + shared->n_slots)
        if (atomic_compare_exchange_weak(&control->next, &job, job + 1))
            return job;
    return RS_POOL_NONE;
}

/*
 * Claims a job, waiting for one if need be. The record says `claiming` while
 * a job may have been taken that it does not name yet, so that the parent
 * can tell which job a death in between has orphaned.
 */
static uint64_t claim(const struct rs_pool_shared *shared,
                      struct rs_pool_record *record)
{
    struct rs_pool_control *control = shared->control;

    for (;;) {
        uint32_t seen = atomic_load(&control->turn);
        uint64_t job = RS_POOL_NONE;
        if (atomic_load(&control->stopping) != 0)
            return RS_POOL_NONE;
        atomic_store(&record->claiming, 1);
        job = take_orphan(shared);
        if (job == RS_POOL_NONE)
            job = take_next(shared);
        atomic_store(&record->job, job);
        atomic_store(&record->claiming, 0);
        if (job != RS_POOL_NONE)
            return job;
        if (atomic_load(&control->committed) == shared->end)
            return RS_POOL_NONE;
        wait_for_turn(control, seen);
    }
}

static void open_job(struct worker_out *self, uint64_t job)
{
    const struct rs_pool_shared *shared = self->shared;
    unsigned ix = (unsigned)(job % shared->n_slots);
    unsigned n_counts = shared->task->n_counts;

    self->job = job;
    self->slot = &shared->slots[ix];
    self->has_lost = is_lost(shared->control, job, 0, true);
    self->out = (struct rs_out){
        .ops = &fork_ops,
        .data = shared->slot_data + (size_t)ix * shared->slot_bytes,
        .room = shared->slot_bytes,
        .skip = self->slot->skip,
        .counts = shared->counts + (size_t)ix * n_counts,
        .n_counts = n_counts,
    };
    memset(self->out.counts, 0, n_counts * sizeof *self->out.counts);
    atomic_store(&self->record->item, RS_POOL_NONE);
}

/* ---- the worker -------------------------------------------------- */

/* A terminal sends its signals to the whole group: only the parent decides.
 * Nobody must outlive the parent. */
static void settle_in(pid_t parent)
{
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGTERM, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1); /* it died before we asked to be told */
}

static _Noreturn void fail(const struct rs_pool_shared *shared,
                           struct rs_pool_record *record, enum rs_status status,
                           const struct rs_error *error)
{
    record->error = *error;
    record->error.status = status;
    atomic_store(&record->failed, 1);
    tell_parent(shared->control);
    _exit(1);
}

void rs_pool_worker_main(const struct rs_pool_shared *shared, unsigned worker,
                         pid_t parent)
{
    const struct rs_pool_task *task = shared->task;
    struct rs_pool_record *record = &shared->records[worker];
    struct worker_out self = {.shared = shared, .record = record};
    struct rs_error error = {0};
    enum rs_status status = RS_OK;
    void *state = NULL;
    uint64_t job = RS_POOL_NONE;

    settle_in(parent);
    if (task->worker_open != NULL)
        status = task->worker_open(task->ctx, &state, &error);
    if (status != RS_OK)
        fail(shared, record, status, &error);
    for (job = claim(shared, record); job != RS_POOL_NONE;
         job = claim(shared, record)) {
        open_job(&self, job);
        status = task->work(task->ctx, state, job, &self.out, &error);
        if (status != RS_OK)
            fail(shared, record, status, &error);
        hand_over(&self, RS_SLOT_LAST);
        atomic_store(&record->job, RS_POOL_NONE);
    }
    if (task->worker_close != NULL)
        task->worker_close(task->ctx, state);
    _exit(0);
}
