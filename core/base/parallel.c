/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>

struct gang {
    void *ctx;
    void (*work)(void *ctx, size_t i);
    size_t n;
    _Atomic size_t next;
};

static void *gang_member(void *arg)
{
    struct gang *gang = arg;

    for (size_t i = atomic_fetch_add(&gang->next, 1); i < gang->n;
         i = atomic_fetch_add(&gang->next, 1))
        gang->work(gang->ctx, i);
    return NULL;
}

void rs_parallel(unsigned n_threads, size_t n, void *ctx,
                 void (*work)(void *ctx, size_t i))
{
    enum { MOST = 256 };
    pthread_t threads[MOST];
    struct gang gang = {.ctx = ctx, .work = work, .n = n};
    size_t wanted = n_threads;
    size_t started = 0;

    if (wanted > n)
        wanted = n;
    if (wanted > MOST)
        wanted = MOST;
    while (started + 1 < wanted &&
           pthread_create(&threads[started], NULL, gang_member, &gang) == 0)
        started++;
    (void)gang_member(&gang);
    for (size_t i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
}
