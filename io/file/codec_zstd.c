/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec.h"

#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

static bool zstd_is(const unsigned char *magic)
{
    static const unsigned char frame[] = {0x28, 0xb5, 0x2f, 0xfd};
    static const unsigned char skippable[] = {0x2a, 0x4d, 0x18};

    return memcmp(magic, frame, sizeof frame) == 0 ||
           ((magic[0] & 0xf0) == 0x50 &&
            memcmp(magic + 1, skippable, sizeof skippable) == 0);
}

static enum rs_status zstd_open(void **out, struct rs_error *err)
{
    ZSTD_DCtx *state = ZSTD_createDCtx();
    const ZSTD_bounds window = ZSTD_dParam_getBounds(ZSTD_d_windowLogMax);

    *out = state;
    if (state == NULL)
        return rs_codec_out_of_memory(rs_codec_zstd.name, err);
    /* zstd --long=31 is as good as any other. */
    if (!ZSTD_isError(window.error))
        (void)ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax,
                                     window.upperBound);
    return RS_OK;
}

static const char *zstd_step(void *state, struct rs_flow *flow)
{
    ZSTD_inBuffer in = {flow->in, flow->n_in, 0};
    ZSTD_outBuffer out = {flow->out.base, flow->out.bytes, flow->used};
    size_t left = ZSTD_decompressStream(state, &out, &in);

    if (ZSTD_isError(left))
        return ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation
                   ? rs_codec_no_memory
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

const struct rs_codec rs_codec_zstd = {
    "zstd", zstd_is, zstd_open, zstd_step, zstd_close,
};
