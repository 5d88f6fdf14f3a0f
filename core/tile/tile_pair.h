/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_PAIR_H
#define RS_TILE_PAIR_H

#include "tile_level.h"
#include "tile_terms.h"

/* The fit of one pair, and its way to the emitter. */

/* r2 of a model with covariates is a difference from 1: below this too few
 * digits are left. */
static const double rs_tile_least_r2 = 1e-5;

/* What becomes of pair (i, j), of n rows and not too few, whatever its r; OK:
 * it is to be computed. Sets *exact when the exact engine has to. */
enum rs_outcome rs_tile_outcome(bool *exact, const struct rs_tile_data *data,
                                size_t i, size_t j, size_t n);

/*
 * The fit that the terms make.
 * log_p  in  ln p of terms->r
 * Returns false when the pair is delicate: the exact engine has to fit it.
 */
bool rs_tile_assemble(struct rs_fit *fit, const struct rs_tile_worker *self,
                      const struct rs_tile_terms *terms,
                      const struct rs_tile_level *level, double log_p);

/*
 * The same fit with another standard error: r, se, stat, and p of t.
 * spread  in  the standard error of r, columns being of length 1
 * Returns false when the pair is delicate.
 */
bool rs_tile_set_spread(struct rs_fit *fit, const struct rs_tile_terms *terms,
                        struct rs_tile_level *level, double spread);

/* The fit of a pair of n rows that has an outcome without one. */
void rs_tile_no_fit(struct rs_fit *fit, const struct rs_tile_worker *self,
                    enum rs_outcome outcome, size_t n);

/* Fits a pair exactly, its log_p as well. */
void rs_tile_fit_exactly(struct rs_tile_worker *self, struct rs_fit *fit,
                         size_t y_ix, size_t x_ix);

/* Before a pair is fitted. False: it has been given up, and emitted so. */
bool rs_tile_begin(const struct rs_tile_worker *self,
                   const struct rs_emitter *emit, const struct rs_tile *tile,
                   size_t i, size_t j);

/* Fits, counts and emits one pair. terms->r NaN: exactly; log_p: NaN when it
 * is not known yet. */
void rs_tile_emit_pair(struct rs_tile_worker *self,
                       const struct rs_emitter *emit,
                       const struct rs_tile *tile, size_t i, size_t j,
                       const struct rs_tile_terms *terms, double log_p);

/* The same for a pair that only the exact engine can fit. */
void rs_tile_emit_exactly(struct rs_tile_worker *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile, size_t i, size_t j);

/* The same for an odd pair, of n rows: an outcome, or the exact engine. */
void rs_tile_emit_odd(struct rs_tile_worker *self,
                      const struct rs_emitter *emit, const struct rs_tile *tile,
                      size_t i, size_t j, size_t n);

#endif
