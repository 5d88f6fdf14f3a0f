/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inflate.h"

#include "codec.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { BLOCK_BYTES = 1 << 18 };

static const struct rs_codec *const codecs[] = {
    &rs_codec_gzip,
    &rs_codec_zstd,
    &rs_codec_bzip2,
    &rs_codec_xz,
};

const char rs_codec_no_memory[] = "out of memory";

enum rs_status rs_codec_out_of_memory(const char *name, struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_NOMEM, "out of memory for %s data", name);
}

static enum rs_status find_codec(const struct rs_codec **out,
                                 const struct rs_bytes *bytes,
                                 struct rs_error *err)
{
    char buffer[RS_CODEC_MAGIC];
    unsigned char magic[RS_CODEC_MAGIC] = {0};
    const char *at = NULL;
    size_t n = 0;
    enum rs_status status =
        rs_bytes_read(&at, &n, bytes, 0, buffer, sizeof buffer, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    memcpy(magic, at, n);
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (codecs[i]->is(magic))
            *out = codecs[i];
    return RS_OK;
}

static enum rs_status cannot_go_on(const struct rs_bytes *bytes,
                                   const struct rs_codec *codec,
                                   const char *reason, bool behind,
                                   struct rs_error *err)
{
    if (reason == rs_codec_no_memory)
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

static enum rs_status decompress(struct rs_flow *flow,
                                 const struct rs_codec *codec, void *state,
                                 const struct rs_bytes *bytes, char *buffer,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;
    uint64_t at = 0;

    for (;;) {
        const char *reason = NULL;
        bool behind = !flow->inside && flow->whole;
        if (flow->most > 0 && flow->used >= flow->most)
            return RS_OK;
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
static enum rs_status inflate_bytes(struct rs_bytes *bytes, size_t most,
                                    struct rs_error *err)
{
    const struct rs_codec *codec = NULL;
    struct rs_flow flow = {.most = most};
    void *state = NULL;
    char *buffer = NULL;
    enum rs_status status = find_codec(&codec, bytes, err);

    if (status != RS_OK || codec == NULL)
        return status;
    status = RS_ERR_NOMEM;
    buffer = rs_alloc(BLOCK_BYTES, 1, err);
    if (buffer == NULL)
        goto done;
    status = codec->open(&state, err);
    if (status == RS_OK)
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
                               size_t most, struct rs_hashes *hashes,
                               struct rs_error *err)
{
    enum rs_status status = rs_bytes_open(out, path, hashes, err);

    if (status != RS_OK)
        return status;
    status = inflate_bytes(out, most, err);
    if (status == RS_OK)
        return RS_OK;
    rs_bytes_close(out);
    return rs_error_in_file(err, status, path);
}

const char *rs_inflate_libraries(void)
{
    return "zlib " ZLIB_VERSION ", libzstd " ZSTD_VERSION_STRING;
}
