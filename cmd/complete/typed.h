/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TYPED_H
#define RS_TYPED_H

#include "command.h"
#include "shell_line.h"

/*
 * What a command line says so far: which command it is, whose value stands at
 * the cursor, and how its files are read. It is taken as it is: what is wrong
 * in it, or not there yet, is passed over.
 */
struct rs_typed {
    const struct rs_command *command;
    const struct rs_setting *setting; /* whose value the word at the cursor is;
                                         NULL: no one's */
    size_t value_at;                  /* where in that word the value begins */
    bool no_options;                  /* words are files: -- is before them */
    struct rs_settings settings; /* files: those that are regular ones; of the
                                    others, those of reading */
};

/* Takes the words from the first behind the command on. Owns: rs_typed_clear,
 * also after an error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_typed_read(struct rs_typed *out,
                             const struct rs_command *command,
                             const struct rs_shell_line *line, size_t first,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_typed_clear(struct rs_typed *typed);

#endif
