/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"
#include "run_suite.h"

#include <check.h>
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 300, K = 6 };

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53 - 0.5;
}

/* Random columns that hang together a little, and y last. */
static void make_columns(double columns[K + 1][N], uint64_t seed)
{
    for (size_t i = 0; i < N; i++) {
        double common = uniform(&seed);
        for (size_t j = 0; j <= K; j++)
            columns[j][i] = uniform(&seed) + (double)j * 0.2 * common;
    }
}

struct setup {
    struct rs_lsq *lsq;
    struct rs_lsq_column prepared[K + 1];
};

static void prepare(struct setup *s, double columns[K + 1][N], size_t n,
                    bool intercept)
{
    ck_assert_int_eq(rs_lsq_new(&s->lsq, N, K, intercept, NULL), RS_OK);
    for (size_t j = 0; j <= K; j++) {
        ck_assert_int_eq(rs_lsq_column_init(&s->prepared[j], N, NULL), RS_OK);
        rs_lsq_column_set(&s->prepared[j], columns[j], n, NULL, intercept);
    }
}

static void clear(struct setup *s)
{
    for (size_t j = 0; j <= K; j++)
        rs_lsq_column_clear(&s->prepared[j]);
    rs_lsq_free(s->lsq);
}

/* y (the last) on column k with columns 0 .. k - 1 as covariates. */
static void fit(struct setup *s, struct rs_lsq_result *result, size_t k,
                size_t n)
{
    const struct rs_lsq_column *base[K];

    for (size_t j = 0; j < k; j++)
        base[j] = &s->prepared[j];
    rs_lsq_base(s->lsq, base, k, n);
    rs_lsq_response(s->lsq, &s->prepared[K]);
    rs_lsq_fit(s->lsq, result, &s->prepared[k]);
}

/* The same by GSL's own least squares, coefficient by coefficient. */
static void check_against_gsl(double columns[K + 1][N], size_t k,
                              bool intercept,
                              const struct rs_lsq_result *result,
                              const struct rs_lsq_term *terms)
{
    size_t first = intercept ? 1 : 0;
    size_t p = k + 1 + first;
    gsl_matrix *x = gsl_matrix_alloc(N, p);
    gsl_matrix *cov = gsl_matrix_alloc(p, p);
    gsl_vector *c = gsl_vector_alloc(p);
    gsl_multifit_linear_workspace *w = gsl_multifit_linear_alloc(N, p);
    gsl_vector_view y = gsl_vector_view_array(columns[K], N);
    double rss = 0.0;

    for (size_t i = 0; i < N; i++) {
        if (intercept)
            gsl_matrix_set(x, i, 0, 1.0);
        for (size_t j = 0; j <= k; j++)
            gsl_matrix_set(x, i, j + first, columns[j][i]);
    }
    ck_assert_int_eq(gsl_multifit_linear(x, &y.vector, c, cov, &rss, w), 0);
    for (size_t j = 0; j <= k; j++) {
        const struct rs_lsq_term *term = j == k ? &result->x : &terms[j];
        ck_assert_double_eq_tol(term->estimate, gsl_vector_get(c, j + first),
                                1e-12);
        ck_assert_double_eq_tol(
            term->se, sqrt(gsl_matrix_get(cov, j + first, j + first)), 1e-12);
    }
    if (intercept) {
        ck_assert_double_eq_tol(result->intercept.estimate,
                                gsl_vector_get(c, 0), 1e-12);
        ck_assert_double_eq_tol(result->intercept.se,
                                sqrt(gsl_matrix_get(cov, 0, 0)), 1e-12);
    }
    ck_assert_double_eq_tol(result->sigma, sqrt(rss / result->df), 1e-12);
    gsl_multifit_linear_free(w);
    gsl_vector_free(c);
    gsl_matrix_free(cov);
    gsl_matrix_free(x);
}

START_TEST(test_same_as_gsl)
{
    double columns[K + 1][N];
    struct setup s;

    for (int intercept = 0; intercept < 2; intercept++)
        for (size_t k = 0; k < K; k++) {
            struct rs_lsq_term terms[K];
            struct rs_lsq_result result;
            make_columns(columns, 77 + k);
            prepare(&s, columns, N, intercept != 0);
            fit(&s, &result, k, N);
            ck_assert_int_eq(result.outcome, RS_FIT_OK);
            ck_assert_double_eq(result.df,
                                (double)(N - k - 1) - (double)intercept);
            rs_lsq_terms(s.lsq, terms, &result, NULL);
            check_against_gsl(columns, k, intercept != 0, &result, terms);
            clear(&s);
        }
}
END_TEST

