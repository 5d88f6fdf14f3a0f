/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILY_WORDS_H
#define RS_FAMILY_WORDS_H

#include "family.h"

#include <stddef.h>

/* The words of --family. */
enum { RS_N_FAMILY_WORDS = 5 };
struct rs_family_word {
    const char *name;
    enum rs_family family;
};
extern const struct rs_family_word rs_family_words[RS_N_FAMILY_WORDS];

/* The words, as "all, y, x". */
void rs_family_names(char *out, size_t room);

#endif
