/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inflate.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { BLOCK_BYTES = 1 << 18, MAGIC_BYTES = 4 };

/* Compressed bytes on their way into memory. */
struct flow {
    const char *in; /* [n_in] read, not yet taken */
    size_t n_in;
    struct rs_pages out;
    size_t used; /* of out */
    bool inside; /* a member or frame has begun and not ended */
    bool whole;  /* one has ended */
};

/* A way to decompress. */
struct codec {
    const char *name;
    bool (*is)(const unsigned char *magic);
    void *(*open)(void); /* NULL: out of memory */
    /* Takes some input and gives some output; a reason when it cannot. */
    const char *(*step)(void *state, struct flow *flow);
    void (*close)(void *state);
};

/* The reason that is not one of the data. */
static const char out_of_memory[] = "out of memory";

/* ---- gzip -------------------------------------------------------- */

static bool gzip_is(const unsigned char *magic)
{
    return magic[0] == 0x1f && magic[1] == 0x8b;
}

static void *gzip_open(void)
{
    enum { WINDOW_BITS = 15, GZIP_ONLY = 16 };
    z_stream *stream = calloc(1, sizeof *stream);

    if (stream != NULL &&
        inflateInit2(stream, WINDOW_BITS + GZIP_ONLY) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    return stream;
}

static const char *gzip_step(void *state, struct flow *flow)
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
        return out_of_memory;
    return stream->msg != NULL ? stream->msg : "invalid data";
}

static void gzip_close(void *state)
{
    (void)inflateEnd(state);
    free(state);
}

/* ---- zstd -------------------------------------------------------- */

static bool zstd_is(const unsigned char *magic)
{
    static const unsigned char frame[] = {0x28, 0xb5, 0x2f, 0xfd};
    static const unsigned char skippable[] = {0x2a, 0x4d, 0x18};

    return memcmp(magic, frame, sizeof frame) == 0 ||
           ((magic[0] & 0xf0) == 0x50 &&
            memcmp(magic + 1, skippable, sizeof skippable) == 0);
}

static void *zstd_open(void)
{
    ZSTD_DCtx *state = ZSTD_createDCtx();
    const ZSTD_bounds window = ZSTD_dParam_getBounds(ZSTD_d_windowLogMax);

    /* zstd --long=31 is as good as any other. */
    if (state != NULL && !ZSTD_isError(window.error))
        (void)ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax,
                                     window.upperBound);
    return state;
}

static const char *zstd_step(void *state, struct flow *flow)
{
    ZSTD_inBuffer in = {flow->in, flow->n_in, 0};
    ZSTD_outBuffer out = {flow->out.base, flow->out.bytes, flow->used};
    size_t left = ZSTD_decompressStream(state, &out, &in);

    if (ZSTD_isError(left))
        return ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation
                   ? out_of_memory
                   : ZSTD_getErrorName(left);
    flow->in += in.pos;
    flow->n_in -= in.pos;
    flow->used = out.pos;
    if (left == 0) { /* a frame has ended and all of it is out */
        flow->inside = false;
        flow->whole = true;
    } else if (in.pos > 0) {
        flow->inside = true;
    }
    return NULL;
}

static void zstd_close(void *state)
{
    (void)ZSTD_freeDCtx(state);
}

/* ---- both -------------------------------------------------------- */

static const struct codec codecs[] = {
    {"gzip", gzip_is, gzip_open, gzip_step, gzip_close},
    {"zstd", zstd_is, zstd_open, zstd_step, zstd_close},
};

static enum rs_status find_codec(const struct codec **out,
                                 const struct rs_bytes *bytes,
                                 struct rs_error *err)
{
    char buffer[MAGIC_BYTES];
    unsigned char magic[MAGIC_BYTES] = {0};
    const char *at = NULL;
    size_t n = 0;
    enum rs_status status =
        rs_bytes_read(&at, &n, bytes, 0, buffer, sizeof buffer, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    memcpy(magic, at, n);
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (codecs[i].is(magic))
            *out = &codecs[i];
    return RS_OK;
}

static enum rs_status cannot_go_on(const struct rs_bytes *bytes,
                                   const struct codec *codec,
                                   const char *reason, bool behind,
                                   struct rs_error *err)
{
    if (reason == out_of_memory)
        return rs_error_set_os(err, RS_ERR_NOMEM, bytes->path, 0,
                               "out of memory for %s data", codec->name);
    if (behind)
        return rs_error_set_at(err, RS_ERR_MALFORMED, bytes->path, 0, 0,
                               "the %s data are followed by something else "
                               "(%s)",
                               codec->name, reason);
    return rs_error_set_at(err, RS_ERR_MALFORMED, bytes->path, 0, 0,
                           "corrupt %s data: %s", codec->name, reason);
}

static enum rs_status decompress(struct flow *flow, const struct codec *codec,
                                 void *state, const struct rs_bytes *bytes,
                                 char *buffer, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    uint64_t at = 0;

    for (;;) {
        const char *reason = NULL;
        bool behind = !flow->inside && flow->whole;
        /* A full output may hold something back: no input is read then. */
        if (flow->used == flow->out.bytes) {
            status = rs_bytes_room(&flow->out, flow->used + 1, err);
        } else if (flow->n_in == 0) {
            status = rs_bytes_read(&flow->in, &flow->n_in, bytes, at, buffer,
                                   BLOCK_BYTES, err);
            at += flow->n_in;
            if (status == RS_OK && flow->n_in == 0)
                break;
        }
        if (status != RS_OK)
            return status;
        reason = codec->step(state, flow);
        if (reason != NULL)
            return cannot_go_on(bytes, codec, reason, behind, err);
    }
    if (flow->inside)
        return rs_error_set_at(err, RS_ERR_MALFORMED, bytes->path, 0, 0,
                               "truncated %s data: the input ends too early",
                               codec->name);
    return RS_OK;
}

/* Leaves alone what is not compressed, and all after an error. */
static enum rs_status inflate_bytes(struct rs_bytes *bytes,
                                    struct rs_error *err)
{
    const struct codec *codec = NULL;
    struct flow flow = {0};
    void *state = NULL;
    char *buffer = NULL;
    enum rs_status status = find_codec(&codec, bytes, err);

    if (status != RS_OK || codec == NULL)
        return status;
    status = RS_ERR_NOMEM;
    buffer = rs_alloc(BLOCK_BYTES, 1, err);
    if (buffer == NULL)
        goto done;
    state = codec->open();
    if (state == NULL) {
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory for %s data",
                              codec->name);
        goto done;
    }
    status = decompress(&flow, codec, state, bytes, buffer, err);
    if (status == RS_OK)
        rs_bytes_replace(bytes, &flow.out, flow.used);
done:
    if (state != NULL)
        codec->close(state);
    rs_pages_free(&flow.out);
    free(buffer);
    return status;
}

enum rs_status rs_inflate_open(struct rs_bytes *out, const char *path,
                               struct rs_hashes *hashes, struct rs_error *err)
{
    enum rs_status status = rs_bytes_open(out, path, hashes, err);

    if (status != RS_OK)
        return status;
    status = inflate_bytes(out, err);
    if (status == RS_OK)
        return RS_OK;
    rs_bytes_close(out);
    return rs_error_in_file(err, status, path);
}

const char *rs_inflate_libraries(void)
{
    return "zlib " ZLIB_VERSION ", libzstd " ZSTD_VERSION_STRING;
}
