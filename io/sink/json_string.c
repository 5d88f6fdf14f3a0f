/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json_string.h"

#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* What stands for a byte that is not UTF-8: U+FFFD. */
static const char replacement[] = "\xef\xbf\xbd";

static char *put(char *out, const char *text, size_t len)
{
    memcpy(out, text, len);
    return out + len;
}

static char *put_escaped(char *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";

    *out++ = '\\';
    if (c == '"' || c == '\\') {
        *out++ = (char)c;
        return out;
    }
    out = put(out, "u00", 3);
    *out++ = hex[c >> 4];
    *out++ = hex[c & 15];
    return out;
}

char *rs_json_string(char *out, const char *text)
{
    *out++ = '"';
    for (const char *s = text; *s != '\0';) {
        uint32_t c = 0;
        size_t n = rs_utf8_next(&c, s);
        if (c < 0x20 || c == '"' || c == '\\')
            out = put_escaped(out, (unsigned char)c);
        else if (n == 0)
            out = put(out, replacement, sizeof replacement - 1);
        else
            out = put(out, s, n);
        s += n == 0 ? 1 : n;
    }
    *out++ = '"';
    return out;
}
