/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec.h"
#include "library.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>

/* liblzma, loaded when a file is compressed by xz. */
struct xz_library {
    lzma_ret (*init)(lzma_stream *stream, uint64_t most_memory, uint32_t flags);
    lzma_ret (*step)(lzma_stream *stream, lzma_action action);
    void (*end)(lzma_stream *stream);
};

struct xz {
    struct xz_library library;
    lzma_stream stream;
};

static bool xz_is(const unsigned char *magic)
{
    return memcmp(magic,
                  "\xfd"
                  "7zXZ\0",
                  6) == 0;
}

static enum rs_status xz_open(void **state, struct rs_error *err)
{
    static const struct rs_library liblzma = {"xz data need", "liblzma.so.5",
                                              "liblzma5"};
    static const char *const names[] = {"lzma_stream_decoder", "lzma_code",
                                        "lzma_end"};
    struct xz *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_ERR_NOMEM;

    *state = NULL;
    if (self == NULL)
        return status;
    self->stream = (lzma_stream)LZMA_STREAM_INIT;
    status = rs_library_load(&self->library, &liblzma, names,
                             sizeof names / sizeof names[0], err);
    if (status == RS_OK)
        *state = self;
    else
        free(self);
    return status;
}

static const char *reason_of(lzma_ret result)
{
    switch (result) {
    case LZMA_OK:
    case LZMA_BUF_ERROR: /* no progress: more input or room is needed */
        return NULL;
    case LZMA_MEM_ERROR:
        return rs_codec_no_memory;
    case LZMA_FORMAT_ERROR:
        return "not the beginning of a stream";
    case LZMA_OPTIONS_ERROR:
        return "a filter or option that liblzma does not know";
    default:
        return "wrong data or check sum";
    }
}

/* Streams follow one another, with zeros between them: padding. */
static const char *xz_step(void *state, struct rs_flow *flow)
{
    struct xz *self = state;
    size_t room = flow->out.bytes - flow->used;
    size_t n_in = 0;
    lzma_ret result = LZMA_OK;

    for (; !flow->inside && flow->whole && flow->n_in > 0 && *flow->in == '\0';
         flow->in++)
        flow->n_in--;
    n_in = flow->n_in;
    if (!flow->inside && n_in == 0)
        return NULL;
    if (!flow->inside)
        result = self->library.init(&self->stream, UINT64_MAX, 0);
    if (result != LZMA_OK)
        return reason_of(result);
    self->stream.next_in = (const uint8_t *)flow->in;
    self->stream.avail_in = n_in;
    self->stream.next_out = (uint8_t *)flow->out.base + flow->used;
    self->stream.avail_out = room;
    flow->inside = true;
    result = self->library.step(&self->stream, LZMA_RUN);
    flow->used += room - self->stream.avail_out;
    flow->in += n_in - self->stream.avail_in;
    flow->n_in = self->stream.avail_in;
    if (result != LZMA_STREAM_END)
        return reason_of(result);
    flow->inside = false;
    flow->whole = true;
    return NULL;
}

static void xz_close(void *state)
{
    struct xz *self = state;

    self->library.end(&self->stream);
    free(self);
}

const struct rs_codec rs_codec_xz = {
    "xz", xz_is, xz_open, xz_step, xz_close,
};
