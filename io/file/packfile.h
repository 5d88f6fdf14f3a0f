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
 * Who writes marks the places up to which the file is whole. What is abandoned
 * is cut back to the last of them, where the file has a partial name: what
 * came behind, or a piece that the disk had no room for, is no part of it.
 * What a pipe has got stays, and the last mark in it counts.
 */

/* A place in what was written. */
struct rs_packfile_mark {
    uint64_t number;  /* as the writer counts */
    uint64_t n_bytes; /* of the file, before */
    size_t n_text;    /* and of the text that is packed behind these */
};

struct rs_packfile {
    struct rs_outfile file;
    const struct rs_packing *packing; /* NULL: none */
    void *state;                      /* of the packing */
    char *text;                       /* [n_text] not packed yet */
    size_t n_text;
    char *piece;                  /* room for one */
    struct rs_packfile_mark mark; /* the last; of what is abandoned, the end */
    struct rs_packfile_mark firm; /* one before, or the same: without text */
    char *marked;   /* [mark.n_text] when that was packed with what followed */
    bool is_packed; /* it was */
};

/* As rs_outfile_init. Owns: rs_packfile_clear. */
enum rs_status rs_packfile_init(struct rs_packfile *out,
                                const struct rs_outfile_options *options,
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

/* As rs_outfile_finish; packs what is left. */
enum rs_status rs_packfile_finish(struct rs_packfile *out,
                                  struct rs_error *err) RS_MUST_CHECK;

/* All that was written so far is whole. number: of the mark; what is not
 * marked has 0. */
void rs_packfile_mark(struct rs_packfile *out, uint64_t number);

/* As rs_outfile_abandon; leaves the file whole up to out->mark: the last one,
 * unless the disk has no room even for what is marked. */
void rs_packfile_abandon(struct rs_packfile *out);

/* Frees; abandons an open one. */
void rs_packfile_clear(struct rs_packfile *out);

#endif
