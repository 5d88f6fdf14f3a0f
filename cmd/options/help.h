/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_HELP_H
#define RS_HELP_H

#include "command.h"

#include <stdio.h>

/* What people see when they know little: usage and examples. */
void rs_help_short(FILE *out);

/* `regsweep --help`: the n subcommands, exit statuses. */
void rs_help_program(const struct rs_command *commands, size_t n);

/* The exit statuses; what COLS may be. */
void rs_help_exit(void);
void rs_help_lists(void);

/* An option with its line, as in a list of them. */
void rs_help_option(const struct rs_setting *option);

/* `regsweep COMMAND --help`, from the table of settings. */
void rs_help_command(const struct rs_command *command);

#endif
