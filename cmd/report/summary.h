/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SUMMARY_H
#define RS_SUMMARY_H

#include "wall_time.h"

/* The closing lines of a run on standard error; none with --quiet. */
void rs_summary_print(const struct rs_run *run,
                      const struct rs_wall_time *wall);

#endif
