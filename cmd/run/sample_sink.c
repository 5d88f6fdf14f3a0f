/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample_sink.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 * 1024 };

static size_t bound_row(const struct rs_sink *base, size_t y, size_t x)
{
    const struct rs_sample_sink *sink = (const struct rs_sample_sink *)base;

    return sink->encoder->ops->row_bound(sink->encoder, y, x);
}

static size_t encode_row(const struct rs_sink *base, char *out,
                         const struct rs_row *row)
{
    const struct rs_sample_sink *sink = (const struct rs_sample_sink *)base;

    if (row->fit->outcome == RS_FIT_WORKER_LOST)
        return 0; /* the sample was broken off before it */
    ++*sink->n_rows;
    if (row->term == RS_NO_TERM && sink->p != NULL)
        rs_sampled_p_add(sink->p, row->fit->log_p);
    if (row->term == RS_NO_TERM && *sink->n_fits < sink->most_fits)
        sink->fits[(*sink->n_fits)++] =
            (struct rs_top_fit){row->part, row->y, row->x, *row->fit};
    return sink->encodes ? sink->encoder->ops->encode(sink->encoder, out, row)
                         : 0;
}

static enum rs_status put(struct rs_sink *base, const void *bytes,
                          size_t n_bytes, struct rs_error *err)
{
    struct rs_sample_sink *sink = (struct rs_sample_sink *)base;

    (void)err;
    sink->n_bytes += n_bytes;
    if (sink->file.fd >= 0 &&
        rs_outfile_write(&sink->file, bytes, n_bytes, NULL) != RS_OK)
        rs_outfile_clear(&sink->file); /* a full disk is no reason to fail */
    return RS_OK;
}

static enum rs_status pack(struct rs_sample_sink *sink, struct rs_error *err)
{
    size_t n = sink->base.packing->pack(sink->state, sink->piece, sink->text,
                                        sink->n_text);

    sink->n_text = 0;
    if (n == 0)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    return put(&sink->base, sink->piece, n, err);
}

static enum rs_status take(struct rs_sink *base, const void *bytes,
                           size_t n_bytes, struct rs_error *err)
{
    struct rs_sample_sink *sink = (struct rs_sample_sink *)base;
    const char *from = bytes;
    enum rs_status status = RS_OK;

    if (base->packing == NULL)
        return put(base, bytes, n_bytes, err);
    while (n_bytes > 0 && status == RS_OK) {
        size_t room = PIECE - sink->n_text;
        size_t part = n_bytes < room ? n_bytes : room;
        memcpy(sink->text + sink->n_text, from, part);
        sink->n_text += part;
        from += part;
        n_bytes -= part;
        if (sink->n_text == PIECE)
            status = pack(sink, err);
    }
    return status;
}

static enum rs_status finish(struct rs_sink *base, const struct rs_tally *tally,
                             struct rs_error *err)
{
    struct rs_sample_sink *sink = (struct rs_sample_sink *)base;

    (void)tally;
    return sink->n_text > 0 ? pack(sink, err) : RS_OK;
}

static const struct rs_sink_ops sample_ops = {
    .row_bound = bound_row,
    .encode = encode_row,
    .write = take,
    .write_packed = put,
    .finish = finish,
};

enum rs_status rs_sample_sink_init(struct rs_sample_sink *sink,
                                   const struct rs_sink *encoder, int fd,
                                   struct rs_error *err)
{
    const struct rs_packing *packing = encoder->packing;

    *sink = (struct rs_sample_sink){
        .base = {&sample_ops, packing},
        .encoder = encoder,
        .encodes = true,
        .file = {.fd = fd, .owns_fd = true},
    };
    if (packing == NULL)
        return RS_OK;
    sink->state = packing->open();
    sink->text = rs_alloc(PIECE, 1, err);
    sink->piece = rs_alloc(packing->bound(PIECE), 1, err);
    if (sink->state == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    return sink->text == NULL || sink->piece == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_sample_sink_clear(struct rs_sample_sink *sink)
{
    if (sink->base.packing != NULL && sink->state != NULL)
        sink->base.packing->close(sink->state);
    free(sink->text);
    free(sink->piece);
    rs_outfile_clear(&sink->file);
}
