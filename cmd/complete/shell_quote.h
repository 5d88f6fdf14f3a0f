/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SHELL_QUOTE_H
#define RS_SHELL_QUOTE_H

#include "shell_line.h"

/*
 * What bash is to put in the place of the word that readline completes, which
 * is a piece of the one at the cursor: from behind the quote that is open, or
 * the last of the characters that break words.
 * out     out  [rs_bash_quoted_room(line, text)]
 * breaks  in   $COMP_WORDBREAKS
 * kept    in   bytes of line->current that stay
 * text    in   what comes behind these
 */
size_t rs_bash_quoted_room(const struct rs_shell_line *line, const char *text);
void rs_bash_quoted(char *out, const struct rs_shell_line *line,
                    const char *breaks, size_t kept, const char *text);

#endif
