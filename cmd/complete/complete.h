/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMPLETE_H
#define RS_COMPLETE_H

#include "candidates.h"
#include "command.h"
#include "shell_line.h"

/*
 * What may stand at the cursor of a command line: subcommands, options, their
 * values, columns and files. Nothing where the line is beyond help.
 * out       out  borrows from line
 * commands  in   [n]
 * Owns: rs_candidates_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_complete(struct rs_candidates *out,
                           const struct rs_shell_line *line,
                           const struct rs_command *commands, size_t n,
                           struct rs_error *err) RS_MUST_CHECK;

#endif
