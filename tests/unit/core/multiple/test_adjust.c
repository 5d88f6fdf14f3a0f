/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust.h"
#include "made_data.h"
#include "run_suite.h"
#include "storey.h"
#include "tails.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = (1 << RS_ADJUST_COUNT) - 1 };

static struct rs_adjust_ask ask_with(unsigned n_threads)
{
    return (struct rs_adjust_ask){
        .methods = ALL, .n_threads = n_threads, .most_bytes = UINT64_MAX};
}

/* The largest ln p with bh <= 0.05. */
static double bh_05(const struct rs_adjust_curve *curve)
{
    return rs_adjust_log_p_max(curve, RS_ADJUST_BH, log(0.05));
}

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* The definitions, one after the other: out[method][i] belongs to sorted[i].
 * Ties need the value of their last (minima) or all get the first's (maxima),
 * which the running extremes give by themselves. */
static void by_definition(double *const *out, const double *sorted, size_t m,
                          double log_pi0)
{
    double harmonic = 0.0;
    double most = -INFINITY;
    double bh = INFINITY;
    double hochberg = INFINITY;

    for (size_t i = m; i > 0; i--)
        harmonic += 1.0 / (double)i;
    for (size_t i = 0; i < m; i++) {
        most = fmax(most, sorted[i] + log((double)(m - i)));
        out[RS_ADJUST_HOLM][i] = fmin(0.0, most);
        out[RS_ADJUST_BONFERRONI][i] = fmin(0.0, sorted[i] + log((double)m));
    }
    for (size_t i = m; i-- > 0;) {
        bh = fmin(bh, sorted[i] + log((double)m / ((double)i + 1.0)));
        hochberg = fmin(hochberg, sorted[i] + log((double)(m - i)));
        out[RS_ADJUST_BH][i] = fmin(0.0, bh);
        out[RS_ADJUST_HOCHBERG][i] = fmin(0.0, hochberg);
        out[RS_ADJUST_BY][i] = fmin(0.0, bh + log(harmonic));
        out[RS_ADJUST_STOREY][i] = fmin(0.0, bh) + log_pi0;
    }
}

/* Random ln p of several kinds: true hypotheses, effects, ties, zeros. */
static double made_log_p(uint64_t *seed, unsigned kind)
{
    double u = 1.0 - made_uniform(seed);

    switch (kind) {
    case 0:
        return log(u);
    case 1: /* a tenth are effects, some beyond the least double */
        return made_uniform(seed) < 0.1 ? -1000.0 * u * u : log(u);
    case 2: /* ties, with 1 among them */
        return log(ceil(20.0 * u) / 20.0);
    case 3: /* zeros, ones and missing */
        return u < 0.1   ? -INFINITY
               : u < 0.2 ? -0.0
               : u < 0.3 ? NAN
                         : log(made_uniform(seed) + 1e-9);
    case 4: /* effects all over */
        return -50.0 - 100.0 * u;
    default: /* one value */
        return -3.0;
    }
}

/* Equal, or as near as the rounding of logarithms lets them be. */
static bool near(double ours, double theirs)
{
    return ours == theirs ||
           fabs(ours - theirs) <= 1e-14 + 4e-16 * fabs(theirs);
}

static void check_levels(const struct rs_adjust_curve *curve,
                         const double *sorted, size_t m)
{
    static const double levels[] = {0.0,  1e-300, 1e-6, 0.01,  0.05, 0.1,
                                    0.25, 0.5,    0.9,  0.999, 1.0};

    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
        enum rs_adjust method = (enum rs_adjust)k;
        for (size_t j = 0; j < sizeof levels / sizeof levels[0]; j++) {
            double level = log(levels[j]);
            double cut = rs_adjust_log_p_max(curve, method, level);
            bool member = isnan(cut);
            size_t wrong = 0;
            for (size_t i = 0; i < m; i += m < 2000 ? 1 : 97) {
                bool kept = rs_adjust_log(curve, method, sorted[i]) <= level;
                wrong += kept == (sorted[i] <= cut) ? 0 : 1;
            }
            ck_assert_uint_eq(wrong, 0);
            for (size_t i = 0; i < m && !member; i++)
                member = sorted[i] == cut;
            ck_assert(member || method == RS_ADJUST_BONFERRONI);
        }
    }
}

