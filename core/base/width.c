/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "width.h"

#include "utf8.h"
#include "visible.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { DOTS = 3 /* columns of "..." */ };

struct range {
    uint32_t first, last;
};

/* Blocks of characters that are wide or full-width, and emoji that are. */
static const struct range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x26bd, 0x26be},   {0x2753, 0x2755},   {0x2795, 0x2797},
    {0x2e80, 0x303e},   {0x3041, 0x3247},   {0x3250, 0x4dbf},
    {0x4e00, 0xa4cf},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},
    {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18d08},
    {0x1aff0, 0x1b2fb}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a},
    {0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c},
    {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3e0, 0x1f3f0},
    {0x1f3f8, 0x1f43e}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d},
    {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f90c, 0x1f9ff},
    {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

/* Marks of Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai and
 * Japanese, and for symbols; variation selectors. */
static const struct range over[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},
    {0x064b, 0x065f}, {0x06d6, 0x06dc}, {0x0900, 0x0902}, {0x0941, 0x0948},
    {0x094d, 0x094d}, {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20f0}, {0x302a, 0x302d},
    {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

static bool is_in(const struct range *ranges, size_t n, uint32_t c)
{
    for (size_t i = 0; i < n && c >= ranges[i].first; i++)
        if (c <= ranges[i].last)
            return true;
    return false;
}

/* Columns of a piece of visible.h. */
static size_t width_of_piece(const char *piece)
{
    uint32_t c = 0;
    size_t len = strlen(piece);

    if (rs_utf8_next(&c, piece) != len || len == 1)
        return len;
    if (is_in(over, sizeof over / sizeof over[0], c))
        return 0;
    return is_in(wide, sizeof wide / sizeof wide[0], c) ? 2 : 1;
}

size_t rs_width_of(const char *text)
{
    char piece[RS_VISIBLE_PIECE];
    size_t width = 0;

    while (rs_visible_next(piece, &text) > 0)
        width += width_of_piece(piece);
    return width;
}

/* Adds the pieces whose columns lie in [begin, end) of the text. Returns the
 * bytes of out that are used. */
static size_t add_part(char *out, size_t cap, size_t used, const char *text,
                       size_t begin, size_t end)
{
    char piece[RS_VISIBLE_PIECE];
    size_t at = 0;

    while (rs_visible_next(piece, &text) > 0) {
        size_t width = width_of_piece(piece);
        size_t len = strlen(piece);
        bool inside = at >= begin && at + width <= end;
        at += width;
        if (!inside || (width == 0 && at == begin && begin > 0))
            continue;
        if (used + len >= cap)
            break;
        memcpy(out + used, piece, len);
        used += len;
    }
    out[used] = '\0';
    return used;
}

static size_t add_dots(char *out, size_t cap, size_t used)
{
    if (used + DOTS >= cap)
        return used;
    memcpy(out + used, "...", DOTS + 1);
    return used + DOTS;
}

void rs_width_cut_middle(char *out, size_t cap, const char *text, size_t width)
{
    size_t whole = rs_width_of(text);
    size_t tail = (width - DOTS) / 2;
    size_t used = 0;

    if (whole <= width) {
        (void)rs_visible_copy(out, cap, text);
        return;
    }
    used = add_part(out, cap, 0, text, 0, width - DOTS - tail);
    used = add_dots(out, cap, used);
    (void)add_part(out, cap, used, text, whole - tail, whole);
}

void rs_width_cut_end(char *out, size_t cap, const char *text, size_t width)
{
    size_t used = 0;

    if (rs_width_of(text) <= width) {
        (void)rs_visible_copy(out, cap, text);
        return;
    }
    used = add_part(out, cap, 0, text, 0, width - DOTS);
    (void)add_dots(out, cap, used);
}
