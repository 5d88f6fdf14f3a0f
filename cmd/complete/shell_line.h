/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SHELL_LINE_H
#define RS_SHELL_LINE_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A command line that is being typed, taken apart as a shell would: quotes and
 * backslashes, no variables. Of a pipeline only the last command counts, and
 * redirections are no words.
 */
enum rs_shell { RS_BASH, RS_ZSH, RS_FISH, RS_N_SHELLS };

/* RS_N_SHELLS: there is none of this name. */
enum rs_shell rs_shell_of(const char *name);

struct rs_shell_line {
    char **words; /* [n] without quotes; not the one at the cursor */
    size_t n;
    size_t n_before; /* of them, before the cursor */
    char *current;   /* what is before the cursor of the word there, without
                        quotes */
    const char *raw; /* [raw_len] the same as it is typed; borrowed */
    size_t raw_len;
    bool redirected; /* that word is the file of a redirection */
};

/*
 * line    in  borrowed
 * cursor  in  bytes of it that are before the cursor
 * Owns: rs_shell_line_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_shell_line_split(struct rs_shell_line *out,
                                   enum rs_shell shell, const char *line,
                                   size_t cursor,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_shell_line_clear(struct rs_shell_line *line);

/*
 * Takes the first character of a text, or what is left of a word.
 * quote  inout  that is open before it, and then behind it; 0: none
 * mark   out    it is such a quote
 * Returns its bytes: 2 with the backslash before it, which may be one that ends
 * the text's word.
 */
size_t rs_shell_step(char *quote, bool *mark, enum rs_shell shell,
                     const char *raw);

#endif
