/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMMAND_TABLE_H
#define RS_COMMAND_TABLE_H

#include "command.h"

enum { RS_COMMANDS_MOST = 16 };

/* The subcommands, in the order of the help. */
extern const struct rs_command rs_command_table[];
extern const size_t rs_command_count;

/* The subcommand of that name, or NULL. */
const struct rs_command *rs_command_find(const char *name);

#endif
