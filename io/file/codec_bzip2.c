/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec.h"
#include "library.h"

#include <bzlib.h>
#include <stdlib.h>
#include <string.h>

/* libbz2, loaded when a file is compressed by bzip2. */
struct bzip2_library {
    int (*init)(bz_stream *stream, int verbosity, int small);
    int (*step)(bz_stream *stream);
    int (*end)(bz_stream *stream);
};

struct bzip2 {
    struct bzip2_library library;
    bz_stream stream; /* begun while flow->inside */
    bool begun;
};

static bool bzip2_is(const unsigned char *magic)
{
    return memcmp(magic, "BZh", 3) == 0 && magic[3] >= '1' && magic[3] <= '9' &&
           (magic[4] == 0x31 || magic[4] == 0x17); /* a block, or none */
}

static enum rs_status bzip2_open(void **state, struct rs_error *err)
{
    static const struct rs_library libbz2 = {"bzip2 data need", "libbz2.so.1.0",
                                             "libbz2-1.0"};
    static const char *const names[] = {
        "BZ2_bzDecompressInit", "BZ2_bzDecompress", "BZ2_bzDecompressEnd"};
    struct bzip2 *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_ERR_NOMEM;

    *state = NULL;
    if (self == NULL)
        return status;
    status = rs_library_load(&self->library, &libbz2, names,
                             sizeof names / sizeof names[0], err);
    if (status == RS_OK)
        *state = self;
    else
        free(self);
    return status;
}

static const char *reason_of(int result)
{
    switch (result) {
    case BZ_OK:
        return NULL;
    case BZ_MEM_ERROR:
        return rs_codec_no_memory;
    case BZ_DATA_ERROR_MAGIC:
        return "not the beginning of a stream";
    default:
        return "wrong data or check sum";
    }
}

static void end_stream(struct bzip2 *self)
{
    (void)self->library.end(&self->stream);
    self->begun = false;
}

/* Streams follow one another, as `cat a.bz2 b.bz2` and pbzip2 make them. */
static const char *bzip2_step(void *state, struct rs_flow *flow)
{
    static const size_t most = (size_t)1 << 30; /* libbz2 counts in 32 bits */
    struct bzip2 *self = state;
    size_t room = flow->out.bytes - flow->used;
    size_t n_in = flow->n_in < most ? flow->n_in : most;
    int result = BZ_OK;

    if (!flow->inside && n_in == 0)
        return NULL;
    if (!self->begun) {
        memset(&self->stream, 0, sizeof self->stream);
        result = self->library.init(&self->stream, 0, 0);
        if (result != BZ_OK)
            return reason_of(result);
        self->begun = true;
    }
    room = room < most ? room : most;
    self->stream.next_in = (char *)(uintptr_t)flow->in;
    self->stream.avail_in = (unsigned)n_in;
    self->stream.next_out = (char *)flow->out.base + flow->used;
    self->stream.avail_out = (unsigned)room;
    flow->inside = true;
    result = self->library.step(&self->stream);
    flow->used += room - self->stream.avail_out;
    flow->in += n_in - self->stream.avail_in;
    flow->n_in -= n_in - self->stream.avail_in;
    if (result != BZ_STREAM_END)
        return reason_of(result);
    end_stream(self);
    flow->inside = false;
    flow->whole = true;
    return NULL;
}

static void bzip2_close(void *state)
{
    struct bzip2 *self = state;

    if (self->begun)
        end_stream(self);
    free(self);
}

const struct rs_codec rs_codec_bzip2 = {
    "bzip2", bzip2_is, bzip2_open, bzip2_step, bzip2_close,
};
