/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CMD_DESCRIBE_H
#define RS_CMD_DESCRIBE_H

#include "settings.h"

/* `regsweep describe`: one line per column. Gives the exit status. */
int rs_cmd_describe(const struct rs_settings *settings);

#endif
