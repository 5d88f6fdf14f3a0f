/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BENCH_SINK_H
#define RS_BENCH_SINK_H

#include "outfile.h"
#include "sink.h"

/*
 * A sink that goes only as far as is asked: rows are encoded or not, and
 * their bytes are written or not. It tells when the first ones came.
 */
struct rs_bench_sink {
    struct rs_sink base;
    const struct rs_sink *encoder; /* NULL: rows are not encoded */
    struct rs_outfile *file;       /* NULL: bytes are dropped */
    char *sample;                  /* [sample_room] the first bytes; NULL */
    size_t sample_room;
    size_t n_sample;
    uint64_t n_bytes;
    uint64_t n_pieces; /* in which they came */
    double first;      /* rs_clock_now() of the first bytes; 0: none came */
};

/* Fills a sink; the caller sets sample and sample_room. All is borrowed, and
 * nothing is to be freed. */
void rs_bench_sink_init(struct rs_bench_sink *sink,
                        const struct rs_sink *encoder, struct rs_outfile *file);

#endif