/* A dependent covariate is dropped; a dependent x is collinear. */
START_TEST(test_rank)
{
    double columns[K + 1][N];
    struct rs_lsq_term terms[K];
    struct rs_lsq_result result;
    struct rs_lsq_result without;
    struct setup s;

    make_columns(columns, 5);
    for (size_t i = 0; i < N; i++) {
        columns[1][i] = 3.0 * columns[0][i] - 7.0;
        columns[3][i] = 0.1 * columns[0][i] + 0.7 * columns[2][i] + 1e3;
    }
    prepare(&s, columns, N, true);
    fit(&s, &result, 2, N); /* covariates 0 and its double 1; x is 2 */
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    ck_assert_uint_eq(result.rank, 3);
    rs_lsq_terms(s.lsq, terms, &result, NULL);
    ck_assert(!isnan(terms[0].estimate));
    ck_assert(isnan(terms[1].estimate));
    fit(&s, &without, 3, N); /* x is 3: a combination of 0 and 2 */
    ck_assert_int_eq(without.outcome, RS_FIT_COLLINEAR);
    ck_assert(isnan(without.x.estimate));
    clear(&s);
}
END_TEST

/* A fit of a few rows and its right answer. All answers to hard cases come
 * from exact rational arithmetic on these very doubles. */
struct hard {
    size_t n, k;
    double y[8];
    double columns[3][8]; /* k covariates, then x */
    double beta, se, t, sigma, intercept, intercept_se;
};

static const struct hard hard_cases[] = {
    /* x is 1e-9 from a covariate */
    {7,
     1,
     {3.1, 4.9, 7.2, 8.8, 11.3, 12.7, 15.2},
     {{1.000000001, 2.000000003, 2.999999998, 4.000000002, 4.999999999,
       6.000000004, 6.999999997},
      {1, 2, 3, 4, 5, 6, 7}},
     82796685.1670915553,
     17609545.8157212742,
     4.70180696501400727,
     0.109719529954254237,
     1.18233669432414193,
     0.0983277913857497319},
    /* x is 1e-11 from a covariate */
    {8,
     1,
     {3.1, 4.9, 7.2, 8.8, 11.3, 12.7, 15.2, 16.6},
     {{1.00000000003, 1.99999999999, 2.99999999996, 4.00000000001,
       5.00000000005, 5.99999999991, 7.00000000002, 8.00000000006},
      {1, 2, 3, 4, 5, 6, 7, 8}},
     -1261592814.0088032,
     2166579161.82262041,
     -0.582297123612827781,
     0.280950094771673234,
     1.14787964601769939,
     0.219909200744330395},
    /* two covariates are 1e-10 from each other, x is far from both */
    {8,
     2,
     {3.1, 4.9, 7.2, 8.8, 11.3, 12.7, 15.2, 16.6},
     {{1, 4, 9, 16, 25, 36, 49, 64},
      {1.000000003, 3.999999999, 8.999999996, 16.000000001, 25.000000005,
       35.999999991, 49.000000002, 64.000000006},
      {2, 7, 1, 8, 2, 8, 1, 8}},
     -0.0895246151572794633,
     0.163630388582136001,
     -0.54711484787767058,
     1.37295100469207623,
     4.93848443448250009,
     0.965594373313958605},
    /* residuals of 1e-12: a thousand times the rounding, no perfect fit */
    {8,
     0,
     {3.000000000001, 4.999999999998, 7.000000000003, 8.999999999999,
      10.999999999997, 13.000000000002, 15.000000000001, 16.999999999999},
     {{1, 2, 3, 4, 5, 6, 7, 8}},
     1.99999999999995252,
     3.44498256183236746e-13,
     5805544626432.48743,
     2.23260386937723966e-12,
     1.00000000000021386,
     1.73963091978986188e-12},
    /* offsets so large that the squares fill a double-double */
    {8,
     1,
     {3.1, 4.9, 7.2, 8.8, 11.3, 12.7, 15.2, 16.6},
     {{1700000000000002.25, 1700000000000000.5, 1700000000000001.75,
       1700000000000003.25, 1700000000000000.75, 1700000000000002.5,
       1700000000000001.25, 1700000000000004.5},
      {3100000000000000.5, 3100000000000001.0, 3100000000000003.5,
       3100000000000004.0, 3100000000000002.5, 3100000000000007.0,
       3100000000000005.5, 3100000000000006.0}},
     1.836516545530401,
     0.542993697342393246,
     3.38220600813411745,
     2.89782288693173692,
     -5274429634834541.22,
     1635985784570909.27},
};

