/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SAMPLE_SINK_H
#define RS_SAMPLE_SINK_H

#include "outfile.h"
#include "sampled_p.h"
#include "sink.h"
#include "top.h"

/*
 * A sink that takes rows as another does, packed as they are there, and writes
 * them to a file without a name.
 */
struct rs_sample_sink {
    struct rs_sink base;
    const struct rs_sink *encoder;
    bool encodes;            /* rows have their bytes; else none */
    uint64_t *n_rows;        /* that were encoded */
    struct rs_top_fit *fits; /* [n_fits] of the first pairs, by the columns of
                               the dataset in place of y_ix and x_ix; at most
                               most_fits of them */
    size_t *n_fits;
    size_t most_fits;
    struct rs_sampled_p *p; /* of pairs; NULL: nobody asks */
    struct rs_outfile file; /* fd -1: bytes are dropped */
    uint64_t n_bytes;       /* packed */
    void *state;            /* of the packing */
    char *text;             /* [n_text] not packed yet */
    size_t n_text;
    char *piece; /* room for one */
};

/*
 * encoder  in  borrowed; not opened
 * fd       in  to write to, closed by rs_sample_sink_clear; -1: nowhere
 * Owns: rs_sample_sink_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_sample_sink_init(struct rs_sample_sink *sink,
                                   const struct rs_sink *encoder, int fd,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_sample_sink_clear(struct rs_sample_sink *sink);

#endif
