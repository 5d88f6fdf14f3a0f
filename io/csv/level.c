/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level.h"

#include <string.h>

static const int64_t most_exponent = INT64_C(1000000000000000);

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number behind an e. */
static int64_t read_exponent(const char *at, const char *end)
{
    bool negative = at < end && *at == '-';
    int64_t value = 0;

    at += at < end && (*at == '-' || *at == '+') ? 1 : 0;
    for (; at < end; at++)
        if (value < most_exponent)
            value = value * 10 + (*at - '0');
    value = value < most_exponent ? value : most_exponent;
    return negative ? -value : value;
}

/* Finds the significant digits of [at, end); none: the number is 0. */
static void read_digits(struct rs_level *out, const char *at, const char *end,
                        char decimal)
{
    int64_t place = -1; /* power of ten of the digit met last */
    bool whole = true;  /* before the mark */
    int64_t shift = 0;  /* digits before the mark, from the first on */
    const char *last = NULL;

    for (; at < end && *at != 'e' && *at != 'E'; at++) {
        if (*at == decimal) {
            whole = false;
            continue;
        }
        place -= whole ? 0 : 1;
        if (out->digits == NULL && *at != '0') {
            out->digits = at;
            out->magnitude = whole ? -1 : place + 1;
        }
        shift += whole && out->digits != NULL ? 1 : 0;
        last = *at != '0' ? at : last;
    }
    if (out->digits == NULL)
        return;
    out->magnitude += shift;
    out->n_digits = (size_t)(last - out->digits) + 1;
    if (at < end)
        out->magnitude += read_exponent(at + 1, end);
}

bool rs_level_read(struct rs_level *out, const char *text, size_t len,
                   enum rs_level_rule rule, char decimal)
{
    const char *end = text + len;
    const char *at = text;
    bool negative = false;

    memset(out, 0, sizeof *out);
    out->rule = rule;
    out->text = text;
    out->len = len;
    if (rule == RS_LEVEL_TEXT)
        return true;
    negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+') ? 1 : 0;
    if (at < end && (*at == 'n' || *at == 'N'))
        return false;
    if (at < end && (*at == 'i' || *at == 'I')) {
        out->rank = negative ? -2 : 2;
        return true;
    }
    read_digits(out, at, end, decimal);
    if (out->digits != NULL)
        out->rank = negative ? -1 : 1;
    return true;
}

/* Digits of two numbers of one magnitude, from the first on. */
static int compare_digits(const struct rs_level *a, const struct rs_level *b)
{
    const char *a_end = a->digits + a->n_digits;
    const char *b_end = b->digits + b->n_digits;
    const char *p = a->digits;
    const char *q = b->digits;

    for (; p < a_end && q < b_end; p++, q++) {
        p += is_digit(*p) ? 0 : 1; /* a mark is never the last byte */
        q += is_digit(*q) ? 0 : 1;
        if (*p != *q)
            return *p < *q ? -1 : 1;
    }
    return (p < a_end) - (q < b_end);
}

static int compare_bytes(const struct rs_level *a, const struct rs_level *b)
{
    size_t n = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->text, b->text, n);

    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

int rs_level_compare(const struct rs_level *a, const struct rs_level *b)
{
    if (a->rule == RS_LEVEL_TEXT)
        return compare_bytes(a, b);
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->digits == NULL)
        return 0;
    if (a->magnitude != b->magnitude)
        return a->magnitude < b->magnitude ? -a->rank : a->rank;
    return a->rank * compare_digits(a, b);
}

/* FNV-1a, and a last step that spreads its low bits (Murmur's). */
uint64_t rs_level_hash(const struct rs_level *level)
{
    const uint64_t prime = UINT64_C(0x100000001b3);
    bool is_text = level->rule == RS_LEVEL_TEXT;
    const char *bytes = is_text ? level->text : level->digits;
    size_t n = is_text ? level->len : level->n_digits;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    hash = (hash ^ (uint64_t)level->magnitude) * prime;
    hash = (hash ^ (uint64_t)(level->rank + 2)) * prime;
    for (size_t i = 0; i < n; i++)
        if (is_text || is_digit(bytes[i])) /* not the mark */
            hash = (hash ^ (unsigned char)bytes[i]) * prime;
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 33;
}

bool rs_level_is_plainer(const struct rs_level *a, const struct rs_level *b)
{
    if (a->len != b->len)
        return a->len < b->len;
    return memcmp(a->text, b->text, a->len) < 0;
}
