/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BASIS_H
#define RS_BASIS_H

#include "base_columns.h"
#include "lsq.h"

/*
 * An orthonormal basis of intercept and covariates, on the rows that have
 * all covariates (and a weight).
 *
 * Its vectors are those of rs_lsq_base, the residual of one covariate after
 * the earlier ones: each is right to its last digit however nearly the
 * covariates depend on each other. With weights, rows are multiplied with
 * their roots.
 */
struct rs_basis {
    struct rs_base_columns base; /* set on all its rows */
    size_t n;                    /* rows: base.n */
    size_t n_vectors;
    size_t n_levels; /* 1 with an intercept, which is vector 0; else 0, also
                        where factors are absorbed: these span it, and all
                        vectors are orthogonal to them */
    size_t rank;     /* of vectors and absorbed factors together */
    double *vectors; /* [n_vectors][n] */
    double *level;   /* [n_vectors] what a coefficient adds to the intercept */
    double *reach;   /* [n_vectors] sum |coefficients of the prepared
                        covariates| that it makes up */
    double total;    /* sum of the scaled weights; n without */
    double log_weight;   /* sum of ln(weight); 0 without */
    double *log_weights; /* [n] ln(weight); 0 without */
    bool finite;         /* the covariates are */
    bool adjusted;       /* there are covariates */
};

/* Owns: rs_basis_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_basis_init(struct rs_basis *basis, const struct rs_spec *spec,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_basis_clear(struct rs_basis *basis);

#endif
