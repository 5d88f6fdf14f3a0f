/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out.h"

#include <string.h>

void rs_out_advance(struct rs_out *out, size_t n_bytes)
{
    if (out->skip >= n_bytes) {
        out->skip -= n_bytes;
        return;
    }
    if (out->skip > 0) {
        char *at = out->data + out->used;
        n_bytes -= (size_t)out->skip;
        memmove(at, at + out->skip, n_bytes);
        out->skip = 0;
    }
    out->used += n_bytes;
}

void rs_out_put(struct rs_out *out, const void *bytes, size_t n_bytes)
{
    const char *from = bytes;

    while (n_bytes > 0) {
        size_t room = out->room - out->used;
        size_t part = room > 0 ? room : out->room;
        part = n_bytes < part ? n_bytes : part;
        memcpy(rs_out_reserve(out, part), from, part);
        rs_out_advance(out, part);
        from += part;
        n_bytes -= part;
    }
}
