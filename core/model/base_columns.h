/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BASE_COLUMNS_H
#define RS_BASE_COLUMNS_H

#include "absorb.h"
#include "base_order.h"
#include "lsq.h"
#include "lsq_column.h"
#include "spec.h"

#include <math.h>
#include <stdint.h>

/*
 * What all fits of a run share besides y and x: the rows on which they may
 * rest at all, the weights of these rows, and the covariates as prepared
 * columns on any set of rows.
 */
struct rs_base_columns {
    struct rs_spec spec;
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
    double n_all;          /* that they stand for, where weights are counts */
    double *weight, *root; /* [n_set] */
    struct rs_row_weights weights;    /* of them */
    struct rs_lsq_column *columns;    /* [n_max] */
    const struct rs_lsq_column **use; /* [n_used] those that are there */
    size_t *terms;                    /* [n_used] their numbers: see terms.h */
    size_t n_max;
    size_t n_used;
    double *values;  /* [n_rows] gathered cells */
    size_t *present; /* [most levels] rows of each level */

    /* factors that are absorbed; NULL: none */
    struct rs_absorb *absorb;
    struct rs_absorb_work *work;
    struct rs_contrast intercept; /* of the rows set last */
    double lever;                 /* its variance by the levels alone */
    struct rs_base_order order;   /* see base_lsq.h */
    bool settled;                 /* their equations could be factorised */
};

/*
 * True when covariate number i is absorbed: taken out of every column instead
 * of becoming a column a level. That is the factor with most levels, when it
 * has more than RS_FEW_LEVELS, and those with more than RS_SOME_LEVELS (or
 * spec->dense_levels); without an intercept also the first, whose levels are
 * all kept.
 */
enum { RS_FEW_LEVELS = 16, RS_SOME_LEVELS = 64 };
bool rs_base_absorbs(const struct rs_spec *spec, size_t i);

/* Where a walk over the covariates is. Begins with zeros. */
struct rs_base_terms {
    size_t covariate; /* its number */
    size_t first, n;  /* its terms: see terms.h */
    bool absorbed;
    size_t factor; /* its number among the absorbed, or of these before it */
};

/* Goes to the next; false: there is none. */
bool rs_base_terms_next(struct rs_base_terms *at, const struct rs_spec *spec);

/* Makes room and finds `rows`. Owns: rs_base_columns_clear. Errors:
 * RS_ERR_NOMEM. spec is copied, what it points at is borrowed. */
enum rs_status rs_base_columns_init(struct rs_base_columns *base,
                                    const struct rs_spec *spec,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_base_columns_clear(struct rs_base_columns *base);

/*
 * Prepares weights and covariates on n rows, a subset of `rows`. A factor
 * that is not absorbed becomes 0/1 columns for its levels present in these
 * rows but the reference: that of the factor, or the first that is there
 * (without an intercept the first factor keeps all its levels, as in R).
 */
void rs_base_columns_set(struct rs_base_columns *base, const uint64_t *rows,
                         size_t n);

/* One more like base->absorb, for other rows or another thread; something is
 * absorbed. Owns: rs_absorb_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_base_absorb_new(struct rs_absorb **out,
                                  const struct rs_base_columns *base,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Rank of what is taken from every column before the rest: of the absorbed
 * factors, else 1 with an intercept. */
size_t rs_base_taken(const struct rs_base_columns *base);

/* Makes a workspace fit on these rows and covariates, after
 * rs_base_columns_set; the first one by rs_base_to_lsq (base_lsq.h). */
void rs_base_lend_lsq(const struct rs_base_columns *base, struct rs_lsq *lsq);

/* Storage of a column for rs_base_prepare. Owns: rs_lsq_column_clear. */
enum rs_status rs_base_column_init(const struct rs_base_columns *base,
                                   struct rs_lsq_column *column,
                                   struct rs_error *err) RS_MUST_CHECK;
size_t rs_base_column_bytes(const struct rs_base_columns *base);

/* The weights to prepare further columns with; NULL when unweighted. */
const struct rs_row_weights *
rs_base_weights(const struct rs_base_columns *base);

/* Prepares any column of the dataset on the rows set last. */
void rs_base_prepare(struct rs_base_columns *base, struct rs_lsq_column *out,
                     const uint64_t *rows, size_t column);

/* Prepares a column of a block, of values of these rows, with storage of
 * rs_lsq_column_room. */
void rs_base_prepare_block(struct rs_base_columns *base,
                           struct rs_lsq_column *out,
                           const struct rs_block_values *values);

/* How often some rows count. out: [n] */
void rs_base_counts(double *out, const struct rs_base_columns *base,
                    const uint64_t *rows);

/* The scaled weight of a row that counts once. */
static inline double rs_base_one(const struct rs_base_columns *base)
{
    return ldexp(1.0, -2 * base->exponent);
}

/* How many rows n rows stand for: with counts their sum. */
double rs_base_count(const struct rs_base_columns *base, const uint64_t *rows,
                     size_t n);

/* Sum of the logarithms of the weights of some rows; 0 when unweighted, and
 * with counts. */
double rs_base_log_weight(const struct rs_base_columns *base,
                          const uint64_t *rows);

#endif
