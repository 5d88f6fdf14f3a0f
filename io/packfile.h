/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PACKFILE_H
#define RS_PACKFILE_H

#include "outfile.h"
#include "pack.h"

/*
 * An output file whose content may be packed. Text is collected and packed
 * in pieces of some 64 KiB; pieces that others have packed go between them.
 * The pieces follow from what is written alone. Without a packing all goes
 * straight to the file.
 *
 * Where whole tiles end is told by rs_packfile_settle: what was written behind
 * the last such place is taken back when the file is abandoned.
 */
struct rs_packfile {
    struct rs_outfile file;
    const struct rs_packing *packing; /* NULL: none */
    void *state;                      /* of the packing */
    char *text;                       /* [n_text] not packed yet */
    size_t n_text;
    char *piece;            /* room for one */
    bool failed;            /* a write did: nothing may come behind */
    bool settles;           /* rs_packfile_settle was called */
    uint64_t n_bytes_whole; /* of the file, up to the last whole tile ... */
    size_t n_text_whole;    /* ... and text behind them ... */
    uint64_t text_tiles;    /* ... which is the end of so many */
    uint64_t n_bytes_tiles; /* of the file, where a tile ends in it */
    uint64_t n_tiles;       /* so many */
};

/* As rs_outfile_init. Owns: rs_packfile_clear. */
enum rs_status rs_packfile_init(struct rs_packfile *out, const char *path,
                                bool force, bool durable,
                                const struct rs_packing *packing,
                                struct rs_error *err) RS_MUST_CHECK;

/* As rs_outfile_open, and RS_ERR_NOMEM. */
enum rs_status rs_packfile_open(struct rs_packfile *out,
                                struct rs_error *err) RS_MUST_CHECK;

/* Adds text. A piece ends where one of these calls has ended, unless the text
 * is larger than a piece. Errors: RS_ERR_WRITE, RS_ERR_NOMEM. */
enum rs_status rs_packfile_write(struct rs_packfile *out, const void *bytes,
                                 size_t n_bytes,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Adds whole pieces of the same packing. Errors as above. */
enum rs_status rs_packfile_write_packed(struct rs_packfile *out,
                                        const void *bytes, size_t n_bytes,
                                        struct rs_error *err) RS_MUST_CHECK;

/* All rows of the first n_tiles tiles are written, and no others. */
void rs_packfile_settle(struct rs_packfile *out, uint64_t n_tiles);

/* As rs_outfile_finish; packs what is left. */
enum rs_status rs_packfile_finish(struct rs_packfile *out,
                                  struct rs_error *err) RS_MUST_CHECK;

/* As rs_outfile_abandon; takes back what is not settled, if that can be done,
 * and packs what is left of the text. n_tiles tells what the file holds. */
void rs_packfile_abandon(struct rs_packfile *out);

/* Frees; abandons an open one. */
void rs_packfile_clear(struct rs_packfile *out);

#endif
