/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include "mem.h"

#include <string.h>

bool rs_words_have(const struct rs_words *words, unsigned n, const char *text,
                   size_t len)
{
    for (unsigned i = 0; len < RS_WORDS_BYTES && i < n; i++)
        if (words->texts[i][len] == '\0' &&
            memcmp(words->texts[i], text, len) == 0)
            return true;
    return false;
}

void rs_words_add(struct rs_words **words, const char *text, size_t len)
{
    struct rs_words *to = *words;

    if (to == NULL)
        *words = to = rs_alloc(1, sizeof *to, NULL);
    if (to == NULL || to->n > RS_WORDS_MOST ||
        rs_words_have(to, to->n, text, len))
        return;
    if (to->n == RS_WORDS_MOST || len >= RS_WORDS_BYTES) {
        to->n = RS_WORDS_MOST + 1;
        return;
    }
    memcpy(to->texts[to->n], text, len); /* zero behind it */
    to->n++;
}
