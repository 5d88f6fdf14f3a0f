/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VALUE_ASK_H
#define RS_VALUE_ASK_H

#include "setting.h"

#include <stdbool.h>

/*
 * Which values a setting can have, where they are words, and what is said of a
 * word that is none of them: the value that another tool calls so
 * (value_words.h), else the nearest.
 */
enum { RS_VALUE_NAMES_MOST = 160, RS_VALUE_NAMES_TEXT = 1600 };

struct rs_value_names {
    char text[RS_VALUE_NAMES_TEXT]; /* "a, b, c" */
    char words[RS_VALUE_NAMES_TEXT];
    const char *names[RS_VALUE_NAMES_MOST]; /* [n], pieces of words */
    size_t n; /* 0: the values of the setting are no words */
};

/* The values of a setting. out keeps pointers into itself: it is not moved. */
void rs_value_names_of(struct rs_value_names *out,
                       const struct rs_setting *setting);

/* Refuses a word: RS_ERR_USAGE. */
enum rs_status rs_value_refuse(const struct rs_setting *setting,
                               const char *word,
                               struct rs_error *err) RS_MUST_CHECK;

/* The same of the setting of this name, which the table has once. */
enum rs_status rs_value_refuse_named(const char *setting, const char *word,
                                     struct rs_error *err) RS_MUST_CHECK;

/* The next word of a list that ends in NUL, without the blanks about it, into
 * a buffer of cap bytes. Returns what is behind its comma; NULL: nothing. */
const char *rs_value_next(char *out, size_t cap, const char *text);

/* Whether a word is one of those that are separated by |, but for case and for
 * - _ . and blanks. */
bool rs_value_is_among(const char *words, const char *word);

/* What others call values: words, separated by |. */
struct rs_value_words {
    const char *setting;
    const char *value; /* that they stand for; NULL: there is none */
    const char *words;
    const char *text; /* format of the refusal, of the word and the list of
                         values, where there is no such value; else NULL */
};
extern const struct rs_value_words rs_value_words[];
extern const size_t rs_n_value_words;

#endif
