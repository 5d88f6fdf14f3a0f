/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_SHARED_H
#define RS_LSQ_SHARED_H

#include "lsq.h"

/*
 * What lsq_base.c (base, columns on it), lsq_fit.c (fits), lsq_block.c (of
 * blocks), lsq_terms.c (all coefficients), lsq_errors_slope.c and measures.c
 * (rows of a fit) share; for these files alone. All numbers are in the scaled
 * units of the prepared columns.
 */

/* Squares of residuals that are a larger part than this of those of the
 * column cannot be rounding. */
static const double rs_lsq_plain_part = 1e-5;

/* A sum that is a smaller part than this of its terms is 0: what
 * double-doubles leave of nothing. */
static const double rs_lsq_nothing = 0x1p-96;

/* Where less than this is left of 1, subtraction of doubles has lost digits of
 * it. */
static const double rs_lsq_sharp = 1e-3;

/* Adds weight[i] a b; weight: NULL: ones. */
static inline void rs_lsq_add(struct rs_dd *sum, struct rs_dd a, struct rs_dd b,
                              const double *weight, size_t i)
{
    struct rs_dd term = rs_dd_mul(a, b);

    if (weight != NULL)
        term = rs_dd_scale(term, weight[i]);
    *sum = rs_dd_add(*sum, term);
}

/* A column regressed on the base. */
struct rs_lsq_on {
    const struct rs_lsq_column *column;
    struct rs_dd *c;  /* [k_max] products with the vectors: its coefficients
                         on them */
    struct rs_dd rss; /* of its residuals on the base */
};

/* What a block of columns changes, as it is without. */
struct rs_lsq_state {
    size_t k, m;
    bool finite;
    struct rs_dd y_rss;
    bool y_explained;
};

struct rs_lsq {
    bool intercept;
    bool absorbed; /* factors have been taken out of all columns */
    size_t taken;  /* rank of what has been: the intercept, or the factors */
    double lever;  /* absorbed: of the intercept, by the factors alone */
    struct rs_dd *pairs; /* storage of all double-doubles below */

    /* the base */
    const struct rs_lsq_column **columns; /* [k_max] as given */
    size_t k_max, n_max;
    size_t k;                          /* given */
    size_t n;                          /* rows */
    double n_all;                      /* that these stand for */
    bool counts;                       /* by their weights, and then */
    double one;                        /* the weight of one of those */
    const struct rs_lsq_column **kept; /* [k_max + 1] the m kept of them, and
                                          room for x */
    size_t *kept_ix;                   /* [k_max] which they are */
    size_t m;
    bool finite;            /* all given are */
    const double *weight;   /* [n] of the rows; NULL: ones */
    double *vectors;        /* [k_max][2][n_max] high parts, low parts */
    struct rs_dd *sums;     /* [k_max] (weighted) of the vectors: nearly 0 */
    struct rs_dd *levels;   /* [k_max] their means: see rs_lsq_vector */
    struct rs_dd *triangle; /* [k_max][k_max] T: kept column j = sum over l <= j
                               of vector l T[l][j] */
    struct rs_dd *inverse;  /* [k_max][k_max] T^-1, where inverse_known */
    bool inverse_known;
    struct rs_dd *steps; /* [k_max] of one projection */

    struct rs_lsq_on y, x;     /* of the fit at hand; x also of columns alone */
    struct rs_lsq_column none; /* as x where there is none: beta is 0 */
    struct rs_lsq_state plain; /* without a block */
    bool y_explained;
    struct rs_dd beta;
    struct rs_dd rss;
    double sigma;
    struct rs_dd *b; /* [k_max] coefficients of kept covariates */
};

/* Cell i of vector l, without weights. */
static inline struct rs_dd rs_lsq_vector_at(const struct rs_lsq *lsq, size_t l,
                                            size_t i)
{
    const double *hi = &lsq->vectors[2 * l * lsq->n_max];

    return (struct rs_dd){hi[i], hi[lsq->n_max + i]};
}

/* What counts as the weight of row i where rows are looked at one by one. */
static inline double rs_lsq_row_weight(const struct rs_lsq *lsq, size_t i)
{
    const double *weight = lsq->y.column->weight;

    if (lsq->counts)
        return lsq->one;
    return weight == NULL ? 1.0 : weight[i];
}

