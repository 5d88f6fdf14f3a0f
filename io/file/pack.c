/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

/* Result rows are random digits for the most part: higher levels find next to
 * nothing in them (zstd's 2 and 3 even make them longer) and take time. */
enum { GZIP_LEVEL = 1, ZSTD_LEVEL = 1 };

/* ---- gzip -------------------------------------------------------- */

static void *gzip_open(void)
{
    enum { WINDOW_BITS = 15, WITH_GZIP_HEADER = 16 };
    z_stream *stream = calloc(1, sizeof *stream);

    /* The header that zlib makes has no name and no time. */
    if (stream != NULL &&
        deflateInit2(stream, GZIP_LEVEL, Z_DEFLATED,
                     WINDOW_BITS + WITH_GZIP_HEADER, MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    return stream;
}

static size_t gzip_bound(size_t n_bytes)
{
    enum { HEADER_AND_TRAILER = 18 }; /* zlib's own are counted too */

    return deflateBound(NULL, n_bytes) + HEADER_AND_TRAILER;
}

static size_t gzip_pack(void *state, void *out, const void *bytes,
                        size_t n_bytes)
{
    z_stream *stream = state;
    size_t room = gzip_bound(n_bytes);

    if (n_bytes > INT_MAX || deflateReset(stream) != Z_OK)
        return 0;
    stream->next_in = (z_const Bytef *)(uintptr_t)bytes;
    stream->avail_in = (uInt)n_bytes;
    stream->next_out = out;
    stream->avail_out = (uInt)room;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END)
        return 0;
    return room - stream->avail_out;
}

static void gzip_close(void *state)
{
    if (state != NULL)
        (void)deflateEnd(state);
    free(state);
}

const struct rs_packing rs_packing_gzip = {
    .name = "gzip",
    .open = gzip_open,
    .bound = gzip_bound,
    .pack = gzip_pack,
    .close = gzip_close,
};

/* ---- zstd -------------------------------------------------------- */

static void *zstd_open(void)
{
    ZSTD_CCtx *state = ZSTD_createCCtx();

    if (state == NULL)
        return NULL;
    if (ZSTD_isError(ZSTD_CCtx_setParameter(state, ZSTD_c_compressionLevel,
                                            ZSTD_LEVEL)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1))) {
        (void)ZSTD_freeCCtx(state);
        return NULL;
    }
    return state;
}

static size_t zstd_bound(size_t n_bytes)
{
    return ZSTD_compressBound(n_bytes);
}

static size_t zstd_pack(void *state, void *out, const void *bytes,
                        size_t n_bytes)
{
    size_t n = ZSTD_compress2(state, out, zstd_bound(n_bytes), bytes, n_bytes);

    return ZSTD_isError(n) ? 0 : n;
}

static void zstd_close(void *state)
{
    (void)ZSTD_freeCCtx(state);
}

const struct rs_packing rs_packing_zstd = {
    .name = "zstd",
    .open = zstd_open,
    .bound = zstd_bound,
    .pack = zstd_pack,
    .close = zstd_close,
};
