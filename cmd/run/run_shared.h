/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_SHARED_H
#define RS_RUN_SHARED_H

#include "run.h"
#include "sink.h"

/* Shared by run.c and run_prepare.c. */

/* The flag of what asks it to stop; NULL. */
static inline const atomic_int *rs_run_asked(const struct rs_run *run)
{
    return run->env.stop == NULL ? NULL : run->env.stop->asked;
}

/* What the sink is told, but for what only the input tells: data, info. Points
 * into the run and its settings. */
struct rs_sink_config rs_run_sink_config(const struct rs_run *run);

#endif
