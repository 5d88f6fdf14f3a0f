/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "utf8.h"

/* Bytes of the character that a byte begins; 0: it begins none. */
static size_t length_by(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t rs_utf8_next(uint32_t *c, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    unsigned char low = 0x80; /* of the second byte */
    unsigned char high = 0xbf;
    size_t n = length_by(s[0]);
    uint32_t value = s[0];

    *c = s[0];
    if (n < 2)
        return n;
    if (s[0] == 0xe0)
        low = 0xa0;
    else if (s[0] == 0xed)
        high = 0x9f;
    else if (s[0] == 0xf0)
        low = 0x90;
    else if (s[0] == 0xf4)
        high = 0x8f;
    value &= 0x7fu >> n;
    for (size_t i = 1; i < n; i++) {
        if (s[i] < low || s[i] > high)
            return 0; /* the NUL, too */
        value = value << 6 | (s[i] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    *c = value;
    return n;
}

size_t rs_utf8_whole(const char *text, size_t len)
{
    enum { MOST = 4 };

    for (size_t back = 1; back < MOST && back <= len; back++) {
        unsigned char byte = (unsigned char)text[len - back];
        if ((byte & 0xc0) != 0x80)
            return length_by(byte) > back ? len - back : len;
    }
    return len;
}
