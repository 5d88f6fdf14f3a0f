/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_words.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_BYTES = 64, GROUP = 3 };

/* ---- to bytes ---------------------------------------------------- */

/* What is written in several bytes, and the byte that stands for it here. */
static const struct sign {
    const char *bytes;
    char as;
} signs[] = {
    {"\xc2\xa0", ' '},      /* no-break space */
    {"\xe2\x80\x87", ' '},  /* figure space */
    {"\xe2\x80\x89", ' '},  /* thin space */
    {"\xe2\x80\xaf", ' '},  /* narrow no-break space */
    {"\xe2\x80\x99", '\''}, /* apostrophe */
    {"\xe2\x88\x92", '-'},  /* minus */
    {"\xc2\xa3", '$'},      /* pound */
    {"\xc2\xa5", '$'},      /* yen */
};

/* The byte for what begins at `at`, and how many bytes that is; 0: nothing
 * that is known. Behind the text there may be anything. */
static size_t one_sign(char *as, const char *at, size_t len)
{
    const unsigned char *byte = (const unsigned char *)at;

    *as = *at == '\t' ? ' ' : *at;
    if (*byte < 0x80)
        return 1;
    for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++) {
        size_t n = strlen(signs[k].bytes);
        *as = signs[k].as;
        if (n <= len && memcmp(signs[k].bytes, at, n) == 0)
            return n;
    }
    *as = '$'; /* the block of currency signs, U+20A0 to U+20BF */
    return len >= 3 && byte[0] == 0xe2 && byte[1] == 0x82 && byte[2] >= 0xa0 &&
                   byte[2] <= 0xbf
               ? 3
               : 0;
}

/* ---- what is around the digits ----------------------------------- */

/* The cell, a byte a sign, and what has been taken off it. */
struct cell {
    char bytes[MOST_BYTES];
    size_t from, to; /* what is left */
    bool negative, signed_already, currency, percent;
};

static bool read_bytes(struct cell *cell, const char *text, size_t len)
{
    memset(cell, 0, sizeof *cell);
    while (len > 0) {
        size_t n = cell->to < MOST_BYTES
                       ? one_sign(&cell->bytes[cell->to], text, len)
                       : 0;
        if (n == 0)
            return false;
        cell->to++;
        text += n;
        len -= n;
    }
    return true;
}

static void trim(struct cell *cell)
{
    while (cell->from < cell->to && cell->bytes[cell->from] == ' ')
        cell->from++;
    while (cell->from < cell->to && cell->bytes[cell->to - 1] == ' ')
        cell->to--;
}

/* A sign or currency sign in front, each once. */
static bool take_front(struct cell *cell)
{
    char c = cell->from < cell->to ? cell->bytes[cell->from] : '\0';

    if ((c == '-' || c == '+') && !cell->signed_already) {
        cell->signed_already = true;
        cell->negative = c == '-';
    } else if (c == '$' && !cell->currency) {
        cell->currency = true;
    } else {
        return false;
    }
    cell->from++;
    trim(cell);
    return true;
}

/* A percent or currency sign behind, one of them. */
static void take_back(struct cell *cell)
{
    char c = cell->from < cell->to ? cell->bytes[cell->to - 1] : '\0';

    if (cell->currency || (c != '%' && c != '$'))
        return;
    cell->percent = c == '%';
    cell->currency = c == '$';
    cell->to--;
    trim(cell);
}

/* Parentheses around all that is left, for a minus. */
static bool take_parentheses(struct cell *cell)
{
    if (cell->to - cell->from < 2 || cell->bytes[cell->from] != '(' ||
        cell->bytes[cell->to - 1] != ')' || cell->signed_already)
        return false;
    cell->from++;
    cell->to--;
    cell->negative = true;
    cell->signed_already = true;
    trim(cell);
    return true;
}

/* ---- digits ------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const struct cell *cell, size_t at)
{
    size_t n = 0;

    while (at + n < cell->to && is_digit(cell->bytes[at + n]))
        n++;
    return n;
}

/* Takes the separators out of what is left; false where they do not stand
 * between groups of three. One without any is as it was. */
static bool take_groups(struct cell *cell, char decimal)
{
    size_t n = count_digits(cell, cell->from);
    size_t at = cell->from + n;
    size_t to = at;
    char separator = at < cell->to ? cell->bytes[at] : '\0';

    if (separator == '\0' || separator == decimal ||
        memchr(" '.,", separator, 4) == NULL)
        return true;
    if (n == 0 || n > GROUP || cell->bytes[cell->from] == '0')
        return false;
    while (at < cell->to && cell->bytes[at] == separator) {
        if (count_digits(cell, at + 1) != GROUP)
            return false;
        memmove(cell->bytes + to, cell->bytes + at + 1, GROUP);
        to += GROUP;
        at += 1 + GROUP;
    }
    memmove(cell->bytes + to, cell->bytes + at, cell->to - at);
    cell->to -= at - to;
    return true;
}

/* Writes a hundredth of a plain number: the mark moves by two digits. Returns
 * the length. */
static size_t put_hundredth(char *out, const struct cell *cell, char decimal)
{
    const char *digits = cell->bytes + cell->from;
    size_t whole = count_digits(cell, cell->from);
    size_t len = cell->to - cell->from;
    size_t fraction = len > whole ? len - whole - 1 : 0;
    size_t n = 0;

    for (size_t i = whole; i < GROUP; i++) /* 5 is 005, and 0.05 then */
        out[n++] = '0';
    memcpy(out + n, digits, whole);
    n += whole;
    memmove(out + n - 1, out + n - 2, 2);
    out[n - 2] = decimal;
    memcpy(out + n + 1, digits + whole + 1, fraction);
    return n + 1 + fraction;
}

/* What is left is digits, with a mark among them at most. */
static bool is_plain(const struct cell *cell, char decimal)
{
    size_t n = count_digits(cell, cell->from);
    size_t at = cell->from + n;

    if (at < cell->to && cell->bytes[at] == decimal) {
        size_t more = count_digits(cell, at + 1);
        n += more;
        at += 1 + more;
    }
    return n > 0 && at == cell->to;
}

size_t rs_cell_loose(char *out, const char *text, size_t len, char decimal)
{
    struct cell cell;
    size_t n = 0;

    if (!read_bytes(&cell, text, len))
        return 0;
    trim(&cell);
    while (take_front(&cell) || take_parentheses(&cell))
        ;
    take_back(&cell);
    if (!take_groups(&cell, decimal))
        return 0;
    /* an exponent, or the word inf, goes with nothing but blanks and signs */
    if ((cell.percent || cell.currency) && !is_plain(&cell, decimal))
        return 0;
    if (cell.from == cell.to || cell.bytes[cell.from] == '-' ||
        cell.bytes[cell.from] == '+')
        return 0;
    if (cell.negative)
        out[n++] = '-';
    if (cell.percent) {
        n += put_hundredth(out + n, &cell, decimal);
    } else {
        memcpy(out + n, cell.bytes + cell.from, cell.to - cell.from);
        n += cell.to - cell.from;
    }
    out[n] = '\0';
    return n;
}
