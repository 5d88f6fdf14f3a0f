/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec.h"

#include <stdlib.h>
#include <zlib.h>

static bool gzip_is(const unsigned char *magic)
{
    return magic[0] == 0x1f && magic[1] == 0x8b;
}

static enum rs_status gzip_open(void **state, struct rs_error *err)
{
    enum { WINDOW_BITS = 15, GZIP_ONLY = 16 };
    z_stream *stream = calloc(1, sizeof *stream);

    if (stream != NULL &&
        inflateInit2(stream, WINDOW_BITS + GZIP_ONLY) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    *state = stream;
    return stream == NULL ? rs_codec_out_of_memory(rs_codec_gzip.name, err)
                          : RS_OK;
}

static const char *gzip_step(void *state, struct rs_flow *flow)
{
    static const size_t most = (size_t)1 << 30; /* zlib counts in 32 bits */
    z_stream *stream = state;
    size_t room = flow->out.bytes - flow->used;
    size_t n_in = flow->n_in < most ? flow->n_in : most;
    int result = Z_OK;

    if (!flow->inside && n_in == 0)
        return NULL;
    room = room < most ? room : most;
    stream->next_in = (z_const Bytef *)(uintptr_t)flow->in;
    stream->avail_in = (uInt)n_in;
    stream->next_out = (Bytef *)flow->out.base + flow->used;
    stream->avail_out = (uInt)room;
    flow->inside = true;
    result = inflate(stream, Z_NO_FLUSH);
    flow->used += room - stream->avail_out;
    flow->in += n_in - stream->avail_in;
    flow->n_in -= n_in - stream->avail_in;
    if (result == Z_STREAM_END) {
        flow->inside = false;
        flow->whole = true;
        result = inflateReset(stream); /* another member may follow */
    }
    if (result == Z_OK || result == Z_BUF_ERROR)
        return NULL;
    if (result == Z_MEM_ERROR)
        return rs_codec_no_memory;
    return stream->msg != NULL ? stream->msg : "invalid data";
}

static void gzip_close(void *state)
{
    (void)inflateEnd(state);
    free(state);
}

const struct rs_codec rs_codec_gzip = {
    "gzip", gzip_is, gzip_open, gzip_step, gzip_close,
};
