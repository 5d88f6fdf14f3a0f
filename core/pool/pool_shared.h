/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_POOL_SHARED_H
#define RS_POOL_SHARED_H

#include "pool.h"

#include <stdatomic.h>
#include <sys/types.h>

/*
 * What parent and workers of the fork pool share: one mapping that holds
 * control block, worker records, slots, what is counted in them and the
 * slots' bytes. Private to pool*.c.
 *
 * Nothing here is a lock: a process may die between any two instructions
 * without blocking another. Waiting is by futex on 32-bit words that only
 * ever change when there is something new to look at.
 */

#define RS_POOL_NONE UINT64_MAX /* no job, no item */

enum { RS_POOL_LOST_MAX = 4096 };

/* A slot belongs to job j from the commit of job j - n_slots to that of j. */
enum rs_slot_state {
    RS_SLOT_FREE,  /* empty, or being filled */
    RS_SLOT_PIECE, /* bytes to commit, more to come */
    RS_SLOT_LAST   /* bytes to commit, the job is done */
};

struct rs_pool_slot {
    _Atomic uint32_t state; /* futex word */
    size_t n_bytes;
    uint64_t skip; /* bytes of the job that are committed already */
};

struct rs_pool_record {        /* of a worker */
    _Atomic uint32_t claiming; /* between choosing a job and naming it */
    _Atomic uint64_t job;      /* held, or RS_POOL_NONE */
    _Atomic uint64_t item;     /* under way, or RS_POOL_NONE */
    _Atomic uint32_t waiting;  /* until a piece is taken: computing nothing */
    _Atomic uint32_t failed;   /* error is filled */
    struct rs_error error;
};

struct rs_pool_lost {
    uint64_t job, item;
};

struct rs_pool_control {
    _Atomic uint64_t next;      /* first job never claimed */
    _Atomic uint64_t committed; /* jobs whose bytes are all out */
    _Atomic uint32_t turn;      /* futex word: changes with committed,
                                   stopping and orphans */
    _Atomic uint32_t turn_waiters;
    _Atomic uint32_t event; /* futex word: something for the parent */
    _Atomic uint32_t parent_sleeps;
    _Atomic uint32_t stopping; /* claim nothing more */
    _Atomic uint32_t n_orphans;
    _Atomic uint32_t n_lost;
    struct rs_pool_lost lost[RS_POOL_LOST_MAX];
};

/* The mapping and its parts, as both sides see it. */
struct rs_pool_shared {
    void *base;
    size_t bytes;
    struct rs_pool_control *control;
    struct rs_pool_record *records; /* [n_workers] */
    struct rs_pool_slot *slots;     /* [n_slots] */
    _Atomic uint64_t *orphans;      /* [n_slots] job + 1, or 0 */
    uint64_t *counts;               /* [n_slots][n_counts] of the task */
    char *slot_data;                /* [n_slots x slot_bytes] */
    const struct rs_pool_task *task;
    uint64_t end; /* the first job that there is not */
    size_t slot_bytes;
    unsigned n_slots;
};

/* How often task->tick is called, at most. */
static const double rs_pool_tick_seconds = 0.2;

/* Bytes of a slot: whole pages. */
static inline size_t rs_pool_slot_room(const struct rs_pool_task *task)
{
    return (task->slot_bytes + 4095) / 4096 * 4096;
}

/* Waits until *word is not `seen` any more, or for at most milliseconds
 * (negative: for ever), or for a signal. */
void rs_futex_wait(_Atomic uint32_t *word, uint32_t seen, int milliseconds);

/* Wakes everybody who waits on word. */
void rs_futex_wake(_Atomic uint32_t *word);

/* Lets whoever waits for a turn look again. */
void rs_pool_announce(struct rs_pool_control *control);

/* The life of a worker; never returns. */
_Noreturn void rs_pool_worker_main(const struct rs_pool_shared *shared,
                                   unsigned worker, pid_t parent);

#endif
