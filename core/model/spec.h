/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SPEC_H
#define RS_SPEC_H

#include "dataset.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rs_errors_ask;
struct rs_errors_kind;
struct rs_ranked;

/* In the place of a column: there is none. */
#define RS_NO_COLUMN SIZE_MAX

/* Whose p the differences of all levels of an x have. */
enum rs_pairwise { RS_PAIRWISE_NONE, RS_PAIRWISE_TUKEY, RS_PAIRWISE_HOLM };

/*
 * What every fit of a run has in common, whatever the model. Borrowed by who
 * fits. All zero but `data`: y on x alone, through the origin.
 */
struct rs_spec {
    const struct rs_dataset *data;
    const size_t *covariates; /* [n_covariates] column indices; a column with
                                 a factor enters as treatment contrasts with
                                 its reference, or the first level present
                                 where the rows used lack that */
    size_t n_covariates;
    bool intercept;
    const size_t *weights; /* column of the rows' weights (none negative; 0
                              or missing leaves a row out); NULL: all one */
    bool counts;           /* the weights say how many rows one stands for: n is
                              their sum, and all is as with the rows written
                              so often */
    const uint64_t *rows;  /* those that fits may rest on; NULL: all */
    const size_t *interact; /* column z, one of the covariates: a model has the
                               products of x and z as well, and they are what
                               is tested; NULL: none. See block.h */
    unsigned poly;          /* x's powers up to this are in the model, and the
                               highest is tested; 0, 1: x itself */
    bool test_all;          /* what is tested is all that x brings */
    const struct rs_ranked *ranks; /* of columns, for models of ranks; NULL: not
                                      made. See ranked.h */
    bool x_levels;                 /* some x of the run is a factor */
    bool reference_rows;           /* terms: a row for its reference too, */
    enum rs_pairwise pairwise;     /* and for all differences of its levels */
    size_t dense_levels; /* of factors that become columns though the largest
                            is absorbed: see base_columns.h; 0: as there */
    /* of the slopes: see errors.h; NULL: the classical ones */
    const struct rs_errors_kind *errors;
    const struct rs_errors_ask *errors_ask; /* what they are of; NULL: rows */
    uint64_t min_n;     /* fewer rows than this: RS_FIT_N_TOO_SMALL; 0 = off */
    size_t cache_bytes; /* a worker may keep prepared columns in so much */
};

/* The categories of covariate number i; NULL: it is numbers. */
static inline const struct rs_factor *
rs_covariate_factor(const struct rs_spec *spec, size_t i)
{
    return spec->data->columns[spec->covariates[i]].factor;
}

/* True when the levels of covariate number i all have coefficients: those of
 * the first factor where there is no intercept, as in R. */
static inline bool rs_covariate_keeps_all(const struct rs_spec *spec, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (rs_covariate_factor(spec, j) != NULL)
            return false;
    return !spec->intercept && rs_covariate_factor(spec, i) != NULL;
}

/* How many terms it has: one, or one a level. */
static inline size_t rs_covariate_terms(const struct rs_spec *spec, size_t i)
{
    const struct rs_factor *factor = rs_covariate_factor(spec, i);

    return factor == NULL ? 1 : factor->n_levels;
}

#endif
