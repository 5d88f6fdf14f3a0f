/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_UNKNOWN_COMMAND_H
#define RS_UNKNOWN_COMMAND_H

#include <stddef.h>

/* Words that other tools, or people, have for our commands. */
struct rs_command_words {
    const char *command;
    const char *words; /* separated by | */
};
extern const struct rs_command_words rs_command_words[];
extern const size_t rs_n_command_words;

/* Says of a first word that is no command what may be meant: a file, an option
 * that comes before its command, the command that others call so or the
 * nearest. Returns the exit status. */
int rs_unknown_command(const char *word);

#endif
