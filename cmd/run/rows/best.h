/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BEST_H
#define RS_BEST_H

#include "pool.h"
#include "top.h"

/*
 * The few best pairs of a sweep for its summary. A worker collects those of
 * a tile and sends them behind the tile's rows; they are counted as the tile
 * is committed, so that a worker that dies loses none and a tile that is
 * fitted again is not counted twice.
 */
enum { RS_BEST_PAIRS = 10 };

/* Owns: rs_top_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_best_new(struct rs_top **out,
                           struct rs_error *err) RS_MUST_CHECK;

/* Offers a pair; one without p is not taken. Errors: RS_ERR_NOMEM. */
enum rs_status rs_best_offer(struct rs_top *best, size_t y_ix, size_t x_ix,
                             const struct rs_fit *fit,
                             struct rs_error *err) RS_MUST_CHECK;

/* Worker: puts the best behind the rows of a job, all at its end, and
 * forgets them. Errors: RS_ERR_NOMEM. */
enum rs_status rs_best_send(struct rs_top *best, struct rs_out *out,
                            struct rs_error *err) RS_MUST_CHECK;

/*
 * Parent: takes the best from a job's last piece.
 * n_bytes  inout  of the piece; then those before the best: of rows
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_best_take(struct rs_top *best, const void *bytes,
                            size_t *n_bytes,
                            struct rs_error *err) RS_MUST_CHECK;

#endif
