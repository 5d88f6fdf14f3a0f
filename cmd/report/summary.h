/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SUMMARY_H
#define RS_SUMMARY_H

#include "run.h"

/* The closing lines of a run on standard error; none with --quiet. */
void rs_summary_print(const struct rs_run *run);

#endif
