/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CODEC_H
#define RS_CODEC_H

#include "error.h"
#include "mem.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A way to decompress, for inflate.c: one file each, and a row in its table.
 */

/* Compressed bytes on their way into memory. */
struct rs_flow {
    const char *in; /* [n_in] read, not yet taken */
    size_t n_in;
    struct rs_pages out;
    size_t used; /* of out */
    size_t most; /* of used, that are wanted; 0: all */
    bool inside; /* a member or frame has begun and not ended */
    bool whole;  /* one has ended */
};

struct rs_codec {
    const char *name;
    bool (*is)(const unsigned char *magic); /* [RS_CODEC_MAGIC], 0 behind an
                                               input that is shorter */

    /* Owns: close. Errors: RS_ERR_NOMEM, and RS_ERR_OPEN without its library;
     * *state is NULL then. */
    enum rs_status (*open)(void **state, struct rs_error *err);

    /* Takes some input and gives some output; a reason when it cannot. */
    const char *(*step)(void *state, struct rs_flow *flow);
    void (*close)(void *state);
};

enum { RS_CODEC_MAGIC = 6 };

/* The reason that is not one of the data. */
extern const char rs_codec_no_memory[];

/* The error that open has then. */
enum rs_status rs_codec_out_of_memory(const char *name, struct rs_error *err);

extern const struct rs_codec rs_codec_gzip, rs_codec_zstd, rs_codec_bzip2,
    rs_codec_xz;

#endif