static void check_family(size_t n, unsigned kind, unsigned n_threads)
{
    struct rs_adjust_ask ask = ask_with(n_threads);
    struct rs_adjust_curve curve;
    double *log_p = calloc(n + 1, sizeof *log_p);
    double *sorted = calloc(n + 1, sizeof *sorted);
    double *expected[RS_ADJUST_COUNT];
    uint64_t seed = n + kind;
    size_t m = 0;
    size_t wrong = 0;

    for (size_t i = 0; i < n; i++) {
        log_p[i] = made_log_p(&seed, kind);
        if (!isnan(log_p[i]))
            sorted[m++] = log_p[i];
    }
    qsort(sorted, m, sizeof *sorted, compare);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
        expected[k] = calloc(n + 1, sizeof(double));
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, n, &ask, NULL), RS_OK);
    ck_assert_uint_eq(curve.m, m);
    ck_assert_double_eq(curve.distance, 0.0);
    by_definition(expected, sorted, m, curve.log_pi0);
    for (size_t i = 0; i < m; i++) {
        double out[RS_ADJUST_COUNT];
        rs_adjust_log_all(out, &curve, sorted[i]);
        for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
            wrong += near(out[k], expected[k][i]) ? 0 : 1;
            wrong +=
                out[k] == rs_adjust_log(&curve, (enum rs_adjust)k, sorted[i])
                    ? 0
                    : 1;
        }
    }
    ck_assert_uint_eq(wrong, 0);
    if (m > 0) {
        size_t at = m;
        while (at > 0 && expected[RS_ADJUST_BH][at - 1] > log(0.05))
            at--;
        if (at == 0)
            ck_assert_double_nan(bh_05(&curve));
        else
            ck_assert_double_eq(bh_05(&curve), sorted[at - 1]);
        ck_assert_double_eq(curve.log_p_largest, sorted[m - 1]);
        ck_assert_double_eq_tol(
            exp(curve.log_p_median),
            exp(rs_log_p_middle(sorted[(m - 1) / 2], sorted[m / 2])), 1e-15);
    }
    check_levels(&curve, sorted, m);
    rs_adjust_clear(&curve);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
        free(expected[k]);
    free(log_p);
    free(sorted);
}

START_TEST(test_against_definitions)
{
    static const size_t sizes[] = {0,  1,  2,   3,    16,   17,   24,
                                   25, 40, 257, 1000, 4097, 40000};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (unsigned kind = 0; kind < 6; kind++)
            check_family(sizes[i], kind, 1);
    for (unsigned kind = 0; kind < 6; kind++)
        check_family(150000, kind, 3);
}
END_TEST

static void assert_values(const struct rs_adjust_curve *curve,
                          enum rs_adjust method, const double *p, size_t n,
                          const double *expected)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_double_eq_tol(exp(rs_adjust_log(curve, method, log(p[i]))),
                                expected[i], 1e-15);
}

/* Five p by hand; with fewer than 100 tests q is bh. */
START_TEST(test_by_hand)
{
    static const double p[] = {0.04, 0.01, 0.03, 0.2, 0.01};
    static const double bonferroni[] = {0.2, 0.05, 0.15, 1.0, 0.05};
    static const double holm[] = {0.09, 0.05, 0.09, 0.2, 0.05};
    static const double hochberg[] = {0.08, 0.04, 0.08, 0.2, 0.04};
    static const double bh[] = {0.05, 0.025, 0.05, 0.2, 0.025};
    double by[5];
    double log_p[5];
    struct rs_adjust_ask ask = ask_with(1);
    struct rs_adjust_curve curve;

    for (size_t i = 0; i < 5; i++) {
        by[i] = bh[i] * 137.0 / 60.0;
        log_p[i] = log(p[i]);
    }
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 5, &ask, NULL), RS_OK);
    assert_values(&curve, RS_ADJUST_BONFERRONI, p, 5, bonferroni);
    assert_values(&curve, RS_ADJUST_HOLM, p, 5, holm);
    assert_values(&curve, RS_ADJUST_HOCHBERG, p, 5, hochberg);
    assert_values(&curve, RS_ADJUST_BH, p, 5, bh);
    assert_values(&curve, RS_ADJUST_BY, p, 5, by);
    assert_values(&curve, RS_ADJUST_STOREY, p, 5, bh);
    ck_assert_double_eq(bh_05(&curve), log_p[0]);
    ck_assert_double_eq(curve.log_p_median, log_p[2]);
    rs_adjust_clear(&curve);
}
END_TEST

