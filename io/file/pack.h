/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PACK_H
#define RS_PACK_H

#include <stddef.h>

/*
 * Compression in independent pieces: gzip members or zstd frames. Pieces one
 * after another are one file to gzip -d and zstd -d, so that many processes
 * can make them side by side, and a file cut between two of them is whole.
 * The same bytes give the same piece, whatever the state packed before.
 */
struct rs_packing {
    const char *name;

    /* A state for one thread. NULL: out of memory. Owns: close. */
    void *(*open)(void);
    /* Upper bound of the piece that n_bytes make. */
    size_t (*bound)(size_t n_bytes);
    /*
     * Makes one whole piece.
     * out    out  [bound(n_bytes)]
     * bytes  in   [n_bytes], less than 2 GiB; 0 bytes make a piece, too
     * Returns its bytes; 0: out of memory.
     */
    size_t (*pack)(void *state, void *out, const void *bytes, size_t n_bytes);
    void (*close)(void *state); /* NULL allowed */
};

extern const struct rs_packing rs_packing_gzip;
extern const struct rs_packing rs_packing_zstd;

#endif
