/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CMD_FILES_H
#define RS_CMD_FILES_H

#include "settings.h"

/* `regsweep files`: how many there are. Gives the exit status. */
int rs_cmd_files(const struct rs_settings *settings);

#endif