/* p of 1e-400 and 1e-4000 among a thousand. */
START_TEST(test_below_the_least_double)
{
    struct rs_adjust_ask ask = ask_with(1);
    struct rs_adjust_curve curve;
    double log_p[1000];

    for (size_t i = 0; i < 1000; i++)
        log_p[i] = log(((double)i + 0.5) / 1000.0);
    log_p[10] = -400.0 * log(10.0);
    log_p[20] = -4000.0 * log(10.0);
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 1000, &ask, NULL), RS_OK);
    ck_assert(near(rs_adjust_log(&curve, RS_ADJUST_BH, log_p[20]),
                   -3997.0 * log(10.0)));
    ck_assert(near(rs_adjust_log(&curve, RS_ADJUST_BH, log_p[10]),
                   -397.0 * log(10.0) - log(2.0)));
    ck_assert(near(rs_adjust_log(&curve, RS_ADJUST_HOLM, log_p[10]),
                   -400.0 * log(10.0) + log(999.0)));
    rs_adjust_clear(&curve);
}
END_TEST

/* However many tests share a p, it takes one step. */
START_TEST(test_one_step_for_ties)
{
    struct rs_adjust_ask ask = ask_with(1);
    struct rs_adjust_curve curve;
    double log_p[40000];

    for (size_t i = 0; i < 40000; i++)
        log_p[i] = i % 2 == 0 ? -INFINITY : -30.0;
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 40000, &ask, NULL), RS_OK);
    for (unsigned k = 0; k < RS_STEPS_COUNT; k++)
        ck_assert_uint_eq(curve.steps[k]->n, 2);
    ck_assert_double_eq(rs_adjust_log(&curve, RS_ADJUST_BH, -INFINITY),
                        -INFINITY);
    ck_assert_double_eq(rs_adjust_log(&curve, RS_ADJUST_BH, -30.0), -30.0);
    ck_assert_double_eq(rs_adjust_log(&curve, RS_ADJUST_HOLM, -30.0),
                        -30.0 + log(20000.0));
    ck_assert_double_eq(rs_adjust_log(&curve, RS_ADJUST_HOCHBERG, -30.0),
                        -30.0);
    ck_assert_double_eq(rs_adjust_log_p_max(&curve, RS_ADJUST_HOLM, -INFINITY),
                        -INFINITY);
    rs_adjust_clear(&curve);
}
END_TEST

START_TEST(test_without_tests)
{
    static const double missing[] = {NAN, NAN};
    struct rs_adjust_ask ask = ask_with(2);
    struct rs_adjust_curve curve;
    double out[RS_ADJUST_COUNT];

    ck_assert_int_eq(rs_adjust_make(&curve, missing, 2, &ask, NULL), RS_OK);
    ck_assert_uint_eq(curve.m, 0);
    ck_assert_double_nan(curve.log_p_median);
    rs_adjust_log_all(out, &curve, -1.0);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
        ck_assert_double_nan(out[k]);
        ck_assert_double_nan(
            rs_adjust_log_p_max(&curve, (enum rs_adjust)k, -1.0));
    }
    rs_adjust_clear(&curve);
}
END_TEST

