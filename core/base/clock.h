/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CLOCK_H
#define RS_CLOCK_H

#include <time.h>

/* Seconds of a clock that only runs forward. */
static inline double rs_clock_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Seconds that this process has had a processor, all its threads together. */
static inline double rs_clock_used(void)
{
    struct timespec used;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

/* The clock when this process began, as its time on the processor tells: what
 * loading and starting it took is nothing else. */
static inline double rs_clock_began(void)
{
    return rs_clock_now() - rs_clock_used();
}

#endif
