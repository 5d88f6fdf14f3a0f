/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CREW_H
#define RS_CREW_H

#include "pool.h"
#include "ticker.h"

/* Who does the work of a run, who is told of it, and who may end it. */
struct rs_crew {
    const struct rs_pool *pool;
    unsigned n_workers;
    const struct rs_ticker *ticker; /* NULL: nobody is told */
    const char *what;               /* is told; NULL: rows are written */
    const atomic_int *stop;         /* NULL allowed */
};

#endif
