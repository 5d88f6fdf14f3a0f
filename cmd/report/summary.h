/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SUMMARY_H
#define RS_SUMMARY_H

#include "corrections.h"
#include "input.h"
#include "plan.h"
#include "pool.h"
#include "sweep.h"

/* Seconds that the stages of a run took. */
struct rs_stage_times {
    double read;    /* open, select, parse */
    double prepare; /* plan, sink, buffers, and these: */
    struct rs_correction_times corrections;
    double sweep; /* from the fork to the last byte */
};

/* The closing lines of a run on standard error. */
void rs_summary_print(const struct rs_settings *settings,
                      const struct rs_input *input, const struct rs_plan *plan,
                      const struct rs_run_stats *stats,
                      const struct rs_stage_times *times);

#endif