static void check_close(double ours, double right)
{
    ck_assert_msg(fabs(ours - right) <= 1e-13 * fabs(right),
                  "%.17g, but %.17g is right", ours, right);
}

START_TEST(test_hard)
{
    const struct hard *hard = &hard_cases[_i];
    double columns[K + 1][N] = {{0}};
    struct rs_lsq_term terms[K];
    struct rs_lsq_result result;
    struct setup s;

    for (size_t j = 0; j <= hard->k; j++)
        memcpy(columns[j], hard->columns[j], sizeof hard->columns[j]);
    memcpy(columns[K], hard->y, sizeof hard->y);
    prepare(&s, columns, hard->n, true);
    fit(&s, &result, hard->k, hard->n);
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    rs_lsq_terms(s.lsq, terms, &result, NULL);
    check_close(result.x.estimate, hard->beta);
    check_close(result.x.se, hard->se);
    check_close(result.t, hard->t);
    check_close(result.sigma, hard->sigma);
    check_close(result.intercept.estimate, hard->intercept);
    check_close(result.intercept.se, hard->intercept_se);
    clear(&s);
}
END_TEST

/* Many covariates that depend on each other: the first of each stays. */
START_TEST(test_dependent_covariates)
{
    double columns[K + 1][N];
    struct rs_lsq_term terms[K];
    struct rs_lsq_result result;
    struct setup s;

    make_columns(columns, 11);
    for (size_t i = 0; i < N; i++) {
        columns[1][i] = 4.25; /* constant */
        columns[2][i] = -columns[0][i];
        columns[4][i] = columns[0][i] + 2.0 * columns[3][i];
    }
    prepare(&s, columns, N, true);
    fit(&s, &result, 5, N);
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    ck_assert_uint_eq(result.rank, 4);
    rs_lsq_terms(s.lsq, terms, &result, NULL);
    for (size_t j = 0; j < 5; j++)
        ck_assert_int_eq(isnan(terms[j].estimate), j != 0 && j != 3);
    /* 4 rows cannot hold 4 coefficients and a residual */
    clear(&s);
    prepare(&s, columns, 4, true);
    fit(&s, &result, 5, 4);
    ck_assert_int_eq(result.outcome, RS_FIT_N_TOO_SMALL);
    clear(&s);
}
END_TEST

static enum rs_outcome outcome_of(const double *y, const double *x, size_t n,
                                  bool intercept, struct rs_lsq_result *result)
{
    double columns[K + 1][N] = {{0}};
    struct setup s;

    memcpy(columns[0], x, n * sizeof *x);
    memcpy(columns[K], y, n * sizeof *y);
    prepare(&s, columns, n, intercept);
    fit(&s, result, 0, n);
    clear(&s);
    return result->outcome;
}

