/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MESSAGE_H
#define RS_MESSAGE_H

#include "error.h"
#include "exit_codes.h"

/*
 * Messages on standard error, each one line: `regsweep: what`. The only
 * place, with the summaries and the progress line, that talks to people. What
 * a message says is shown as visible.h has it, whatever names it repeats, and
 * passwords of databases are hidden.
 */

enum { RS_MESSAGE_ERROR = 2 * RS_ERROR_TEXT + 64 };

/* Prints an error: `regsweep: file:line:column: reason`. */
void rs_message_error(const struct rs_error *err);

/* The same line, without the program's name.
 * text  out  [RS_MESSAGE_ERROR] */
void rs_message_error_text(char *text, const struct rs_error *err);

/* Prints a note. */
void rs_message(const char *fmt, ...) RS_PRINTF(1, 2);

/* Prints a text whose settings are marked as those of an error.
 * word  in  before it: "warning: ", "" */
void rs_message_text(const char *word, const char *text);

/* A text whose settings are marked, with these as options: --name, or -n. */
void rs_message_options(char out[RS_ERROR_TEXT], const char *text);

/* The exit status that belongs to an error. */
int rs_exit_for(const struct rs_error *err);

#endif
