/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packfile.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* Small enough that little is lost when the process is killed, large enough
 * that the beginning of each piece costs nothing. */
enum { PIECE_BYTES = 1 << 16 };

enum rs_status rs_packfile_init(struct rs_packfile *out, const char *path,
                                bool force, bool durable,
                                const struct rs_packing *packing,
                                struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->packing = packing;
    return rs_outfile_init(&out->file, path, force, durable, err);
}

static enum rs_status open_packing(struct rs_packfile *out,
                                   struct rs_error *err)
{
    if (out->packing == NULL)
        return RS_OK;
    out->text = rs_alloc(PIECE_BYTES, 1, err);
    out->piece = rs_alloc(out->packing->bound(PIECE_BYTES), 1, err);
    if (out->text == NULL || out->piece == NULL)
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

static enum rs_status put(struct rs_packfile *out, const void *bytes,
                          size_t n_bytes, struct rs_error *err)
{
    enum rs_status status = rs_outfile_write(&out->file, bytes, n_bytes, err);

    out->failed = out->failed || status != RS_OK;
    return status;
}

/* A tile ends where the file does. */
static void mark_file(struct rs_packfile *out, uint64_t n_tiles)
{
    out->n_bytes_whole = out->file.n_bytes;
    out->n_bytes_tiles = out->file.n_bytes;
    out->n_tiles = n_tiles;
}

/* Packs the text that waits, even none, and writes it. */
static enum rs_status put_piece(struct rs_packfile *out, struct rs_error *err)
{
    bool settled = out->n_text_whole > 0;
    bool whole = settled && out->n_text == out->n_text_whole;
    size_t n =
        out->packing->pack(out->state, out->piece, out->text, out->n_text);
    enum rs_status status = RS_OK;

    if (n == 0)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory for %s",
                            out->packing->name);
    out->n_text = 0;
    out->n_text_whole = 0;
    status = put(out, out->piece, n, err);
    if (status == RS_OK && whole)
        mark_file(out, out->text_tiles);
    else if (settled) /* that text is not to be had again */
        out->n_bytes_whole = out->n_bytes_tiles;
    return status;
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
        return put(out, bytes, n_bytes, err);
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

    return status == RS_OK ? put(out, bytes, n_bytes, err) : status;
}

void rs_packfile_settle(struct rs_packfile *out, uint64_t n_tiles)
{
    out->settles = true;
    out->n_bytes_whole = out->file.n_bytes;
    out->n_text_whole = out->n_text;
    out->text_tiles = n_tiles;
    if (out->n_text == 0)
        mark_file(out, n_tiles);
}

enum rs_status rs_packfile_finish(struct rs_packfile *out, struct rs_error *err)
{
    enum rs_status status = put_rest(out, err);

    /* No bytes at all are no packed file. */
    if (status == RS_OK && out->packing != NULL && out->file.n_bytes == 0)
        status = put_piece(out, err);
    return status == RS_OK ? rs_outfile_finish(&out->file, err) : status;
}

/* Leaves what is settled, and nothing else. Text waits for the end of what
 * stands in the file, so that it comes right behind it. */
static void cut_to_settled(struct rs_packfile *out)
{
    struct rs_error ignored;

    if (!rs_outfile_cut(&out->file, out->n_bytes_whole))
        return;
    out->n_text = out->n_text_whole;
    if (put_rest(out, &ignored) != RS_OK)
        (void)rs_outfile_cut(&out->file, out->n_bytes_tiles);
}

void rs_packfile_abandon(struct rs_packfile *out)
{
    struct rs_error ignored;

    if (out->file.fd >= 0 && out->settles)
        cut_to_settled(out);
    else if (out->file.fd >= 0 && !out->failed)
        (void)put_rest(out, &ignored);
    rs_outfile_abandon(&out->file);
}

void rs_packfile_clear(struct rs_packfile *out)
{
    rs_packfile_abandon(out);
    rs_outfile_clear(&out->file);
    if (out->packing != NULL)
        out->packing->close(out->state);
    free(out->text);
    free(out->piece);
    memset(out, 0, sizeof *out);
    out->file.fd = -1;
}
