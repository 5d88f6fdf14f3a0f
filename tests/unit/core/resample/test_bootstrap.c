/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap.h"

#include "bootstrap_limits.h"
#include "bootstrap_sums.h"
#include "errors.h"
#include "made_sweep.h"
#include "model.h"
#include "run_suite.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 40, COLUMNS = 7, RESAMPLES = 199 };

/* Columns: y, x, another x, covariates 3 and 4, a factor, weights. */
static void load(struct made_sweep *b)
{
    made_sweep_load(b);
    made_factor(&b->data->columns[5], b->n, 3);
}

static void bench_init(struct made_sweep *b, size_t n_covariates,
                       bool intercept, bool weighted)
{
    const struct made_ask ask = {
        .n = ROWS, .n_y = 1, .n_x = 2, .n_z = 3, .weighted = true};
    uint64_t state = 99 + n_covariates;

    made_sweep_init(b, &ask);
    for (size_t i = 0; i < ROWS; i++) {
        double *row = b->values + i;
        for (size_t j = 0; j < COLUMNS; j++)
            row[j * ROWS] = 2.0 + made_normal(&state);
        row[5 * ROWS] = (double)(i % 7 % 3);
        row[6 * ROWS] = 0.5 + made_uniform(&state);
        row[1 * ROWS] += 0.7 * row[3 * ROWS];
        row[0 * ROWS] += 0.5 * row[1 * ROWS] * row[1 * ROWS] - row[3 * ROWS];
    }
    load(b);
    b->spec.n_covariates = n_covariates;
    b->spec.intercept = intercept;
    b->spec.weights = weighted ? b->spec.weights : NULL;
    b->spec.cache_bytes = 1 << 20;
}

static void fit_pair(const struct rs_spec *spec, size_t y, size_t x,
                     struct rs_fit *fit)
{
    void *state = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_model_ols.open(&state, spec, &err), RS_OK);
    rs_model_ols.fit(state, y, x, fit);
    rs_model_ols.close(state);
}

static struct rs_bootstrap *made_bootstrap(const struct made_sweep *b,
                                           uint64_t n_resamples)
{
    const struct rs_bootstrap_ask ask = {n_resamples, 17, 0.9};
    struct rs_bootstrap *out = NULL;
    struct rs_error err;

    made_data_refill(b->data, b->values);
    ck_assert_int_eq(rs_bootstrap_open(&out, &b->spec, &ask, &err), RS_OK);
    return out;
}

static void interval(struct rs_bootstrap *bootstrap, const struct made_sweep *b,
                     size_t y, size_t x, struct rs_bootstrap_limits *out)
{
    struct rs_fit fit;

    fit_pair(&b->spec, y, x, &fit);
    rs_bootstrap_interval(bootstrap, out, y, x, &fit);
}

/* ---- the slow reference ------------------------------------------ */

/* The slope on the given rows (repeated ones too) by the exact engine. */
static double slope_on(const struct made_sweep *b, size_t y, size_t x,
                       const size_t *rows, size_t n)
{
    double *values = calloc(COLUMNS * n, sizeof *values);
    struct rs_spec spec = b->spec;
    struct rs_dataset *data = NULL;
    struct rs_fit fit;

    ck_assert_ptr_nonnull(values);
    for (size_t j = 0; j < COLUMNS; j++)
        for (size_t i = 0; i < n; i++)
            values[j * n + i] = b->values[j * ROWS + rows[i]];
    data = made_data(values, n, COLUMNS);
    made_factor(&data->columns[5], n, 3);
    spec.data = data;
    fit_pair(&spec, y, x, &fit);
    rs_dataset_free(data);
    free(values);
    return fit.beta;
}

