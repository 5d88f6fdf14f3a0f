/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BASE_COLUMNS_H
#define RS_BASE_COLUMNS_H

#include "lsq_column.h"
#include "model.h"

#include <stdint.h>

/*
 * What all fits of a run share besides y and x: the rows on which they may
 * rest at all, the weights of these rows, and the covariates as prepared
 * columns on any set of rows.
 */
struct rs_base_columns {
    struct rs_model_spec spec;
    size_t n_rows;  /* of the dataset */
    size_t n_words; /* of a set of rows */

    uint64_t *rows; /* all covariates there, and a weight above 0 */
    size_t n;       /* in `rows` */

    double *weight_all;  /* [n_rows] the weights; NULL: unweighted */
    double *root_all;    /* [n_rows] their roots; NULL likewise */
    double *log_weights; /* [n_rows] ln of the weights; NULL likewise */
    int exponent;        /* root_all = sqrt(weight) 2^-exponent, weight_all its
                            square */

    /* on the rows set last */
    size_t n_set;
    double *weight, *root;            /* [n_set] */
    struct rs_row_weights weights;    /* of them */
    struct rs_lsq_column *columns;    /* [n_max] */
    const struct rs_lsq_column **use; /* [n_used] those that are there */
    size_t *terms;                    /* [n_used] their numbers: see terms.h */
    size_t n_max;
    size_t n_used;
    double *values;  /* [n_rows] gathered cells */
    size_t *present; /* [most levels] rows of each level */
};

/* Makes room and finds `rows`. Owns: rs_base_columns_clear. Errors:
 * RS_ERR_NOMEM. spec is copied, what it points at is borrowed. */
enum rs_status rs_base_columns_init(struct rs_base_columns *base,
                                    const struct rs_model_spec *spec,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_base_columns_clear(struct rs_base_columns *base);

/*
 * Prepares weights and covariates on n rows, a subset of `rows`. A factor
 * becomes 0/1 columns for its levels present in these rows; the first of
 * them is the reference (without an intercept the first factor keeps all its
 * levels, as in R).
 */
void rs_base_columns_set(struct rs_base_columns *base, const uint64_t *rows,
                         size_t n);

/* The weights to prepare further columns with; NULL when unweighted. */
const struct rs_row_weights *
rs_base_weights(const struct rs_base_columns *base);

/* Prepares any column of the dataset on the rows set last. */
void rs_base_prepare(struct rs_base_columns *base, struct rs_lsq_column *out,
                     const uint64_t *rows, size_t column);

/* Sum of the logarithms of the weights of some rows; 0 when unweighted. */
double rs_base_log_weight(const struct rs_base_columns *base,
                          const uint64_t *rows);

#endif