/* Its roots, [n]; NULL: ones, or the same for all rows, which the estimates'
 * norms have. */
static inline const double *rs_lsq_roots(const struct rs_lsq *lsq)
{
    return lsq->counts ? NULL : lsq->y.column->root;
}

/* Leverage of row i by intercept and covariates. */
struct rs_dd rs_lsq_leverage(const struct rs_lsq *lsq, size_t i);

/* What the base's leverage leaves of 1 in row i, in double-double where the
 * doubles of rs_lsq_base_left have lost digits. levels: as there */
static inline double rs_lsq_left_of(const struct rs_lsq *lsq, double left,
                                    struct rs_dd levels, size_t i)
{
    return left < rs_lsq_sharp
               ? rs_dd_double(rs_dd_sub(levels, rs_lsq_leverage(lsq, i)))
               : left;
}

/* T^-1 of the base at hand. */
const struct rs_dd *rs_lsq_inverse(struct rs_lsq *lsq);

/*
 * Regresses a column on the base: products, and the residual by subtraction.
 * Returns false when there are infinities.
 */
bool rs_lsq_on_base(struct rs_lsq *lsq, struct rs_lsq_on *out,
                    const struct rs_lsq_column *column);

/* Takes column number ix into the base, unless it depends on those that are
 * in already, or there is no dimension left. */
void rs_lsq_append(struct rs_lsq *lsq, size_t ix);

/* Product of a column with vector l: its coefficient on it. */
struct rs_dd rs_lsq_on_vector(const struct rs_lsq *lsq,
                              const struct rs_lsq_column *column, size_t l);

/* True when the base explains all of y but rounding. */
bool rs_lsq_is_explained(struct rs_lsq *lsq);

/* RSS of y on the base, summed row by row. plain: out, the same without
 * weights. */
struct rs_dd rs_lsq_sum_squares(const struct rs_lsq *lsq, double *plain);

/* True where a sum of squares is too small a part of y's for subtraction. */
bool rs_lsq_has_cancelled(const struct rs_lsq *lsq, struct rs_dd rss);

/* Why there is no fit, before slope and residuals are looked at; df: of it. */
enum rs_outcome rs_lsq_check_data(const struct rs_lsq *lsq,
                                  const struct rs_lsq_column *x, double df);

/* An outcome, all numbers NaN. */
void rs_lsq_set_result(struct rs_lsq_result *result, enum rs_outcome outcome);

/* What follows from the RSS of a fit: sigma, r2, the intercept. */
void rs_lsq_settle(struct rs_lsq *lsq, struct rs_lsq_result *result,
                   struct rs_dd rss, bool perfect);

/* Value i of a column less its mean and its regression on the base. */
struct rs_dd rs_lsq_residual_of(const struct rs_lsq *lsq,
                                const struct rs_lsq_on *on, size_t i);

/* The same of the rows [first, first + n), many at once. hi, lo: out, [n] */
void rs_lsq_residual_rows(double *hi, double *lo, const struct rs_lsq *lsq,
                          const struct rs_lsq_on *on, size_t first, size_t n);

/* sum a_l b_l */
struct rs_dd rs_lsq_inner(const struct rs_dd *a, const struct rs_dd *b,
                          size_t m);

/* What the rounding of a column alone may be: of its data, of sums. */
static inline double rs_lsq_own(const struct rs_lsq_column *column)
{
    return column->unit + column->grain;
}

/*
 * What rounding may make of a combination of columns: `own`, and that of the
 * kept covariates times their coefficients, which those
 * on the vectors give.
 * c  in  [m]
 */
double rs_lsq_floor(struct rs_lsq *lsq, const struct rs_dd *c, double own);

/* What the whole fit's residuals may be though nothing but the rounding of the
 * data is left. */
double rs_lsq_floor_of_fit(struct rs_lsq *lsq);

/* True when residuals of this root mean square (of rows, not weighted) may be
 * nothing but rounding; spread: of what they are left of. */
bool rs_lsq_is_rounding(double rms, double floor, double spread);

#endif
