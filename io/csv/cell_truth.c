/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_words.h"

#include <string.h>

enum { MOST_LETTERS = 5 };

static const char *const words[][2] = {
    {"false", "true"}, {"f", "t"}, {"no", "yes"}, {"n", "y"}, {"off", "on"}};

size_t rs_cell_truth(char *out, const char *text, size_t len)
{
    char small[MOST_LETTERS + 1] = "";

    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (len > MOST_LETTERS)
        return 0;
    for (size_t i = 0; i < len; i++)
        small[i] = text[i] >= 'A' && text[i] <= 'Z'
                       ? (char)(text[i] - 'A' + 'a')
                       : text[i];
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        for (size_t is = 0; is < 2; is++)
            if (strcmp(words[k][is], small) == 0) {
                out[0] = is == 1 ? '1' : '0';
                out[1] = '\0';
                return 1;
            }
    return 0;
}
