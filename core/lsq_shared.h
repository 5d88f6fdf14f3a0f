/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_SHARED_H
#define RS_LSQ_SHARED_H

#include "lsq.h"

#include <gsl/gsl_matrix.h>

/*
 * What lsq.c (base, solutions) and lsq_fit.c (fits) share; for these two
 * files alone. All numbers are in the scaled units of the prepared columns.
 */
struct rs_lsq {
    bool intercept;
    struct rs_dd *pairs; /* storage of all double-doubles below */
    double *numbers;     /* storage of all doubles below */

    /* the base */
    const struct rs_lsq_column **columns; /* [k_max] as given */
    size_t k_max;
    size_t k;                          /* given */
    size_t n;                          /* rows */
    const struct rs_lsq_column **kept; /* [k_max] the m kept of them */
    size_t *kept_ix;                   /* [k_max] which they are */
    size_t m;
    bool finite;         /* all given are */
    gsl_matrix *vectors; /* [k_max x n_max] Householder's, one a row */
    double *r;           /* [k_max x k_max] upper triangle, by row */
    double *tau;         /* [k_max] */
    struct rs_dd *gram;  /* [k_max x k_max] by row */
    struct rs_dd *means; /* [k_max] */

    /* y on the base */
    const struct rs_lsq_column *y;
    bool y_solved;
    struct rs_dd *d;      /* [k_max] its coefficients */
    struct rs_dd *zy;     /* [k_max] cross-products */
    struct rs_dd yy_left; /* sum of squares that the base leaves */

    /* x on the base, and the last fit */
    const struct rs_lsq_column *x;
    struct rs_dd *c;      /* [k_max] */
    struct rs_dd *zx;     /* [k_max] */
    struct rs_dd xx_left; /* as yy_left */
    struct rs_dd beta;
    double sigma;

    double *rhs;          /* [k_max] for the triangular solves */
    double *step;         /* [k_max] */
    struct rs_dd *unit;   /* [k_max] right side of an inverse's column */
    struct rs_dd *column; /* [k_max] a column of the inverse */
    bool inverse_known;   /* what follows is of the base at hand */
    struct rs_dd *spread; /* [k_max] diagonal of G^-1; NaN: no solution */
    struct rs_dd *pull;   /* [k_max] G^-1 times the means; likewise */
    struct rs_dd *sums;   /* [k_max] residuals of a solution */
};

/*
 * Solves G c = g, G the cross-products of the kept covariates.
 * c       out  [m]
 * column  in   what g are the cross-products with; NULL: of nothing
 * Returns false when the refinement does not settle to a double's digits.
 */
bool rs_lsq_solve(struct rs_lsq *lsq, struct rs_dd *c, const struct rs_dd *g,
                  const struct rs_lsq_column *column);

/* sum a_j b_j */
struct rs_dd rs_lsq_inner(const struct rs_dd *a, const struct rs_dd *b,
                          size_t m);

/*
 * Regresses a column on the base.
 * coefficients, products  out  [m]
 * left                    out  sum of squares that is left
 * Returns false, as rs_lsq_solve, or when there are infinities.
 */
bool rs_lsq_on_base(struct rs_lsq *lsq, struct rs_dd *coefficients,
                    struct rs_dd *products, struct rs_dd *left,
                    const struct rs_lsq_column *column);

#endif
