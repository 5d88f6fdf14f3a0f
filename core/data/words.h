/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WORDS_H
#define RS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The different texts of a column's cells that are no numbers a double holds,
 * while they are few and short: what could be said to be missing.
 */
enum { RS_WORDS_MOST = 3, RS_WORDS_BYTES = 24 };

struct rs_words {
    unsigned n; /* RS_WORDS_MOST + 1: they are more, or longer */
    char texts[RS_WORDS_MOST][RS_WORDS_BYTES];
};

/* Adds a text, unless it is there. *words: NULL before the first one; stays so
 * where memory is short. Owns: free(). */
void rs_words_add(struct rs_words **words, const char *text, size_t len);

/* Whether a text is among the first n, which others may add behind. */
bool rs_words_have(const struct rs_words *words, unsigned n, const char *text,
                   size_t len);

#endif
