/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PLAN_OUTPUT_H
#define RS_PLAN_OUTPUT_H

#include "run.h"

/*
 * Of a plan (dry_run.h), on standard output: where the output goes, how large
 * it will be and whether that fits on the disk, and what the run would say of
 * one that is there. Touches nothing.
 * bytes  in  that are estimated
 */
void rs_plan_output_print(const struct rs_run *run, double bytes);

#endif