/* Methods that were not asked for have no values, and take no memory. */
START_TEST(test_some_methods)
{
    struct rs_adjust_ask ask = ask_with(1);
    struct rs_adjust_curve curve;
    double log_p[50];
    double out[RS_ADJUST_COUNT];

    for (size_t i = 0; i < 50; i++)
        log_p[i] = -1.0 - (double)i;
    ask.methods = rs_adjust_bit(RS_ADJUST_BY);
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 50, &ask, NULL), RS_OK);
    ck_assert_ptr_null(curve.steps[RS_STEPS_HOLM]);
    ck_assert_ptr_null(curve.steps[RS_STEPS_HOCHBERG]);
    rs_adjust_log_all(out, &curve, log_p[7]);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
        ck_assert_int_eq(isnan(out[k]), k != RS_ADJUST_BY);
    ck_assert_double_nan(rs_adjust_log(&curve, RS_ADJUST_BH, log_p[7]));
    ck_assert_double_nan(rs_adjust_log_p_max(&curve, RS_ADJUST_HOLM, -1.0));
    ck_assert_double_nan(rs_adjust_log(&curve, RS_ADJUST_BY, NAN));
    rs_adjust_clear(&curve);
    ck_assert_uint_eq(rs_adjust_bytes(&curve), 0);

    ask.methods = 0;
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 50, &ask, NULL), RS_OK);
    ck_assert_uint_eq(rs_adjust_bytes(&curve), 0);
    ck_assert_double_nan(bh_05(&curve));
    rs_adjust_clear(&curve);
}
END_TEST

START_TEST(test_memory_limit)
{
    struct rs_adjust_ask ask = ask_with(1);
    struct rs_adjust_curve curve;
    struct rs_error err = {0};
    double log_p[5000];

    for (size_t i = 0; i < 5000; i++)
        log_p[i] = -100.0 - (double)i;
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 5000, &ask, &err), RS_OK);
    ck_assert_uint_le(rs_adjust_bytes(&curve), 3 * (17 * 5000 + 500));
    ask.most_bytes = rs_adjust_bytes(&curve);
    rs_adjust_clear(&curve);
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 5000, &ask, &err), RS_OK);
    rs_adjust_clear(&curve);
    ask.most_bytes--;
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, 5000, &ask, &err),
                     RS_ERR_NOMEM);
    ck_assert_int_eq(err.status, RS_ERR_NOMEM);
    ck_assert_uint_eq(curve.m, 0);
    ck_assert_uint_eq(rs_adjust_bytes(&curve), 0);
}
END_TEST

/* A family without effects takes next to no memory. */
START_TEST(test_few_steps)
{
    enum { N = 200000 };
    struct rs_adjust_ask ask = ask_with(2);
    struct rs_adjust_curve curve;
    double *log_p = calloc(N, sizeof *log_p);
    uint64_t seed = 5;

    for (size_t i = 0; i < N; i++)
        log_p[i] = log(1.0 - made_uniform(&seed));
    ck_assert_int_eq(rs_adjust_make(&curve, log_p, N, &ask, NULL), RS_OK);
    ck_assert_uint_le(rs_adjust_bytes(&curve), N / 2);
    ck_assert_double_eq_tol(curve.log_pi0, 0.0, 0.05);
    rs_adjust_clear(&curve);
    free(log_p);
}
END_TEST

/*
 * The weights derived anew: second differences Q and the Gram matrix R of
 * hat functions give the roughness K = Q R^-1 Q' of a natural cubic spline on
 * points at distance 1; the penalty is found by bisection.
 */
