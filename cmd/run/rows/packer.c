/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packer.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    PIECE_BYTES = 1 << 20,
    WORTH_A_PIECE = 1 << 14 /* a smaller one would be a few per cent longer */
};

/* What stands before each hand-over. */
struct label {
    uint64_t n_bytes;
    uint64_t packed; /* 0: text */
};

struct rs_packer {
    const struct rs_packing *packing;
    void *state;
    char *text; /* of rows; a row more than PIECE_BYTES */
    size_t used;
};

void rs_packer_free(struct rs_packer *packer)
{
    if (packer == NULL)
        return;
    packer->packing->close(packer->state);
    free(packer->text);
    free(packer);
}

static enum rs_status out_of_memory(const struct rs_packing *packing,
                                    struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_NOMEM, "out of memory for %s",
                        packing->name);
}

enum rs_status rs_packer_new(struct rs_packer **out,
                             const struct rs_packing *packing, size_t most_row,
                             struct rs_error *err)
{
    struct rs_packer *packer = rs_alloc(1, sizeof *packer, err);

    *out = NULL;
    if (packer == NULL)
        return RS_ERR_NOMEM;
    packer->packing = packing;
    packer->text = rs_alloc(PIECE_BYTES + most_row, 1, err);
    if (packer->text == NULL) {
        rs_packer_free(packer);
        return RS_ERR_NOMEM;
    }
    packer->state = packing->open();
    if (packer->state == NULL) {
        rs_packer_free(packer);
        return out_of_memory(packing, err);
    }
    *out = packer;
    return RS_OK;
}

size_t rs_packer_most(const struct rs_packing *packing, size_t most_row)
{
    return sizeof(struct label) + packing->bound(PIECE_BYTES + most_row);
}

/* Hands over what was collected, whole: the pool gives the parent a slot
 * between two hand-overs, never within one. */
static enum rs_status hand_over(struct rs_packer *packer, bool packed,
                                struct rs_out *out, struct rs_error *err)
{
    const struct rs_packing *packing = packer->packing;
    struct label label = {packer->used, packed};
    size_t most = packed ? packing->bound(packer->used) : packer->used;
    char *room = rs_out_reserve(out, sizeof label + most);

    if (packed)
        label.n_bytes = packing->pack(packer->state, room + sizeof label,
                                      packer->text, packer->used);
    else
        memcpy(room + sizeof label, packer->text, packer->used);
    packer->used = 0;
    if (label.n_bytes == 0)
        return out_of_memory(packing, err);
    memcpy(room, &label, sizeof label);
    rs_out_advance(out, sizeof label + label.n_bytes);
    return RS_OK;
}

char *rs_packer_reserve(struct rs_packer *packer)
{
    return packer->text + packer->used;
}

enum rs_status rs_packer_advance(struct rs_packer *packer, size_t n_bytes,
                                 struct rs_out *out, struct rs_error *err)
{
    packer->used += n_bytes;
    return packer->used < PIECE_BYTES ? RS_OK
                                      : hand_over(packer, true, out, err);
}

enum rs_status rs_packer_end(struct rs_packer *packer, struct rs_out *out,
                             struct rs_error *err)
{
    if (packer->used == 0)
        return RS_OK;
    return hand_over(packer, packer->used >= WORTH_A_PIECE, out, err);
}

enum rs_status rs_packer_take(struct rs_sink *sink, const char *bytes,
                              size_t n_bytes, struct rs_error *err)
{
    const char *end = bytes + n_bytes;
    enum rs_status status = RS_OK;

    while (bytes < end && status == RS_OK) {
        struct label label;
        memcpy(&label, bytes, sizeof label);
        bytes += sizeof label;
        status = label.packed != 0
                     ? sink->ops->write_packed(sink, bytes, label.n_bytes, err)
                     : sink->ops->write(sink, bytes, label.n_bytes, err);
        bytes += label.n_bytes;
    }
    return status;
}
