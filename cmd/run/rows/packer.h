/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PACKER_H
#define RS_PACKER_H

#include "pool.h"
#include "sink.h"

/*
 * Packing in the workers. A worker collects the encoded rows of a tile and
 * hands them over in packed pieces of some size; a rest too small to be worth
 * a piece is handed over as it is, and the sink packs it with its neighbours.
 * What a tile hands over follows from its rows alone.
 */
struct rs_packer;

/* most_row: upper bound of a row's bytes. Owns: rs_packer_free.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_packer_new(struct rs_packer **out,
                             const struct rs_packing *packing, size_t most_row,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_packer_free(struct rs_packer *packer);

/* Room for a row. */
char *rs_packer_reserve(struct rs_packer *packer);

/* The row has so many bytes. Errors: RS_ERR_NOMEM. */
enum rs_status rs_packer_advance(struct rs_packer *packer, size_t n_bytes,
                                 struct rs_out *out,
                                 struct rs_error *err) RS_MUST_CHECK;

/* The tile's rows are complete. Errors: RS_ERR_NOMEM. */
enum rs_status rs_packer_end(struct rs_packer *packer, struct rs_out *out,
                             struct rs_error *err) RS_MUST_CHECK;

/* The most that is handed over in one: what a slot of the pool must hold. */
size_t rs_packer_most(const struct rs_packing *packing, size_t most_row);

/* In the parent: gives the sink what workers have handed over. Errors: those
 * of the sink. */
enum rs_status rs_packer_take(struct rs_sink *sink, const char *bytes,
                              size_t n_bytes,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
