/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PATTERN_H
#define RS_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A pattern of missing values on the rows of a basis. */
struct rs_pattern {
    uint64_t *bits;    /* [n_words] rows that are there */
    size_t n;          /* how many */
    uint32_t *missing; /* [n_missing] the others, ascending */
    size_t n_missing;
    double *gram;      /* [c][c] B'B over its rows, B the basis */
    double *factor;    /* [c][c] its Cholesky factor, lower; with an absorbed
                          factor after its levels have been taken out */
    double *level;     /* [c] what a coefficient adds to the intercept of
                          columns of these rows */
    double log_weight; /* sum of ln(weight) over its rows */
    double weight;     /* sum of the scaled weights, likewise; n without */
    bool sound;        /* factor is there and well conditioned; false where
                          several factors are absorbed and rows missing */
};

/* Pivots of a Gram matrix that would be the identity if nothing were missing:
 * below this the rows left say too little of a covariate for plain
 * arithmetic. */
static const double rs_least_pivot = 1e-3;

#endif
