/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUT_H
#define RS_OUT_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where a job puts its bytes and what it counts, whatever pool runs it. It is
 * the first member of a struct of the pool's own, which fills it in for each
 * job; a job uses the functions below.
 */
struct rs_out;

struct rs_out_ops {
    /* Hands over what is there, of a job that goes on; used is 0 then. */
    void (*flush)(struct rs_out *out);
    bool (*item_begin)(struct rs_out *out, uint64_t item);
    void (*item_end)(struct rs_out *out);
};

struct rs_out {
    const struct rs_out_ops *ops;
    char *data; /* [room] */
    size_t used, room;
    uint64_t skip;    /* bytes still to be dropped: handed over already, by a
                         worker that died */
    uint64_t *counts; /* [n_counts] of this job */
    unsigned n_counts;
};

/*
 * Names the item (a number within the job) that is about to be computed, so
 * that a death can be laid at its door.
 * Returns false when the item has been given up: report it as lost instead; or
 * when nobody takes more of the job.
 */
static inline bool rs_out_item_begin(struct rs_out *out, uint64_t item)
{
    return out->ops->item_begin(out, item);
}

/*
 * The item is computed: what follows, until the next one, is the doing of
 * none. To be called before bytes of the item are put: they may be committed
 * then, and what is committed can be given up no more.
 */
static inline void rs_out_item_end(struct rs_out *out)
{
    out->ops->item_end(out);
}

/*
 * Space for at least n_bytes in a row; the bytes count once rs_out_advance()
 * says how many were used. Hands over what is there first when there is no
 * such space.
 * n_bytes  in  at most slot_bytes of the task
 */
static inline char *rs_out_reserve(struct rs_out *out, size_t n_bytes)
{
    assert(n_bytes <= out->room);
    if (out->used + n_bytes > out->room)
        out->ops->flush(out);
    return out->data + out->used;
}

void rs_out_advance(struct rs_out *out, size_t n_bytes);

/* Copies bytes of any length. */
void rs_out_put(struct rs_out *out, const void *bytes, size_t n_bytes);

/* Adds to a count of this job. */
static inline void rs_out_count(struct rs_out *out, unsigned count, uint64_t n)
{
    assert(count < out->n_counts);
    out->counts[count] += n;
}

#endif
