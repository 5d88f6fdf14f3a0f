/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BOOTSTRAP_SHARED_H
#define RS_BOOTSTRAP_SHARED_H

#include "base_lsq.h"
#include "basis.h"
#include "block.h"
#include "bootstrap.h"
#include "bootstrap_levels.h"
#include "bootstrap_sums.h"
#include "bootstrap_units.h"
#include "triangles.h"

/* What bootstrap_rows.c (life, rows), bootstrap_columns.c (y and x on them) and
 * bootstrap_slopes.c (slopes of samples, limits) share; for these files
 * alone. */

/*
 * A column on the rows that are set, and its sums over each resample: y, or an
 * x with the vectors of what stands beside its test (block.h), which are
 * orthonormal and free of the basis.
 */
struct rs_bootstrap_column {
    size_t column;   /* of the dataset; RS_NO_COLUMN: none */
    bool usable;     /* its residual is not 0 */
    size_t n_beside; /* vectors; of y 0 */
    int exponent;    /* the residual, in user's units: v norm 2^exponent */
    double norm;
    double *v;    /* [n_beside + 1][n_padded] the vectors, and the residual, of
                     length 1; 0 behind the rows */
    double *sums; /* rows k to k + n_beside of a triangle, [B] each entry: of
                     the vectors what they add to the factor, of the residual
                     u, as in the header, and sum c v^2. Of y: v, as in the
                     header, [k + most_beside] */
};

/* Storage to make the columns of an x that is a block. */
struct rs_bootstrap_block {
    struct rs_block_there there;
    struct rs_lsq_column *columns;    /* [n_columns] */
    const struct rs_lsq_column **use; /* [covariates' and these] */
    size_t n_columns;
    double *values;     /* [3][n_rows] */
    struct rs_lsq *lsq; /* whose base has what stands beside, too */
};

struct rs_bootstrap {
    struct rs_bootstrap_ask ask;
    struct rs_basis basis;
    struct rs_lsq *lsq;
    struct rs_lsq_column prepared;
    struct rs_bootstrap_block block; /* zeros: every x is a plain column */
    struct rs_bootstrap_sums *sums;
    struct rs_bootstrap_levels *levels; /* a factor is absorbed; NULL */
    struct rs_bootstrap_units units;
    size_t k;           /* vectors of the basis */
    size_t most_beside; /* an x has beside */
    size_t n_resamples;
    size_t n_shared; /* of which sums are shared: all, or none where a factor
                        is absorbed */

    /* rows of a pair */
    uint64_t *pair_rows;
    uint64_t *rows; /* those set now; meaningless while is_set is false */
    bool is_set;
    size_t n;        /* in `rows` */
    size_t n_q;      /* vectors now: k, and those beside x */
    double *q;       /* [k + most_beside][n_padded] them on the rows */
    double *factor;  /* [triangle of these][B] L by rows, its diagonal
                        inverted; 0 there: a vector that was dropped */
    double *numbers; /* storage of gram, whole, less, a, b, u, v, on_y */
    double *gram;    /* [triangle] sum q q' of the whole sample */
    double *whole;   /* [triangle] its L, of the basis */
    double *lever;   /* [n] of the rows, in the covariates alone */

    struct rs_bootstrap_column y, x;
    struct rs_bootstrap_column *cache; /* [n_columns] over all rows of the
                        basis; the first ones stay, as those of the exact
                        engine */
    size_t cache_left;                 /* bytes that may still be taken */

    double *slopes;  /* [B] */
    double *cross;   /* [B] */
    double *a, *b;   /* [n_q] coefficients of x~, y~ in one sample */
    double *u, *v;   /* [n_q] of the sample without a unit */
    double *less;    /* [triangle] likewise */
    double *on_y;    /* [n_q] sum q y~ of the whole sample */
    uint32_t *drawn; /* [n] a resample, unit by unit */
};

/* ---- columns ----------------------------------------------------- */

/* Owns: rs_bootstrap_column_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_bootstrap_column_init(struct rs_bootstrap_column *column,
                                        const struct rs_bootstrap *self,
                                        struct rs_error *err) RS_MUST_CHECK;
void rs_bootstrap_column_clear(struct rs_bootstrap_column *column);

/* Where row number j of a column's sums begins. */
double *rs_bootstrap_row_of_sums(const struct rs_bootstrap *self,
                                 const struct rs_bootstrap_column *column,
                                 size_t j);

/* Room for blocks of columns, n_columns at most. Owns: as above. */
enum rs_status rs_bootstrap_block_init(struct rs_bootstrap *self,
                                       size_t n_columns,
                                       struct rs_error *err) RS_MUST_CHECK;
void rs_bootstrap_block_clear(struct rs_bootstrap_block *block);

/*
 * Makes y and x current, on the rows that are set, with all sums that resamples
 * share. fresh_rows: they were set just now. Returns x; y is self->y.
 */
const struct rs_bootstrap_column *rs_bootstrap_take(struct rs_bootstrap *self,
                                                    size_t y, size_t x,
                                                    bool fresh_rows);

/* ---- slopes ------------------------------------------------------ */

/* The limits of a pair whose columns are current, and usable. */
void rs_bootstrap_limits_of(struct rs_bootstrap *self,
                            struct rs_bootstrap_limits *out,
                            const struct rs_bootstrap_column *x);

#endif
