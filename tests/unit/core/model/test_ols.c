/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "model.h"
#include "run_suite.h"

#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 150, COLUMNS = 8, LEVELS = 4 };

/* ---- datasets ---------------------------------------------------- */

/* Random columns that hang together; every fifth cell of the columns from
 * first_missing on is missing. */
static void fill(double *values, size_t n_rows, size_t n_columns,
                 size_t first_missing, uint64_t seed)
{
    for (size_t i = 0; i < n_rows; i++) {
        double common = made_uniform(&seed);
        for (size_t j = 0; j < n_columns; j++) {
            double value = made_uniform(&seed) + 0.3 * (double)j * common;
            bool missing = made_uniform(&seed) < 0.2;
            values[j * n_rows + i] =
                missing && j >= first_missing ? NAN : value;
        }
    }
}

/* ---- fits -------------------------------------------------------- */

static const size_t cache_bytes = (size_t)1 << 20;

struct setup {
    struct rs_spec spec;
    void *state;
};

static void open_model(struct setup *s, const struct rs_dataset *data,
                       const size_t *covariates, size_t n_covariates,
                       bool intercept)
{
    struct rs_error err;

    memset(s, 0, sizeof *s);
    s->spec.data = data;
    s->spec.covariates = covariates;
    s->spec.n_covariates = n_covariates;
    s->spec.intercept = intercept;
    s->spec.cache_bytes = cache_bytes;
    ck_assert_int_eq(rs_model_ols.open(&s->state, &s->spec, &err), RS_OK);
}

/* One fit in a workspace of its own that keeps no column. */
static void fit_alone(struct rs_fit *out, const struct rs_spec *spec, size_t y,
                      size_t x)
{
    struct rs_spec frugal = *spec;
    struct rs_error err;
    void *state = NULL;

    frugal.cache_bytes = 0;
    ck_assert_int_eq(rs_model_ols.open(&state, &frugal, &err), RS_OK);
    rs_model_ols.fit(state, y, x, out);
    rs_model_ols.close(state);
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void check_same(const struct rs_fit *a, const struct rs_fit *b)
{
    ck_assert_int_eq(a->outcome, b->outcome);
    ck_assert_uint_eq(a->n, b->n);
    ck_assert(same_bits(a->df, b->df) && same_bits(a->df1, b->df1));
    ck_assert(same_bits(a->intercept, b->intercept));
    ck_assert(same_bits(a->beta, b->beta) && same_bits(a->se, b->se));
    ck_assert(same_bits(a->stat, b->stat) && same_bits(a->r2, b->r2));
    ck_assert(same_bits(a->sigma, b->sigma));
    ck_assert(same_bits(a->n_coef, b->n_coef));
}

/* ---- the same by GSL --------------------------------------------- */

static bool row_is_complete(const struct rs_dataset *data, size_t i,
                            const size_t *columns, size_t n)
{
    for (size_t j = 0; j < n; j++)
        if (!rs_column_has(&data->columns[columns[j]], i))
            return false;
    return true;
}

/* Row of the design: 1, x, covariates; a factor as 0/1 for each of its levels
 * but the first that occurs at all. Returns how many numbers. */
static size_t design_row(double *row, const struct rs_spec *spec, size_t x,
                         size_t i, const bool present[LEVELS])
{
    size_t p = 0;

    row[p++] = spec->data->columns[x].values[i];
    if (spec->intercept)
        row[p++] = 1.0;
    for (size_t j = 0; j < spec->n_covariates; j++) {
        const struct rs_column *c = &spec->data->columns[spec->covariates[j]];
        bool reference = false;
        for (int32_t l = 0; c->factor != NULL && l < LEVELS; l++) {
            if (present[l] && reference)
                row[p++] = c->factor->codes[i] == l ? 1.0 : 0.0;
            reference = reference || present[l];
        }
        if (c->factor == NULL)
            row[p++] = c->values[i];
    }
    return p;
}

/* Checks a fit against gsl_multifit_linear on the complete rows. */
static void check_against_gsl(const struct rs_fit *fit,
                              const struct rs_spec *spec, size_t y, size_t x)
{
    const struct rs_dataset *data = spec->data;
    size_t needed[COLUMNS + 2] = {y, x};
    bool present[LEVELS] = {false};
    double design[ROWS][COLUMNS + LEVELS];
    double response[ROWS];
    size_t n = 0;
    size_t p = 0;
    double rss = 0.0;

    for (size_t j = 0; j < spec->n_covariates; j++)
        needed[2 + j] = spec->covariates[j];
    for (int pass = 0; pass < 2; pass++) {
        n = 0;
        for (size_t i = 0; i < data->n_rows; i++) {
            if (!row_is_complete(data, i, needed, 2 + spec->n_covariates))
                continue;
            for (size_t j = 0; j < spec->n_covariates; j++)
                if (data->columns[needed[2 + j]].factor != NULL)
                    present[data->columns[needed[2 + j]].factor->codes[i]] =
                        true;
            p = design_row(design[n], spec, x, i, present);
            response[n++] = data->columns[y].values[i];
        }
    }
    ck_assert_uint_eq(fit->n, n);
    gsl_matrix *z = gsl_matrix_alloc(n, p);
    gsl_matrix *cov = gsl_matrix_alloc(p, p);
    gsl_vector *c = gsl_vector_alloc(p);
    gsl_vector_view v = gsl_vector_view_array(response, n);
    gsl_multifit_linear_workspace *w = gsl_multifit_linear_alloc(n, p);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++)
            gsl_matrix_set(z, i, j, design[i][j]);
    ck_assert_int_eq(gsl_multifit_linear(z, &v.vector, c, cov, &rss, w), 0);
    ck_assert_int_eq(fit->outcome, RS_FIT_OK);
    ck_assert_double_eq(fit->df, (double)(n - p));
    ck_assert_double_eq(fit->n_coef, (double)p);
    ck_assert_double_eq(fit->df1, 1.0);
    ck_assert_double_eq_tol(fit->beta, gsl_vector_get(c, 0), 1e-12);
    ck_assert_double_eq_tol(fit->se, sqrt(gsl_matrix_get(cov, 0, 0)), 1e-12);
    ck_assert_double_eq_tol(fit->stat, fit->beta / fit->se, 1e-12);
    ck_assert_double_eq_tol(fit->sigma, sqrt(rss / fit->df), 1e-12);
    if (spec->intercept)
        ck_assert_double_eq_tol(fit->intercept, gsl_vector_get(c, 1), 1e-12);
    else
        ck_assert(isnan(fit->intercept));
    gsl_multifit_linear_free(w);
    gsl_vector_free(c);
    gsl_matrix_free(cov);
    gsl_matrix_free(z);
}

