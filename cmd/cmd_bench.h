/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CMD_BENCH_H
#define RS_CMD_BENCH_H

#include "settings.h"

/* `regsweep bench`: measures a run by stages and by workers. Gives the exit
 * status; does not return when a signal ended it. */
int rs_cmd_bench(const struct rs_settings *settings);

#endif
