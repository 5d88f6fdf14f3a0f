/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PARSE_H
#define RS_PARSE_H

#include "command.h"

/*
 * The command line: every setting is an option, --name VALUE or --name=VALUE,
 * some have a letter; what is no option is a file.
 */

/*
 * Parses the arguments behind the subcommand's name, up to --help or
 * --version.
 * settings  out  presets and what argv says
 * argv      in   [argc] the words behind the subcommand
 * Owns: rs_settings_clear, also after an error. Errors: RS_ERR_USAGE naming
 * the option (the nearest one is offered); RS_ERR_NOMEM.
 */
enum rs_status rs_parse(struct rs_settings *settings,
                        const struct rs_command *command, int argc,
                        const char *const *argv,
                        struct rs_error *err) RS_MUST_CHECK;

#endif
