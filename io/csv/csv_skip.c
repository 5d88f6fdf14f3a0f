/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"

#include <string.h>

/* Eight bytes at a time, in one word. */
static const uint64_t ones = UINT64_C(0x0101010101010101);
static const uint64_t low_bits = UINT64_C(0x7f7f7f7f7f7f7f7f);

/* The first byte lowest. */
static uint64_t load_word(const char *text)
{
    uint64_t word = 0;

    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Top bits of the bytes that equal c. */
static uint64_t equal_bytes(uint64_t word, char c)
{
    uint64_t other = word ^ ones * (unsigned char)c;

    return ~(((other & low_bits) + low_bits) | other | low_bits);
}

/* Nothing but delimiters separates fields here, and nothing is quoted. */
static bool is_dull(uint64_t word)
{
    return (equal_bytes(word, '\n') | equal_bytes(word, '\r') |
            equal_bytes(word, '"') | equal_bytes(word, '\0')) == 0;
}

size_t rs_fields_skip(size_t n, char delimiter, const char *text,
                      const char **next)
{
    size_t skipped = 0;

    *next = text;
    for (uint64_t word = load_word(text); is_dull(word);
         word = load_word(text)) {
        uint64_t ends = equal_bytes(word, delimiter);
        size_t more = (size_t)((ends >> 7) * ones >> 56);
        if (skipped + more > n)
            break;
        if (more > 0)
            *next = text + (63 - __builtin_clzll(ends)) / 8 + 1;
        skipped += more;
        text += sizeof word;
    }
    return skipped;
}

const char *rs_csv_next_special(const char *found[3], const char *from,
                                const char *end)
{
    static const char kinds[3] = {'\n', '\r', '"'};
    const char *next = end;

    for (size_t k = 0; k < 3; k++) {
        if (found[k] == NULL || found[k] < from) {
            found[k] = memchr(from, kinds[k], (size_t)(end - from));
            if (found[k] == NULL)
                found[k] = end;
        }
        next = found[k] < next ? found[k] : next;
    }
    return next;
}
