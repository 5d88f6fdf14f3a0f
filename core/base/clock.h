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

#endif
