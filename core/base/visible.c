/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visible.h"

#include "utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Characters that are not to be seen: categories Cc, Zl and Zp of Unicode
 * 15, and of Cf and the default ignorable ones all but the marks that surround
 * digits, the soft forms that emoji need, and noncharacters beside. */
static const struct {
    uint32_t first, last;
} hidden[] = {
    {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},
    {0x034f, 0x034f},   {0x061c, 0x061c},   {0x115f, 0x1160},
    {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},
    {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},
    {0xfdd0, 0xfdef},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff0, 0xfffb},   {0xfffe, 0xffff},   {0x13430, 0x1343f},
    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static bool is_hidden(uint32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return false;
    if ((c & 0xfffe) == 0xfffe) /* the last two of each plane */
        return true;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (c >= hidden[i].first && c <= hidden[i].last)
            return true;
    return false;
}

size_t rs_visible_next(char *out, const char **text)
{
    uint32_t c = 0;
    size_t len = rs_utf8_next(&c, *text);

    out[0] = '\0';
    if (**text == '\0')
        return 0;
    if (len == 0 || (len == 1 && is_hidden(c))) {
        (*text)++;
        return (size_t)snprintf(out, RS_VISIBLE_PIECE, "\\x%02x", (unsigned)c);
    }
    if (is_hidden(c)) {
        *text += len;
        return (size_t)snprintf(out, RS_VISIBLE_PIECE, "\\u{%x}", (unsigned)c);
    }
    memcpy(out, *text, len);
    out[len] = '\0';
    *text += len;
    return 1;
}

size_t rs_visible_copy(char *out, size_t cap, const char *text)
{
    char piece[RS_VISIBLE_PIECE];
    size_t used = 0;

    while (rs_visible_next(piece, &text) > 0) {
        size_t len = strlen(piece);
        if (used + len >= cap)
            break;
        memcpy(out + used, piece, len);
        used += len;
    }
    out[used] = '\0';
    return used;
}