START_TEST(test_outcomes)
{
    const double x[] = {1, 2, 3, 4, 5};
    const double flat[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    const double zero[] = {0, 0, 0, 0, 0};
    const double y[] = {2, 1, 4, 3, 7};
    const double line[] = {0.1, 0.2, 0.3, 0.4, 0.5};
    const double inf[] = {1, 2, INFINITY, 3, 4};
    const double tiny[] = {1e-310, 2e-310, 3e-310, 4e-310, 5e-310};
    const double huge[] = {2.1e300, 3.9e300, 6.2e300, 7.8e300, 1.01e301};
    struct rs_lsq_result r;

    ck_assert_int_eq(outcome_of(y, x, 5, true, &r), RS_FIT_OK);
    ck_assert_int_eq(outcome_of(y, x, 2, true, &r), RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(outcome_of(y, x, 2, false, &r), RS_FIT_OK);
    ck_assert_int_eq(outcome_of(y, flat, 5, true, &r), RS_FIT_CONSTANT_X);
    ck_assert_int_eq(outcome_of(y, flat, 5, false, &r), RS_FIT_OK);
    ck_assert_int_eq(outcome_of(y, zero, 5, false, &r), RS_FIT_CONSTANT_X);
    ck_assert_int_eq(outcome_of(flat, x, 5, true, &r), RS_FIT_CONSTANT_Y);
    ck_assert_int_eq(outcome_of(zero, x, 5, false, &r), RS_FIT_CONSTANT_Y);
    ck_assert_int_eq(outcome_of(y, inf, 5, true, &r), RS_FIT_NON_FINITE);
    ck_assert_int_eq(outcome_of(y, tiny, 5, true, &r), RS_FIT_NON_FINITE);
    ck_assert_int_eq(outcome_of(line, x, 5, true, &r), RS_FIT_PERFECT);
    ck_assert_double_eq(r.r2, 1.0);
    ck_assert_double_eq_tol(r.x.estimate, 0.1, 1e-16);
    ck_assert(isnan(r.x.se) && isnan(r.t));
    ck_assert_int_eq(outcome_of(huge, x, 5, true, &r), RS_FIT_OK);
    ck_assert_double_eq_tol(r.x.estimate / 1.99e300, 1.0, 1e-14);
    ck_assert_double_eq_tol(r.t, 33.321290659500974, 1e-12);
    ck_assert_double_eq_tol(r.r2, 0.99730532890097712, 1e-15);
}
END_TEST

/* What comes first when several things are wrong. */
START_TEST(test_precedence)
{
    const double x[] = {1, 2, 3, 4};
    const double flat[] = {7, 7, 7, 7};
    const double inf[] = {7, 7, -INFINITY, 7};
    struct rs_lsq_result r;

    ck_assert_int_eq(outcome_of(flat, inf, 4, true, &r), RS_FIT_NON_FINITE);
    ck_assert_int_eq(outcome_of(inf, x, 2, true, &r), RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(outcome_of(inf, x, 3, true, &r), RS_FIT_NON_FINITE);
    ck_assert_int_eq(outcome_of(flat, flat, 2, true, &r), RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(outcome_of(flat, flat, 4, true, &r), RS_FIT_CONSTANT_Y);
    ck_assert_int_eq(outcome_of(x, flat, 0, true, &r), RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(outcome_of(x, x, 4, true, &r), RS_FIT_PERFECT);
}
END_TEST

/* A line of decimals, each rounded to a double: whatever the numbers, the
 * residuals are rounding and no se must be made of them. */
START_TEST(test_decimal_lines)
{
    double x[100];
    double y[100];
    uint64_t seed = 4;
    struct rs_lsq_result r;

    for (int round = 0; round < 200; round++) {
        double slope = floor(1000.0 * uniform(&seed));
        double start = floor(1e5 * uniform(&seed));
        for (size_t i = 0; i < 100; i++) {
            double hundredths = floor(1e5 * uniform(&seed));
            x[i] = hundredths / 100.0;
            y[i] = (start * 1e3 + slope * hundredths) / 1e4; /* rounded once */
        }
        if (slope == 0.0)
            continue;
        ck_assert_int_eq(outcome_of(y, x, 100, true, &r), RS_FIT_PERFECT);
        ck_assert(isnan(r.x.se) && isnan(r.t) && isnan(r.sigma));
        check_close(r.x.estimate, slope / 100.0);
    }
}
END_TEST

/* Offsets that swallow the spread in single sums must not cost a digit. */
START_TEST(test_offset)
{
    const double y[] = {10.1, 12.3, 13.8, 16.4, 18.2, 19.7, 22.5};
    double x[7];
    struct rs_lsq_result r;

    for (double offset = 0.0; offset < 1e13; offset = offset * 10 + 1e3) {
        for (size_t i = 0; i < 7; i++)
            x[i] = offset + (double)(i + 1);
        ck_assert_int_eq(outcome_of(y, x, 7, true, &r), RS_FIT_OK);
        ck_assert_double_eq_tol(r.x.estimate, 141.0 / 70.0, 1e-15);
        ck_assert_double_eq_tol(r.x.se, 0.061611024722422351, 1e-15);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_same_as_gsl, 1},
    {&test_rank, 1},
    {&test_dependent_covariates, 1},
    {&test_hard, sizeof hard_cases / sizeof hard_cases[0]},
    {&test_outcomes, 1},
    {&test_precedence, 1},
    {&test_decimal_lines, 1},
    {&test_offset, 1},
};
SUITE(lsq, tests)