/* ---- tests ------------------------------------------------------- */

/* Which columns have missing cells: all, none, covariates alone, y and x
 * alone; with and without intercept and covariates. Column 7 is a factor. */
static const struct {
    size_t first_missing;
    size_t covariates[3];
    size_t n_covariates;
    bool intercept;
} layouts[] = {
    {COLUMNS, {0}, 0, true},
    {COLUMNS, {0}, 0, false},
    {0, {0}, 0, true},
    {0, {0}, 0, false},
    {COLUMNS, {4, 5, 6}, 3, true},
    {COLUMNS, {4, 5, 6}, 3, false},
    {4, {4, 5}, 2, true},
    {0, {4, 6}, 2, true},
    {COLUMNS, {7}, 1, true},
    {7, {7, 4}, 2, true},
    {0, {5, 7}, 2, true},
    {0, {5}, 1, false},
};

/* Every pair equals GSL's, and its bits do not depend on what was fitted
 * before it in the same workspace. */
START_TEST(test_pairs)
{
    double *values = calloc((size_t)COLUMNS * ROWS, sizeof *values);
    struct rs_dataset *data = NULL;
    struct setup s;
    uint64_t seed = 21;

    ck_assert_ptr_nonnull(values);
    fill(values, ROWS, COLUMNS, layouts[_i].first_missing, 100 + (uint64_t)_i);
    for (size_t i = 0; i < ROWS; i++) /* level 0 never occurs */
        values[7 * ROWS + i] =
            1.0 + floor(fmin(values[7 * ROWS + i] / 3.1, 0.999) * 3.0);
    data = made_data(values, ROWS, COLUMNS);
    made_factor(&data->columns[7], ROWS, LEVELS);
    open_model(&s, data, layouts[_i].covariates, layouts[_i].n_covariates,
               layouts[_i].intercept);
    for (int round = 0; round < 60; round++) {
        size_t y = (size_t)(4.0 * made_uniform(&seed));
        size_t x = (y + 1 + (size_t)(3.0 * made_uniform(&seed))) % 4;
        struct rs_fit fit;
        struct rs_fit alone;
        rs_model_ols.fit(s.state, y, x, &fit);
        check_against_gsl(&fit, &s.spec, y, x);
        fit_alone(&alone, &s.spec, y, x);
        check_same(&fit, &alone);
    }
    rs_model_ols.close(s.state);
    rs_dataset_free(data);
    free(values);
}
END_TEST

