/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_COLUMN_H
#define RS_TILE_COLUMN_H

#include "patterns.h"

/*
 * One column made ready for products: regressed on intercept and covariates
 * over its own rows, its residual scaled to length 1.
 */
enum rs_tile_kind {
    RS_TILE_PLAIN,
    RS_TILE_EXACT,      /* its pairs need the exact engine */
    RS_TILE_NON_FINITE, /* its pairs have this outcome, */
    RS_TILE_CONSTANT,   /* or this, */
    RS_TILE_COLLINEAR,  /* or this; y: y_explained */
    RS_TILE_BUNDLE      /* an x of several columns: see tile_bundle.h */
};

struct rs_tile_column {
    double norm;        /* length of the residual, in the user's units and with
                           the weights' scale 2^base.exponent taken out */
    double mean;        /* intercept of its regression on the covariates */
    double mean_size;   /* sum of the sizes of the terms of mean */
    double base_r2;     /* part of its squares that the covariates explain */
    double shift, rest; /* their sum is its mean, */
    double squares;     /* about which its squares are; user's units */
    uint32_t pattern;   /* of its missing values */
    enum rs_tile_kind kind;
};

/* Storage for columns one after another. basis, patterns  in  kept. Owns:
 * rs_tile_scratch_free. NULL: no memory. */
struct rs_tile_scratch;
struct rs_tile_scratch *rs_tile_scratch_new(const struct rs_basis *basis,
                                            const struct rs_patterns *patterns,
                                            struct rs_error *err);
void rs_tile_scratch_free(struct rs_tile_scratch *scratch);

/*
 * Makes a column, each time with the same bits.
 * out     out  all but what a way adds
 * coefs   out  [n_vectors] on the basis, user's units; NULL: not wanted
 * v       out  [n] the residual, zeros unless the column is plain
 * column  in   of the dataset: numbers, or a factor of two levels
 * Returns false when some column lacked memory.
 */
bool rs_tile_column_make(struct rs_tile_column *out, double *coefs, double *v,
                         struct rs_tile_scratch *scratch, size_t column);

/* The same of other values. [n_rows] of the dataset; pattern: number of that
 * of the rows that have one */
bool rs_tile_column_of(struct rs_tile_column *out, double *coefs, double *v,
                       struct rs_tile_scratch *scratch, const double *values,
                       uint32_t pattern);

#endif
