/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packfile.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* Small enough that little is lost when the process is killed, large enough
 * that the beginning of each piece costs nothing. */
enum { PIECE_BYTES = 1 << 16 };

enum rs_status rs_packfile_init(struct rs_packfile *out,
                                const struct rs_outfile_options *options,
                                const struct rs_packing *packing,
                                struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->packing = packing;
    return rs_outfile_init(&out->file, options, err);
}

static enum rs_status open_packing(struct rs_packfile *out,
                                   struct rs_error *err)
{
    if (out->packing == NULL)
        return RS_OK;
    out->text = rs_alloc(PIECE_BYTES, 1, err);
    out->marked = rs_alloc(PIECE_BYTES, 1, err);
    out->piece = rs_alloc(out->packing->bound(PIECE_BYTES), 1, err);
    if (out->text == NULL || out->marked == NULL || out->piece == NULL)
        return RS_ERR_NOMEM;
    out->state = out->packing->open();
    if (out->state == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory for %s",
                            out->packing->name);
    return RS_OK;
}

enum rs_status rs_packfile_open(struct rs_packfile *out, struct rs_error *err)
{
    enum rs_status status = open_packing(out, err);

    return status == RS_OK ? rs_outfile_open(&out->file, err) : status;
}

/* The mark, once the text was packed and written. Where it is within that, what
 * is before it is kept. */
static void move_mark(struct rs_packfile *out)
{
    char *text = out->text;

    if (out->is_packed || out->mark.n_text == 0)
        return;
    if (out->mark.n_text == out->n_text) {
        out->mark.n_bytes = out->file.n_bytes;
        out->mark.n_text = 0;
        out->firm = out->mark;
    } else {
        out->text = out->marked;
        out->marked = text;
        out->is_packed = true;
    }
}

/* Packs the text that waits, even none, and writes it. */
static enum rs_status put_piece(struct rs_packfile *out, struct rs_error *err)
{
    size_t n =
        out->packing->pack(out->state, out->piece, out->text, out->n_text);
    enum rs_status status = RS_OK;

    if (n == 0)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory for %s",
                            out->packing->name);
    status = rs_outfile_write(&out->file, out->piece, n, err);
    if (status != RS_OK)
        return status;
    move_mark(out);
    out->n_text = 0;
    return RS_OK;
}

static enum rs_status put_rest(struct rs_packfile *out, struct rs_error *err)
{
    return out->n_text > 0 ? put_piece(out, err) : RS_OK;
}

enum rs_status rs_packfile_write(struct rs_packfile *out, const void *bytes,
                                 size_t n_bytes, struct rs_error *err)
{
    const char *from = bytes;
    enum rs_status status = RS_OK;

    if (out->packing == NULL)
        return rs_outfile_write(&out->file, bytes, n_bytes, err);
    if (out->n_text + n_bytes > PIECE_BYTES)
        status = put_rest(out, err);
    while (n_bytes > 0 && status == RS_OK) {
        size_t part = PIECE_BYTES - out->n_text;
        part = n_bytes < part ? n_bytes : part;
        memcpy(out->text + out->n_text, from, part);
        out->n_text += part;
        from += part;
        n_bytes -= part;
        if (out->n_text == PIECE_BYTES)
            status = put_piece(out, err);
    }
    return status;
}

enum rs_status rs_packfile_write_packed(struct rs_packfile *out,
                                        const void *bytes, size_t n_bytes,
                                        struct rs_error *err)
{
    enum rs_status status = put_rest(out, err);

    return status == RS_OK ? rs_outfile_write(&out->file, bytes, n_bytes, err)
                           : status;
}

enum rs_status rs_packfile_finish(struct rs_packfile *out, struct rs_error *err)
{
    enum rs_status status = put_rest(out, err);

    /* No bytes at all are no packed file. */
    if (status == RS_OK && out->packing != NULL && out->file.n_bytes == 0)
        status = put_piece(out, err);
    return status == RS_OK ? rs_outfile_finish(&out->file, err) : status;
}

void rs_packfile_mark(struct rs_packfile *out, uint64_t number)
{
    out->mark =
        (struct rs_packfile_mark){number, out->file.n_bytes, out->n_text};
    out->is_packed = false;
    if (out->n_text == 0)
        out->firm = out->mark;
}

/* Writes the text before the mark, all that is missing of it. */
static enum rs_status put_marked(struct rs_packfile *out)
{
    struct rs_error ignored;
    const char *text = out->is_packed ? out->marked : out->text;
    size_t n = 0;

    if (out->mark.n_text == 0)
        return RS_OK;
    n = out->packing->pack(out->state, out->piece, text, out->mark.n_text);
    return n == 0 ? RS_ERR_NOMEM
                  : rs_outfile_write(&out->file, out->piece, n, &ignored);
}

/* Leaves the file as it was at the mark, or at the firm one. A cut that fails
 * leaves more in it. */
static void go_back(struct rs_packfile *out)
{
    if (!rs_outfile_cut(&out->file, out->mark.n_bytes)) {
        if (!out->is_packed) /* or the marked text is there, with more */
            out->mark = out->firm;
    } else if (put_marked(out) != RS_OK) {
        (void)rs_outfile_cut(&out->file, out->firm.n_bytes);
        out->mark = out->firm;
    }
}

void rs_packfile_abandon(struct rs_packfile *out)
{
    if (out->file.fd >= 0)
        go_back(out);
    rs_outfile_abandon(&out->file);
}

void rs_packfile_clear(struct rs_packfile *out)
{
    rs_packfile_abandon(out);
    rs_outfile_clear(&out->file);
    if (out->packing != NULL)
        out->packing->close(out->state);
    free(out->text);
    free(out->marked);
    free(out->piece);
    memset(out, 0, sizeof *out);
    out->file.fd = -1;
}