START_TEST(test_storey_weights)
{
    enum { N = RS_LAMBDAS, INNER = N - 2 };
    gsl_matrix *q = gsl_matrix_calloc(N, INNER);
    gsl_matrix *r = gsl_matrix_calloc(INNER, INNER);
    gsl_matrix *half = gsl_matrix_calloc(INNER, N);
    gsl_matrix *k = gsl_matrix_calloc(N, N);
    gsl_matrix *vectors = gsl_matrix_calloc(N, N);
    gsl_vector *values = gsl_vector_calloc(N);
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(N);
    double low = 1.0;
    double high = 1e4;

    for (size_t j = 0; j < INNER; j++) {
        gsl_matrix_set(q, j, j, 1.0);
        gsl_matrix_set(q, j + 1, j, -2.0);
        gsl_matrix_set(q, j + 2, j, 1.0);
        gsl_matrix_set(r, j, j, 2.0 / 3.0);
        if (j + 1 < INNER) {
            gsl_matrix_set(r, j, j + 1, 1.0 / 6.0);
            gsl_matrix_set(r, j + 1, j, 1.0 / 6.0);
        }
    }
    ck_assert_int_eq(gsl_linalg_cholesky_decomp1(r), 0);
    gsl_matrix_transpose_memcpy(half, q);
    ck_assert_int_eq(gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans,
                                    CblasNonUnit, 1.0, r, half),
                     0);
    ck_assert_int_eq(
        gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1.0, half, half, 0.0, k), 0);
    ck_assert_int_eq(gsl_eigen_symmv(k, values, vectors, work), 0);
    for (int step = 0; step < 200; step++) {
        double middle = 0.5 * (low + high);
        double trace = 0.0;
        for (size_t i = 0; i < N; i++)
            trace += 1.0 / (1.0 + middle * gsl_vector_get(values, i));
        if (trace > 3.0)
            low = middle;
        else
            high = middle;
    }
    ck_assert_double_eq_tol(low, 125.760327068425, 1e-9);
    for (size_t j = 0; j < N; j++) {
        double weight = 0.0;
        for (size_t i = 0; i < N; i++)
            weight += gsl_matrix_get(vectors, N - 1, i) *
                      gsl_matrix_get(vectors, j, i) /
                      (1.0 + low * gsl_vector_get(values, i));
        ck_assert_double_eq_tol(weight, rs_storey_weights[j], 1e-13);
    }
    gsl_eigen_symmv_free(work);
    gsl_vector_free(values);
    gsl_matrix_free(vectors);
    gsl_matrix_free(k);
    gsl_matrix_free(half);
    gsl_matrix_free(r);
    gsl_matrix_free(q);
}
END_TEST

/* ln pi0, and whether the estimate is sound. */
static double log_pi0_of(const uint64_t *at_least, uint64_t m, bool sound)
{
    double log_pi0 = NAN;

    ck_assert(rs_storey_log_pi0(&log_pi0, at_least, m) == sound);
    return log_pi0;
}

START_TEST(test_storey_pi0)
{
    uint64_t at_least[RS_LAMBDAS];

    for (unsigned k = 0; k < RS_LAMBDAS; k++) {
        ck_assert_double_eq(log(rs_storey_lambda(k)), rs_storey_log_lambdas[k]);
        at_least[k] = 2000 - 100 * (uint64_t)(k + 1);
    }
    /* true hypotheses alone; a quarter of them; none */
    ck_assert_double_eq_tol(log_pi0_of(at_least, 2000, true), 0.0, 1e-12);
    ck_assert_double_eq_tol(exp(log_pi0_of(at_least, 8000, true)), 0.25, 1e-12);
    ck_assert_double_eq(log_pi0_of(at_least, 99, false), 0.0);
    at_least[RS_LAMBDAS - 1] = 0;
    ck_assert_double_eq(log_pi0_of(at_least, 8000, false), 0.0);
    memset(at_least, 0, sizeof at_least);
    ck_assert_double_eq(log_pi0_of(at_least, 8000, false), 0.0);
    at_least[RS_LAMBDAS - 1] = 1;
    for (unsigned k = 0; k + 6 < RS_LAMBDAS; k++)
        at_least[k] = 8000; /* falls to less than nothing at 0.95 */
    ck_assert_double_eq(log_pi0_of(at_least, 8000, false), 0.0);
    for (unsigned k = 0; k < RS_LAMBDAS; k++)
        at_least[k] = 7000; /* p near 1 all over: more than 1 */
    ck_assert_double_eq(log_pi0_of(at_least, 8000, true), 0.0);
}
END_TEST

START_TEST(test_names)
{
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
        ck_assert_ptr_nonnull(rs_adjusts[k].name);
        ck_assert_ptr_nonnull(rs_adjusts[k].column);
    }
    ck_assert_str_eq(rs_adjusts[RS_ADJUST_STOREY].column, "q");
    ck_assert_str_eq(rs_adjusts[RS_ADJUST_BH].column, "p_bh");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_against_definitions, 1},
    {&test_by_hand, 1},
    {&test_below_the_least_double, 1},
    {&test_one_step_for_ties, 1},
    {&test_without_tests, 1},
    {&test_some_methods, 1},
    {&test_memory_limit, 1},
    {&test_few_steps, 1},
    {&test_storey_weights, 1},
    {&test_storey_pi0, 1},
    {&test_names, 1},
};
SUITE(adjust, tests)
