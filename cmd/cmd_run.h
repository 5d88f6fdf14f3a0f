/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CMD_RUN_H
#define RS_CMD_RUN_H

#include "settings.h"

/* `regsweep run`: fits every pair and writes the results. Gives the exit
 * status; does not return when a signal ended the run. */
int rs_cmd_run(const struct rs_settings *settings);

#endif