/* More columns than a worker keeps prepared. */
START_TEST(test_many_columns)
{
    const size_t n_rows = 1000;
    const size_t n_columns = 200;
    double *values = calloc(n_rows * n_columns, sizeof *values);
    struct rs_dataset *data = NULL;
    struct setup s;

    ck_assert_ptr_nonnull(values);
    ck_assert_uint_gt(n_rows * n_columns * sizeof *values, cache_bytes);
    fill(values, n_rows, n_columns, n_columns, 8);
    data = made_data(values, n_rows, n_columns);
    open_model(&s, data, NULL, 0, true);
    for (size_t y = 0; y < 2; y++)
        for (size_t x = 2; x < n_columns; x++) {
            struct rs_fit fit;
            struct rs_fit alone;
            rs_model_ols.fit(s.state, y, x, &fit);
            ck_assert_int_eq(fit.outcome, RS_FIT_OK);
            fit_alone(&alone, &s.spec, y, x);
            check_same(&fit, &alone);
        }
    rs_model_ols.close(s.state);
    rs_dataset_free(data);
    free(values);
}
END_TEST

static enum rs_outcome outcome_of(struct setup *s, size_t y, size_t x,
                                  struct rs_fit *fit)
{
    rs_model_ols.fit(s->state, y, x, fit);
    if (fit->outcome != RS_FIT_OK && fit->outcome != RS_FIT_PERFECT)
        ck_assert(isnan(fit->beta) && isnan(fit->r2) && isnan(fit->intercept) &&
                  isnan(fit->sigma));
    if (fit->outcome != RS_FIT_OK)
        ck_assert(isnan(fit->se) && isnan(fit->stat));
    return fit->outcome;
}

/* What a column is counts on the rows used, not on the others. */
START_TEST(test_outcomes)
{
    enum { N = 6, K = 7 };
    const double values[K][N] = {
        {1, 3, 2, 5, 4, 7},             /* 0: y */
        {NAN, 1, 2, 3, 4, 6},           /* 1: x */
        {INFINITY, 2, 1, 4, 3, 5},      /* 2: infinite where 1 is missing */
        {9, 8, 8, 8, 8, 8},             /* 3: constant where 1 is present */
        {NAN, NAN, NAN, NAN, NAN, NAN}, /* 4 */
        {5, NAN, NAN, NAN, NAN, 6},     /* 5: one row with 1, two with 0 */
        {0, 2, 4, 6, 8, 12},            /* 6: twice column 1 */
    };
    const size_t covariate[] = {6};
    struct rs_dataset *data = made_data(&values[0][0], N, K);
    struct rs_fit fit;
    struct setup s;

    open_model(&s, data, NULL, 0, true);
    ck_assert_int_eq(outcome_of(&s, 0, 1, &fit), RS_FIT_OK);
    ck_assert_uint_eq(fit.n, 5);
    ck_assert_int_eq(outcome_of(&s, 0, 2, &fit), RS_FIT_NON_FINITE);
    ck_assert_int_eq(outcome_of(&s, 2, 0, &fit), RS_FIT_NON_FINITE);
    ck_assert_int_eq(outcome_of(&s, 2, 1, &fit), RS_FIT_OK);
    ck_assert_int_eq(outcome_of(&s, 0, 3, &fit), RS_FIT_OK);
    ck_assert_int_eq(outcome_of(&s, 1, 3, &fit), RS_FIT_CONSTANT_X);
    ck_assert_int_eq(outcome_of(&s, 3, 1, &fit), RS_FIT_CONSTANT_Y);
    ck_assert_int_eq(outcome_of(&s, 0, 4, &fit), RS_FIT_N_TOO_SMALL);
    ck_assert_uint_eq(fit.n, 0);
    ck_assert_int_eq(outcome_of(&s, 1, 5, &fit), RS_FIT_N_TOO_SMALL);
    ck_assert_uint_eq(fit.n, 1);
    ck_assert_int_eq(outcome_of(&s, 0, 5, &fit), RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(outcome_of(&s, 6, 1, &fit), RS_FIT_PERFECT);
    ck_assert_double_eq(fit.beta, 2.0);
    ck_assert_double_eq(fit.r2, 1.0);
    rs_model_ols.close(s.state);

    s.spec.min_n = 6;
    ck_assert_int_eq(rs_model_ols.open(&s.state, &s.spec, NULL), RS_OK);
    ck_assert_int_eq(outcome_of(&s, 0, 1, &fit), RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(outcome_of(&s, 0, 3, &fit), RS_FIT_OK);
    rs_model_ols.close(s.state);

    open_model(&s, data, covariate, 1, true);
    ck_assert_int_eq(outcome_of(&s, 0, 1, &fit), RS_FIT_COLLINEAR);
    ck_assert_int_eq(outcome_of(&s, 0, 3, &fit), RS_FIT_OK);
    rs_model_ols.close(s.state);
    rs_model_ols.close(NULL);
    rs_dataset_free(data);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_pairs, sizeof layouts / sizeof layouts[0]},
    {&test_many_columns, 1},
    {&test_outcomes, 1},
};
SUITE(ols, tests)