/* The rows that have y, x and the covariates. */
static size_t rows_of(const struct made_sweep *b, size_t y, size_t x,
                      size_t *rows)
{
    size_t n = 0;

    for (size_t i = 0; i < ROWS; i++) {
        bool there =
            !isnan(b->values[y * ROWS + i]) && !isnan(b->values[x * ROWS + i]);
        for (size_t k = 0; k < b->spec.n_covariates; k++)
            there =
                there && !isnan(b->values[b->spec.covariates[k] * ROWS + i]);
        if (there)
            rows[n++] = i;
    }
    return n;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Quantile of sorted values, by normal interpolation; NaN of NaN. */
static double quantile(const double *a, size_t n, double alpha)
{
    double m = (double)n + 1.0;
    double k = floor(m * alpha);
    double part = 0.0;

    if (isnan(alpha))
        return NAN;
    if (k < 1.0)
        return a[0];
    if (k >= (double)n)
        return a[n - 1];
    part =
        (gsl_cdf_ugaussian_Pinv(alpha) - gsl_cdf_ugaussian_Pinv(k / m)) /
        (gsl_cdf_ugaussian_Pinv((k + 1.0) / m) - gsl_cdf_ugaussian_Pinv(k / m));
    return a[(size_t)k - 1] + part * (a[(size_t)k] - a[(size_t)k - 1]);
}

static void slow_limits(const struct made_sweep *b, size_t y, size_t x,
                        struct rs_bootstrap_limits *out)
{
    double slopes[RESAMPLES];
    size_t rows[ROWS];
    size_t n = rows_of(b, y, x, rows);
    double whole = slope_on(b, y, x, rows, n);
    double sums[2] = {0.0};
    double z0 = 0.0;
    double a = 0.0;
    double z[2];

    out->n_valid = 0;
    for (uint64_t k = 0; k < RESAMPLES; k++) {
        uint32_t drawn[ROWS];
        size_t taken[ROWS];
        double slope = 0.0;
        rs_bootstrap_rows(drawn, (uint32_t)n, 17, k);
        for (size_t i = 0; i < n; i++)
            taken[i] = rows[drawn[i]];
        slope = slope_on(b, y, x, taken, n);
        if (!isnan(slope))
            slopes[out->n_valid++] = slope;
    }
    for (size_t i = 0; i < out->n_valid; i++)
        z0 += slopes[i] < whole ? 1.0 : 0.0;
    z0 = gsl_cdf_ugaussian_Pinv(z0 / (double)out->n_valid);
    for (size_t i = 0; i < n; i++) {
        size_t others[ROWS];
        double d = 0.0;
        for (size_t k = 0; k + 1 < n; k++)
            others[k] = rows[k < i ? k : k + 1];
        d = whole - slope_on(b, y, x, others, n - 1);
        sums[0] += d * d;
        sums[1] += d * d * d;
    }
    a = sums[1] / (6.0 * pow(sums[0], 1.5));
    qsort(slopes, out->n_valid, sizeof *slopes, compare);
    out->low = quantile(slopes, out->n_valid, 0.05);
    out->high = quantile(slopes, out->n_valid, 0.95);
    for (int i = 0; i < 2; i++) {
        z[i] = z0 + gsl_cdf_ugaussian_Pinv(i == 0 ? 0.05 : 0.95);
        z[i] = gsl_cdf_ugaussian_P(z0 + z[i] / (1.0 - a * z[i]));
    }
    out->bca_low = quantile(slopes, out->n_valid, z[0]);
    out->bca_high = quantile(slopes, out->n_valid, z[1]);
}

static void check_limits(const struct rs_bootstrap_limits *got,
                         const struct rs_bootstrap_limits *expected)
{
    double size = fabs(expected->high - expected->low);

    ck_assert_double_gt(size, 0.0);
    ck_assert_uint_eq(got->n_valid, expected->n_valid);
    ck_assert_double_eq_tol(got->low, expected->low, 1e-10 * size);
    ck_assert_double_eq_tol(got->high, expected->high, 1e-10 * size);
    ck_assert_double_eq_tol(got->bca_low, expected->bca_low, 1e-10 * size);
    ck_assert_double_eq_tol(got->bca_high, expected->bca_high, 1e-10 * size);
}

/* ---- against it -------------------------------------------------- */

static const struct {
    size_t n_covariates;
    bool intercept, weighted, missing;
} cases[] = {
    {0, true, false, false},  {0, false, false, false}, {0, true, true, false},
    {2, true, false, false},  {3, true, false, false},  {3, false, true, false},
    {2, false, false, false}, {0, true, false, true},   {3, true, true, true},
};

START_TEST(test_reference)
{
    struct made_sweep b;
    struct rs_bootstrap *bootstrap = NULL;

    bench_init(&b, cases[_i].n_covariates, cases[_i].intercept,
               cases[_i].weighted);
    if (cases[_i].missing) {
        b.values[0 * ROWS + 5] = NAN;
        b.values[1 * ROWS + 8] = NAN;
        b.values[1 * ROWS + 21] = NAN;
        b.values[3 * ROWS + 30] = NAN;
        load(&b);
    }
    bootstrap = made_bootstrap(&b, RESAMPLES);
    for (size_t x = 1; x < 3; x++) {
        struct rs_bootstrap_limits got;
        struct rs_bootstrap_limits expected;
        interval(bootstrap, &b, 0, x, &got);
        slow_limits(&b, 0, x, &expected);
        check_limits(&got, &expected);
    }
    rs_bootstrap_close(bootstrap);
    made_sweep_clear(&b);
}
END_TEST

/* A level of a covariate that two rows have, or one: resamples, and rows left
 * out, without it. */
START_TEST(test_rare_level)
{
    struct made_sweep b;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits got;
    struct rs_bootstrap_limits expected;

    bench_init(&b, 3, true, false);
    for (size_t i = 0; i < ROWS; i++)
        b.values[5 * ROWS + i] =
            i == 4 || (_i == 0 && i == 11) ? 2.0 : (double)(i % 2);
    load(&b);
    bootstrap = made_bootstrap(&b, RESAMPLES);
    interval(bootstrap, &b, 0, 1, &got);
    slow_limits(&b, 0, 1, &expected);
    check_limits(&got, &expected);
    rs_bootstrap_close(bootstrap);
    made_sweep_clear(&b);
}
END_TEST

/* Columns far from 0 and on other scales: the same digits. */
START_TEST(test_offsets)
{
    struct made_sweep b;
    struct rs_bootstrap_limits plain;
    struct rs_bootstrap_limits moved;
    struct rs_bootstrap *bootstrap = NULL;

    bench_init(&b, 2, true, false);
    for (size_t j = 0; j < 5; j++) /* few digits, so that shifts are exact */
        for (size_t i = 0; i < ROWS; i++)
            b.values[j * ROWS + i] =
                round(b.values[j * ROWS + i] * 1024.0) / 1024.0;
    bootstrap = made_bootstrap(&b, RESAMPLES);
    interval(bootstrap, &b, 0, 1, &plain);
    rs_bootstrap_close(bootstrap);
    for (size_t i = 0; i < ROWS; i++) {
        b.values[0 * ROWS + i] = ldexp(b.values[0 * ROWS + i] + 1048576.0, 300);
        b.values[1 * ROWS + i] =
            ldexp(b.values[1 * ROWS + i] - 1048576.0, -300);
        b.values[3 * ROWS + i] += 16777216.0;
    }
    bootstrap = made_bootstrap(&b, RESAMPLES);
    interval(bootstrap, &b, 0, 1, &moved);
    moved.low = ldexp(moved.low, -600);
    moved.high = ldexp(moved.high, -600);
    moved.bca_low = ldexp(moved.bca_low, -600);
    moved.bca_high = ldexp(moved.bca_high, -600);
    check_limits(&moved, &plain);
    rs_bootstrap_close(bootstrap);
    made_sweep_clear(&b);
}
END_TEST

/* An x that is nearly constant but for an outlier: where a resample misses
 * that, the plain denominator has lost its digits. */
START_TEST(test_outlier)
{
    struct made_sweep b;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits got;
    struct rs_bootstrap_limits expected;

    bench_init(&b, (size_t)_i, true, false);
    b.values[1 * ROWS + 3] = 1e7;
    bootstrap = made_bootstrap(&b, RESAMPLES);
    interval(bootstrap, &b, 0, 1, &got);
    slow_limits(&b, 0, 1, &expected);
    check_limits(&got, &expected);
    rs_bootstrap_close(bootstrap);
    made_sweep_clear(&b);
}
END_TEST

/* ---- resamples without a slope ----------------------------------- */

/* An x that two rows carry: resamples without them are dropped, as by the
 * reference. One row: without it there is no slope, and no BCa. */
START_TEST(test_dropped)
{
    struct made_sweep b;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits got;
    struct rs_bootstrap_limits expected;

    bench_init(&b, 2 * (size_t)_i, true, false);
    for (size_t i = 0; i < ROWS; i++)
        b.values[1 * ROWS + i] = i == 3 || i == 17 ? 1.0 : 0.0;
    bootstrap = made_bootstrap(&b, RESAMPLES);
    interval(bootstrap, &b, 0, 1, &got);
    slow_limits(&b, 0, 1, &expected);
    ck_assert_uint_lt(got.n_valid, RESAMPLES);
    check_limits(&got, &expected);
    rs_bootstrap_close(bootstrap);

    b.values[1 * ROWS + 17] = 0.0;
    bootstrap = made_bootstrap(&b, RESAMPLES);
    interval(bootstrap, &b, 0, 1, &got);
    slow_limits(&b, 0, 1, &expected);
    ck_assert_uint_eq(got.n_valid, expected.n_valid);
    ck_assert_double_eq_tol(got.low, expected.low, 1e-9);
    ck_assert_double_nan(got.bca_low);
    ck_assert_double_nan(got.bca_high);
    rs_bootstrap_close(bootstrap);
    made_sweep_clear(&b);
}
END_TEST

/* Two rows of three would do, but most resamples have no slope. */
START_TEST(test_too_few)
{
    struct made_sweep b;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits got;
    const struct rs_fit fit = {.outcome = RS_FIT_OK};
    const struct rs_fit perfect = {.outcome = RS_FIT_PERFECT};

    bench_init(&b, 2, true, false);
    for (size_t i = 5; i < ROWS; i++)
        b.values[1 * ROWS + i] = NAN;
    load(&b);
    bootstrap = made_bootstrap(&b, RESAMPLES);
    rs_bootstrap_interval(bootstrap, &got, 0, 1, &fit);
    ck_assert_uint_gt(got.n_valid, 0);
    ck_assert_uint_lt(2 * got.n_valid, RESAMPLES);
    ck_assert_double_nan(got.low);
    ck_assert_double_nan(got.bca_high);
    rs_bootstrap_interval(bootstrap, &got, 0, 2, &perfect);
    ck_assert_uint_eq(got.n_valid, 0);
    ck_assert_double_nan(got.high);
    rs_bootstrap_close(bootstrap);
    made_sweep_clear(&b);
}
END_TEST

/* ---- independence ------------------------------------------------ */

/* The same bits with and without a cache, alone and after other pairs, on
 * other rows in between. */
START_TEST(test_independence)
{
    struct made_sweep b;
    struct rs_bootstrap_limits first[2];
    struct rs_bootstrap_limits again;
    struct rs_bootstrap *bootstrap = NULL;

    bench_init(&b, 1, true, false);
    b.values[4 * ROWS + 9] = NAN;
    load(&b);
    for (size_t x = 1; x < 3; x++) {
        bootstrap = made_bootstrap(&b, RESAMPLES);
        interval(bootstrap, &b, 0, x, &first[x - 1]);
        rs_bootstrap_close(bootstrap);
    }
    for (int cached = 0; cached < 2; cached++) {
        b.spec.cache_bytes = cached == 0 ? 0 : 1 << 20;
        bootstrap = made_bootstrap(&b, RESAMPLES);
        for (int round = 0; round < 2; round++)
            for (size_t x = 1; x < 5; x++) {
                interval(bootstrap, &b, 0, x == 3 ? 2 : x, &again);
                if (x < 3)
                    ck_assert_mem_eq(&again, &first[x - 1], sizeof again);
                interval(bootstrap, &b, 2, 4, &again);
            }
        rs_bootstrap_close(bootstrap);
    }
    made_sweep_clear(&b);
}
END_TEST

/* So many resamples of so many rows that their counts are made in parts. */
START_TEST(test_parts)
{
    enum { N = 400000, B = 100 };
    double *values = calloc(2 * (size_t)N, sizeof *values);
    uint32_t *rows = calloc(N, sizeof *rows);
    double slopes[B];
    struct rs_dataset *data = NULL;
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits got;
    const struct rs_bootstrap_ask ask = {B, 5, 0.8};
    const struct rs_fit fit = {.outcome = RS_FIT_OK};
    struct rs_spec spec = {.intercept = true};
    struct rs_error err;
    uint64_t state = 8;

    ck_assert(values != NULL && rows != NULL);
    for (size_t i = 0; i < N; i++) {
        values[N + i] = made_uniform(&state);
        values[i] = made_uniform(&state) + 0.01 * values[N + i];
    }
    data = made_data(values, N, 2);
    spec.data = data;
    ck_assert_int_eq(rs_bootstrap_open(&bootstrap, &spec, &ask, &err), RS_OK);
    rs_bootstrap_interval(bootstrap, &got, 0, 1, &fit);
    ck_assert_uint_eq(got.n_valid, B);
    for (uint64_t b = 0; b < B; b++) {
        double s[4] = {0.0};
        rs_bootstrap_rows(rows, N, 5, b);
        for (size_t i = 0; i < N; i++) {
            double y = values[rows[i]] - 0.5;
            double x = values[N + rows[i]] - 0.5;
            s[0] += x;
            s[1] += y;
            s[2] += x * x;
            s[3] += x * y;
        }
        slopes[b] = (s[3] - s[0] * s[1] / N) / (s[2] - s[0] * s[0] / N);
    }
    qsort(slopes, B, sizeof *slopes, compare);
    ck_assert_double_eq_tol(got.low, quantile(slopes, B, 0.1), 1e-12);
    ck_assert_double_eq_tol(got.high, quantile(slopes, B, 0.9), 1e-12);
    rs_bootstrap_close(bootstrap);
    rs_dataset_free(data);
    free(rows);
    free(values);
}
END_TEST

/* ---- limits alone ------------------------------------------------ */

/* boot.ci() of R's boot 1.3-28.1 for t = ((1:99 * 37) %% 101)^2 / 50, t0 = 70
 * and L = c(1, 2, -4, 3, -1, 0.5). */
static const struct {
    double level, low, high, bca_low, bca_high;
} from_r[] = {
    {0.90, 0.5, 184.32, 2.5195949225988121, 195.6461969348503089},
    {0.95, 0.1342249498839759, 193.8835369745713706, 0.70867134972886092,
     199.90346422733344411},
    {0.99, 0.02, 200.0, 0.036748314377863453, 200.0},
};

START_TEST(test_limits)
{
    const double a = -0.027548357482797409;
    struct rs_bootstrap_limits got;
    double t[99];

    for (int i = 0; i < 99; i++)
        t[i] = pow((i + 1) * 37 % 101, 2.0) / 50.0;
    rs_bootstrap_find_limits(&got, t, 99, 70.0, 0.0, a, from_r[_i].level);
    ck_assert_double_eq_tol(got.low, from_r[_i].low, 1e-11);
    ck_assert_double_eq_tol(got.high, from_r[_i].high, 1e-11);
    ck_assert_double_eq_tol(got.bca_low, from_r[_i].bca_low, 1e-11);
    ck_assert_double_eq_tol(got.bca_high, from_r[_i].bca_high, 1e-11);
}
END_TEST

/* Order statistics of any values: every level is that of a full sort. */
START_TEST(test_ranks)
{
    enum { MOST = 3000 };
    static double t[MOST];
    static double sorted[MOST];
    size_t sizes[] = {1, 2, 3, 17, 40, 999, MOST};
    uint64_t state = 12;

    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        for (int kind = 0; kind < 4; kind++)
            for (double level = 0.02; level < 1.0; level += 0.07) {
                struct rs_bootstrap_limits got;
                size_t n = sizes[s];
                for (size_t i = 0; i < n; i++) {
                    double u = made_uniform(&state);
                    double v[] = {u, floor(4.0 * u), (double)i, 1.0};
                    t[i] = v[kind];
                }
                memcpy(sorted, t, n * sizeof *t);
                qsort(sorted, n, sizeof *t, compare);
                rs_bootstrap_find_limits(&got, t, n, 0.5, 0.0, 0.0, level);
                ck_assert_double_eq_tol(
                    got.low, quantile(sorted, n, (1.0 - level) / 2.0), 1e-9);
                ck_assert_double_eq_tol(
                    got.high, quantile(sorted, n, (1.0 + level) / 2.0), 1e-9);
            }
}
END_TEST

/* Without bias or acceleration BCa is the percentile; ties count half; what
 * cannot be corrected is NaN. */
START_TEST(test_bca_edges)
{
    struct rs_bootstrap_limits got;
    double t[100];

    for (int i = 0; i < 100; i++)
        t[i] = i < 40 ? (double)i : (i < 60 ? 50.0 : (double)i);
    rs_bootstrap_find_limits(&got, t, 100, 50.0, 1e-9, 0.0, 0.9);
    ck_assert_double_eq_tol(got.bca_low, got.low, 1e-9);
    ck_assert_double_eq_tol(got.bca_high, got.high, 1e-9);
    rs_bootstrap_find_limits(&got, t, 100, 50.0, 1e-9, NAN, 0.9);
    ck_assert_double_nan(got.bca_low);
    ck_assert(!isnan(got.low));
    rs_bootstrap_find_limits(&got, t, 100, 50.0, 1e-9, 2.0, 0.9);
    ck_assert_double_nan(got.bca_low);
    ck_assert_double_nan(got.bca_high);
    rs_bootstrap_find_limits(&got, t, 100, 1000.0, 1e-9, 0.0, 0.9);
    ck_assert_double_nan(got.bca_low);
    rs_bootstrap_find_limits(&got, t, 0, 1.0, 1e-9, 0.0, 0.9);
    ck_assert_double_nan(got.low);
}
END_TEST

START_TEST(test_refusals)
{
    struct made_sweep b;
    struct rs_bootstrap *out = NULL;
    struct rs_bootstrap_ask ask = {0, 1, 0.95};
    struct rs_error err;

    bench_init(&b, 0, true, false);
    ck_assert_int_eq(rs_bootstrap_open(&out, &b.spec, &ask, &err),
                     RS_ERR_USAGE);
    ask.n_resamples = (uint64_t)1 << 32;
    ck_assert_int_eq(rs_bootstrap_open(&out, &b.spec, &ask, &err),
                     RS_ERR_USAGE);
    ck_assert_ptr_null(out);
    made_sweep_clear(&b);
}
END_TEST

/* Several coefficients, and clusters that overlap. */
START_TEST(test_checks)
{
    const struct rs_errors_ask two = {.clusters = {5, 6}, .n_clusters = 2};
    const size_t x[] = {1, 2};
    struct made_sweep b;
    struct rs_error err;

    bench_init(&b, 0, true, false);
    ck_assert_int_eq(rs_bootstrap_check(&b.spec, x, 2, &err), RS_OK);
    b.spec.poly = 3;
    ck_assert_int_eq(rs_bootstrap_check(&b.spec, x, 2, &err), RS_OK);
    b.spec.test_all = true;
    ck_assert_int_eq(rs_bootstrap_check(&b.spec, x, 2, &err), RS_ERR_USAGE);
    b.spec.poly = 0;
    b.spec.errors_ask = &two;
    ck_assert_int_eq(rs_bootstrap_check(&b.spec, x, 2, &err), RS_ERR_USAGE);
    made_sweep_clear(&b);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_reference, sizeof cases / sizeof cases[0]},
    {&test_rare_level, 2},
    {&test_offsets, 1},
    {&test_outlier, 3},
    {&test_dropped, 2},
    {&test_too_few, 1},
    {&test_independence, 1},
    {&test_parts, 1},
    {&test_limits, sizeof from_r / sizeof from_r[0]},
    {&test_ranks, 1},
    {&test_bca_edges, 1},
    {&test_refusals, 1},
    {&test_checks, 1},
};
SUITE(bootstrap, tests)
