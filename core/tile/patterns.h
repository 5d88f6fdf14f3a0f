/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PATTERNS_H
#define RS_PATTERNS_H

#include "basis.h"

/*
 * The distinct patterns of missing values among some columns, on the rows of
 * a basis. Columns that miss the same rows share one pattern; pattern 0
 * misses none.
 */
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

struct rs_patterns {
    struct rs_pattern *patterns; /* [n_patterns] */
    size_t n_patterns;
    size_t n_words;
    uint32_t *of_column; /* [data->n_columns] pattern of the columns asked */
    /* private: where a factor is absorbed; hash table of pattern + 1 */
    struct rs_tile_groups *groups;
    uint32_t *slots;
    size_t n_slots;
    size_t room;
};

/*
 * Finds the patterns of columns.
 * columns  in  [n] of the basis's dataset; repeats are welcome
 * Owns: rs_patterns_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_patterns_init(struct rs_patterns *out,
                                const struct rs_basis *basis,
                                const size_t *columns, size_t n,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_patterns_clear(struct rs_patterns *patterns);

/* How many rows two patterns have in common. */
size_t rs_patterns_common(const struct rs_patterns *patterns, uint32_t a,
                          uint32_t b);

/* Pivots of a Gram matrix that would be the identity if nothing were missing:
 * below this the rows left say too little of a covariate for plain
 * arithmetic. */
static const double rs_least_pivot = 1e-3;

/*
 * Cholesky factorisation of a c x c matrix, in place, lower triangle.
 * Returns false when a pivot is below `least` (of a matrix that would be the
 * identity were nothing missing).
 */
bool rs_cholesky(double *a, size_t c, double least);

/* out = L^-1 b. out and b may be the same. */
void rs_cholesky_forward(double *out, const double *factor, const double *b,
                         size_t c);

/* out = L^-T b. out and b may be the same. */
void rs_cholesky_backward(double *out, const double *factor, const double *b,
                          size_t c);

#endif
