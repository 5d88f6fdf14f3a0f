/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OPTION_WORDS_H
#define RS_OPTION_WORDS_H

#include "error.h"

#include <stddef.h>

/* Options that other tools have (option_word_rows.h). */
struct rs_option_words {
    const char *setting; /* that they mean; NULL: see text */
    const char *words;   /* separated by | */
    const char *text;    /* what to type instead */
};
extern const struct rs_option_words rs_option_words[];
extern const size_t rs_n_option_words;

/* The row that has a word, an option without its dashes; NULL: none. A word of
 * one letter is a short option. */
const struct rs_option_words *rs_option_words_find(const char *word);

/*
 * Refuses an option that the command does not know, and leads on: to the
 * command that does, to ours that another tool calls so, to the nearest.
 * word     in  as written: --name, --name=VALUE; or -n, of which letter is the
 *              one
 * command  in  enum rs_command_bit
 * Returns: RS_ERR_USAGE.
 */
enum rs_status rs_option_unknown(const char *word, char letter,
                                 unsigned command,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
