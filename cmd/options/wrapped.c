/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrapped.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void rs_wrapped_print(const char *text, size_t indent, size_t used)
{
    size_t column = used;

    if (used > 0 && used + 2 > indent) {
        (void)putchar('\n');
        column = 0;
    }
    (void)printf("%*s", (int)(indent - column), "");
    column = indent;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        bool first = column == indent;
        if (!first && column + 1 + word > RS_WRAPPED_WIDTH) {
            (void)printf("\n%*s", (int)indent, "");
            column = indent;
            first = true;
        }
        (void)printf("%s%.*s", first ? "" : " ", (int)word, text);
        column += word + (first ? 0 : 1);
        text += word + strspn(text + word, " ");
    }
    (void)putchar('\n');
}
