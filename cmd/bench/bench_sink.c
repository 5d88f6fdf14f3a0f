/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_sink.h"

#include "bench_file.h"
#include "clock.h"

#include <string.h>

static size_t bound_row(const struct rs_sink *base, size_t y, size_t x)
{
    const struct rs_sink *encoder =
        ((const struct rs_bench_sink *)base)->encoder;

    return encoder == NULL ? 1 : encoder->ops->row_bound(encoder, y, x);
}

static size_t encode_row(const struct rs_sink *base, char *out,
                         const struct rs_row *row)
{
    const struct rs_sink *encoder =
        ((const struct rs_bench_sink *)base)->encoder;

    return encoder == NULL ? 0 : encoder->ops->encode(encoder, out, row);
}

static enum rs_status take(struct rs_sink *base, const void *bytes,
                           size_t n_bytes, struct rs_error *err)
{
    struct rs_bench_sink *sink = (struct rs_bench_sink *)base;
    size_t room = sink->sample_room - sink->n_sample;
    size_t part = n_bytes < room ? n_bytes : room;
    enum rs_status status = RS_OK;

    if (n_bytes == 0)
        return RS_OK;
    if (part > 0)
        memcpy(sink->sample + sink->n_sample, bytes, part);
    sink->n_sample += part;
    sink->n_bytes += n_bytes;
    sink->n_pieces++;
    if (sink->file != NULL)
        status = rs_outfile_write(sink->file, bytes, n_bytes, err);
    if (sink->first <= 0.0)
        sink->first = rs_clock_now();
    return status;
}

static enum rs_status finish(struct rs_sink *base, const struct rs_tally *tally,
                             struct rs_error *err)
{
    const struct rs_bench_sink *sink = (const struct rs_bench_sink *)base;

    (void)tally;
    return sink->file == NULL ? RS_OK : rs_bench_file_sync(sink->file, err);
}

static const struct rs_sink_ops bench_ops = {
    .row_bound = bound_row,
    .encode = encode_row,
    .write = take,
    .finish = finish,
};

void rs_bench_sink_init(struct rs_bench_sink *sink,
                        const struct rs_sink *encoder, struct rs_outfile *file)
{
    memset(sink, 0, sizeof *sink);
    sink->base.ops = &bench_ops;
    sink->encoder = encoder;
    sink->file = file;
}
