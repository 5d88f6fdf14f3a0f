/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMMAND_H
#define RS_COMMAND_H

#include "settings.h"

/* A subcommand. */
struct rs_command {
    const char *name;
    enum rs_command_bit bit;
    const char *operands;                           /* as in the usage line */
    const char *help;                               /* one line */
    int (*run)(const struct rs_settings *settings); /* gives the exit status */
};

#endif
