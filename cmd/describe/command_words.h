/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMMAND_WORDS_H
#define RS_COMMAND_WORDS_H

#include "settings.h"

/* Words of a command line in the making. All zero: none. */
struct rs_command_words {
    char **texts; /* [n] */
    size_t n;
};

/* Adds a word, which is copied.
 * Owns: rs_command_words_clear, also after an error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_command_words_add(struct rs_command_words *words,
                                    const char *word,
                                    struct rs_error *err) RS_MUST_CHECK;

/* The program, a command, the files of settings, and how they are read, as far
 * as that was given and the command may be told. Errors: RS_ERR_NOMEM. */
enum rs_status rs_command_words_begin(struct rs_command_words *words,
                                      const char *command,
                                      const struct rs_settings *settings,
                                      struct rs_error *err) RS_MUST_CHECK;

void rs_command_words_clear(struct rs_command_words *words);

#endif
