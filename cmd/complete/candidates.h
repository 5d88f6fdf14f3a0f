/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CANDIDATES_H
#define RS_CANDIDATES_H

#include "error.h"

#include <stddef.h>

/* What the word at the cursor may become. */
struct rs_candidates {
    const char *word; /* what there is of it */
    size_t kept; /* bytes of it that stay, as a list's items but the last */
    struct rs_candidate {
        char *text;       /* in place of the rest of the word; where it ends in
                             = / ( or : more is to follow */
        const char *help; /* borrowed; NULL: none */
    } * items;            /* [n] */
    size_t n;
};

/* Begins with the whole word to be replaced. */
void rs_candidates_init(struct rs_candidates *out, const char *word);
void rs_candidates_clear(struct rs_candidates *candidates);

/* Adds before + text + behind, if the rest of the word is its beginning; a
 * text that no line can show is left out. Errors: RS_ERR_NOMEM. */
struct rs_candidate_text {
    const char *before, *text, *behind, *help;
};
enum rs_status rs_candidates_add(struct rs_candidates *out,
                                 const struct rs_candidate_text *text,
                                 struct rs_error *err) RS_MUST_CHECK;

/* The same of a text alone. */
enum rs_status rs_candidates_add_word(struct rs_candidates *out,
                                      const char *text, const char *help,
                                      struct rs_error *err) RS_MUST_CHECK;

#endif
