/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute.h"

#include "made_data.h"
#include "random.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 128, MOST_COLUMNS = 64 };

/* A dataset of columns [y][x][covariates] and the plan of a run on it. */
struct bench {
    double *values; /* [columns][n] */
    size_t n, n_y, n_x, n_z;
    size_t columns[3 * MOST_COLUMNS];
    struct rs_dataset *data;
    struct rs_plan plan;
    struct rs_model_spec spec;
    struct rs_engine_env env;
};

static void bench_plan(struct bench *b, enum rs_pairs pairs)
{
    const struct rs_tile_shape shape = {4, 4};
    bool unique = pairs == RS_PAIRS_UNIQUE;
    struct rs_error err;

    rs_plan_clear(&b->plan);
    ck_assert_int_eq(rs_plan_init(&b->plan, pairs, b->columns, b->n_y,
                                  b->columns + (unique ? 0 : b->n_y),
                                  unique ? b->n_y : b->n_x,
                                  b->columns + b->n_y + b->n_x, b->n_z, shape,
                                  &err),
                     RS_OK);
}

/* Random numbers, every y with some of the covariates in it; the first column
 * of x is half the first of y. */
static void bench_init(struct bench *b, size_t n, size_t n_y, size_t n_x,
                       size_t n_z, bool intercept)
{
    size_t m = n_y + n_x + n_z;
    uint64_t state = 5 * n + m;

    *b = (struct bench){.n = n, .n_y = n_y, .n_x = n_x, .n_z = n_z};
    b->values = calloc(m * n, sizeof(double));
    ck_assert_ptr_nonnull(b->values);
    for (size_t k = 0; k < m * n; k++)
        b->values[k] = made_normal(&state);
    for (size_t i = 0; i < n; i++) {
        double *row = b->values + i;
        row[n_y * n] += 0.5 * row[0];
        for (size_t j = 0; n_z > 0 && j < n_y; j++)
            row[j * n] += 3.0 + 2.0 * row[(m - 1) * n];
    }
    b->data = made_data(b->values, n, m);
    for (size_t j = 0; j < m; j++) {
        static char name[] = "c";
        b->columns[j] = j;
        b->data->columns[j].name = name;
    }
    b->spec.data = b->data;
    b->spec.covariates = b->columns + n_y + n_x;
    b->spec.n_covariates = n_z;
    b->spec.intercept = intercept;
    b->env.plan = &b->plan;
    b->env.model = &rs_model_ols;
    b->env.spec = &b->spec;
    b->env.kernel = rs_kernel_find(NULL);
    bench_plan(b, RS_PAIRS_ALL);
}

static void bench_clear(struct bench *b)
{
    rs_plan_clear(&b->plan);
    made_data_free(b->data);
    free(b->values);
}

static struct rs_permute *made_permute(const struct bench *b,
                                       enum rs_permute_family family,
                                       uint64_t n_permutations)
{
    const struct rs_permute_ask ask = {family, n_permutations, 42};
    struct rs_permute *permute = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_permute_new(&permute, &b->env, &ask, 2, &err), RS_OK);
    return permute;
}

static struct rs_permute_worker *made_worker(const struct rs_permute *permute)
{
    struct rs_permute_worker *worker = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_permute_open(&worker, permute, &err), RS_OK);
    return worker;
}

/* ---- the slow reference -------------------------------------------------- */

/* Takes k orthonormal vectors out of one, twice. */
static void take_out(long double *left, long double basis[][MOST_ROWS],
                     size_t k, size_t n)
{
    for (size_t l = 0; l < 2 * k; l++) {
        long double c = 0.0L;
        for (size_t i = 0; i < n; i++)
            c += basis[l % k][i] * left[i];
        for (size_t i = 0; i < n; i++)
            left[i] -= c * basis[l % k][i];
    }
}

/* Splits a column into its regression on intercept and covariates, by
 * Gram-Schmidt in long double, and the rest. */
static void split(const struct bench *b, const double *v, double *fitted,
                  double *rest)
{
    static long double basis[MOST_COLUMNS][MOST_ROWS];
    size_t n = b->n;
    size_t k = 0;
    const double *z = b->values + (b->n_y + b->n_x) * n;
    long double left[MOST_ROWS];

    for (size_t j = b->spec.intercept ? 0 : 1; j <= b->n_z; j++, k++) {
        long double norm = 0.0L;
        for (size_t i = 0; i < n; i++)
            left[i] = j == 0 ? 1.0L : (long double)z[(j - 1) * n + i];
        take_out(left, basis, k, n);
        for (size_t i = 0; i < n; i++)
            norm += left[i] * left[i];
        for (size_t i = 0; i < n; i++)
            basis[k][i] = left[i] / sqrtl(norm);
    }
    for (size_t i = 0; i < n; i++)
        left[i] = (long double)v[i];
    take_out(left, basis, k, n);
    for (size_t i = 0; i < n; i++) {
        rest[i] = (double)left[i];
        fitted[i] = (double)((long double)v[i] - left[i]);
    }
}

/* |r| of all pairs by the exact engine, every y being what it is with its
 * residuals permuted. */
static void exact_r(const struct bench *b, const uint32_t *rows, double *r)
{
    size_t m = b->n_y + b->n_x + b->n_z;
    double *values = calloc(m * b->n, sizeof *values);
    double fitted[MOST_ROWS];
    double rest[MOST_ROWS];
    struct rs_model_spec spec = b->spec;
    struct rs_dataset *data = NULL;
    void *state = NULL;
    struct rs_error err;

    ck_assert_ptr_nonnull(values);
    memcpy(values, b->values, m * b->n * sizeof *values);
    for (size_t j = 0; j < b->n_y; j++) {
        split(b, b->values + j * b->n, fitted, rest);
        for (size_t i = 0; i < b->n; i++)
            values[j * b->n + i] = fitted[i] + rest[rows[i]];
    }
    data = made_data(values, b->n, m);
    spec.data = data;
    ck_assert_int_eq(rs_model_ols.open(&state, &spec, &err), RS_OK);
    for (size_t i = 0; i < b->plan.n_y; i++)
        for (size_t j = 0; j < b->plan.n_x; j++) {
            struct rs_fit fit;
            /* x of a pair is never permuted, though it may be a y as well */
            double *x = values + b->plan.x[j] * b->n;
            double kept[MOST_ROWS];
            size_t y_row = b->plan.y[i];
            r[i * b->plan.n_x + j] = 0.0;
            if (!rs_plan_has(&b->plan, i, j))
                continue;
            memcpy(kept, x, b->n * sizeof *kept);
            memcpy(x, b->values + b->plan.x[j] * b->n, b->n * sizeof *kept);
            rs_model_ols.close(state);
            ck_assert_int_eq(rs_model_ols.open(&state, &spec, &err), RS_OK);
            rs_model_ols.fit(state, y_row, b->plan.x[j], &fit);
            memcpy(x, kept, b->n * sizeof *kept);
            if (fit.outcome == RS_FIT_OK)
                r[i * b->plan.n_x + j] =
                    fabs(fit.stat) / hypot(fit.stat, sqrt(fit.df));
            else if (fit.outcome == RS_FIT_PERFECT)
                r[i * b->plan.n_x + j] = 1.0;
        }
    rs_model_ols.close(state);
    made_data_free(data);
    free(values);
}

static size_t family_of(enum rs_permute_family family, size_t y, size_t x)
{
    switch (family) {
    case RS_PERMUTE_PER_Y:
        return y;
    case RS_PERMUTE_PER_X:
        return x;
    case RS_PERMUTE_ALL:
        break;
    }
    return 0;
}

static void take_largest(const struct bench *b, enum rs_permute_family family,
                         const double *r, double *maxima, size_t n_families)
{
    for (size_t f = 0; f < n_families; f++)
        maxima[f] = 0.0;
    for (size_t i = 0; i < b->plan.n_y; i++)
        for (size_t j = 0; j < b->plan.n_x; j++) {
            size_t f = family_of(family, i, j);
            maxima[f] = fmax(maxima[f], r[i * b->plan.n_x + j]);
        }
}

static void fit_of(const struct bench *b, size_t y, size_t x,
                   struct rs_fit *fit)
{
    void *state = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_model_ols.open(&state, &b->spec, &err), RS_OK);
    rs_model_ols.fit(state, b->plan.y[y], b->plan.x[x], fit);
    rs_model_ols.close(state);
}

/* ---- all permutations ---------------------------------------------------- */

/* The next permutation in the order of the dictionary. */
static bool next_permutation(uint32_t *a, size_t n)
{
    size_t i = n - 1;
    size_t j = n - 1;
    uint32_t t = 0;

    while (i > 0 && a[i - 1] >= a[i])
        i--;
    if (i == 0)
        return false;
    while (a[j] <= a[i - 1])
        j--;
    t = a[i - 1];
    a[i - 1] = a[j];
    a[j] = t;
    for (j = n - 1; i < j; i++, j--) {
        t = a[i];
        a[i] = a[j];
        a[j] = t;
    }
    return true;
}

/* Every permutation of few rows: the maxima are those of the exact engine,
 * and p is the share of permutations that reach the pair, itself among them,
 * with one more above and below. */
static void enumerate(size_t n_z, bool intercept, enum rs_permute_family family)
{
    enum { ROWS = 6, ALL = 720, N_Y = 3, N_X = 2 };
    struct bench b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    uint32_t rows[ROWS] = {0, 1, 2, 3, 4, 5};
    static double maxima[ALL][N_Y];
    double observed[N_Y * N_X];
    size_t n_families = 0;
    size_t at = 0;

    bench_init(&b, ROWS, N_Y, N_X, n_z, intercept);
    permute = made_permute(&b, family, ALL);
    worker = made_worker(permute);
    n_families = rs_permute_families(permute);
    exact_r(&b, rows, observed);
    do {
        double r[N_Y * N_X];
        const double *got = rs_permute_maxima(worker, rows);
        exact_r(&b, rows, r);
        take_largest(&b, family, r, maxima[at], n_families);
        for (size_t f = 0; f < n_families; f++)
            ck_assert_double_eq_tol(got[f], maxima[at][f], 1e-12);
        rs_permute_take(permute, got, n_families * sizeof *got);
        at++;
    } while (next_permutation(rows, ROWS));
    ck_assert_uint_eq(at, ALL);
    rs_permute_finish(permute);
    for (size_t i = 0; i < N_Y; i++)
        for (size_t j = 0; j < N_X; j++) {
            struct rs_fit fit;
            unsigned reach = 0;
            for (at = 0; at < ALL; at++)
                if (maxima[at][family_of(family, i, j)] >=
                    observed[i * N_X + j] - 1e-10)
                    reach++;
            fit_of(&b, i, j, &fit);
            ck_assert_uint_ge(reach, 1);
            ck_assert_double_eq(rs_permute_p(permute, i, j, &fit),
                                (reach + 1.0) / (ALL + 1.0));
        }
    rs_permute_close(worker);
    rs_permute_free(permute);
    bench_clear(&b);
}

START_TEST(test_enumerate)
{
    enumerate(0, true, (enum rs_permute_family)_i);
    enumerate(1, true, (enum rs_permute_family)_i);
    enumerate(0, false, (enum rs_permute_family)_i);
    enumerate(2, false, (enum rs_permute_family)_i);
}
END_TEST

/* ---- drawn permutations -------------------------------------------------- */

enum { DRAWN = 30 };

static void check_drawn(const struct bench *b, enum rs_permute_family family)
{
    struct rs_permute *permute = made_permute(b, family, DRAWN);
    struct rs_permute_worker *worker = made_worker(permute);
    size_t n_families = rs_permute_families(permute);
    double *r = calloc(b->plan.n_y * b->plan.n_x, sizeof *r);
    double *maxima = calloc(n_families, sizeof *maxima);

    ck_assert(r != NULL && maxima != NULL);
    for (uint64_t number = 0; number < DRAWN; number += 10) {
        const double *got = rs_permute_work(worker, number);
        struct rs_random random;
        uint32_t rows[MOST_ROWS];
        rs_random_start(&random, 42, RS_RANDOM_PERMUTE, number);
        rs_random_permutation(rows, (uint32_t)b->n, &random);
        exact_r(b, rows, r);
        take_largest(b, family, r, maxima, n_families);
        for (size_t f = 0; f < n_families; f++)
            ck_assert_double_eq_tol(got[f], maxima[f], 1e-12);
    }
    free(maxima);
    free(r);
    rs_permute_close(worker);
    rs_permute_free(permute);
}

static const char *const kernels[] = {"avx512", "avx2", "blas"};

START_TEST(test_drawn)
{
    struct bench b;
    const struct rs_kernel *kernel = rs_kernel_find(kernels[_i]);

    if (kernel == NULL) {
        (void)printf("SKIP: kernel %s is not for this machine\n", kernels[_i]);
        return;
    }
    bench_init(&b, 41, 11, 29, 2, true);
    b.env.kernel = kernel;
    for (int family = 0; family < 3; family++)
        check_drawn(&b, (enum rs_permute_family)family);
    b.n_x = 11; /* the i-th y with the i-th x */
    b.n_z = 0;
    b.spec.n_covariates = 0;
    bench_plan(&b, RS_PAIRS_MATCHED);
    for (int family = 0; family < 3; family++)
        check_drawn(&b, (enum rs_permute_family)family);
    bench_clear(&b);

    bench_init(&b, 30, 13, 1, 1, true);
    b.env.kernel = kernel;
    bench_plan(&b, RS_PAIRS_UNIQUE);
    for (int family = 0; family < 3; family++)
        check_drawn(&b, (enum rs_permute_family)family);
    bench_clear(&b);
}
END_TEST

/* A column that is y and x: no pair with itself. */
START_TEST(test_self)
{
    struct bench b;

    bench_init(&b, 20, 5, 5, 1, true);
    for (size_t j = 0; j < 3; j++)
        b.columns[5 + j] = j + 1;
    bench_plan(&b, RS_PAIRS_ALL);
    for (int family = 0; family < 3; family++)
        check_drawn(&b, (enum rs_permute_family)family);
    bench_clear(&b);
}
END_TEST

/* ---- long columns and wide plans ----------------------------------------- */

/* Takes z out of v. */
static void take_out_one(double *v, const double *z, size_t n)
{
    double zz = 0.0;
    double zv = 0.0;

    for (size_t i = 0; i < n; i++) {
        zz += z[i] * z[i];
        zv += z[i] * v[i];
    }
    for (size_t i = 0; i < n; i++)
        v[i] -= zv / zz * z[i];
}

/* |r| of v, what z leaves of it permuted, and w, given z. */
static double plain_r(const double *v, const double *w, const double *z,
                      const uint32_t *rows, size_t n)
{
    double *a = calloc(3 * n, sizeof *a);
    double *left = a + n;
    double *x = a + 2 * n;
    double sum[3] = {0.0};

    ck_assert_ptr_nonnull(a);
    memcpy(left, v, n * sizeof *v);
    memcpy(x, w, n * sizeof *w);
    take_out_one(left, z, n);
    take_out_one(x, z, n);
    for (size_t i = 0; i < n; i++)
        a[i] = left[rows[i]];
    take_out_one(a, z, n);
    for (size_t i = 0; i < n; i++) {
        sum[0] += a[i] * a[i];
        sum[1] += x[i] * x[i];
        sum[2] += a[i] * x[i];
    }
    free(a);
    return fabs(sum[2]) / sqrt(sum[0] * sum[1]);
}

/* Rows in several pieces, x in several groups of blocks, y in several groups:
 * the same maxima as by plain sums. */
START_TEST(test_large)
{
    enum { N = 1400, N_Y = 130, N_X = 1600 };
    struct bench b = {.n = N};
    size_t m = N_Y + N_X + 1;
    size_t *columns = calloc(m, sizeof *columns);
    uint32_t rows[N];
    uint64_t state = 77;
    const double *z = NULL;
    const double *got = NULL;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    struct rs_random random;
    const struct rs_tile_shape shape = {4, 4};
    struct rs_error err;

    b.values = calloc(m * N, sizeof *b.values);
    ck_assert(columns != NULL && b.values != NULL);
    for (size_t k = 0; k < m * N; k++)
        b.values[k] = made_uniform(&state);
    for (size_t j = 0; j < m; j++)
        columns[j] = j;
    z = b.values + (m - 1) * N;
    b.data = made_data(b.values, N, m);
    b.spec = (struct rs_model_spec){
        .data = b.data, .covariates = columns + m - 1, .n_covariates = 1};
    b.env = (struct rs_engine_env){.plan = &b.plan,
                                   .model = &rs_model_ols,
                                   .spec = &b.spec,
                                   .kernel = rs_kernel_find(NULL)};
    ck_assert_int_eq(rs_plan_init(&b.plan, RS_PAIRS_ALL, columns, N_Y,
                                  columns + N_Y, N_X, columns + m - 1, 1, shape,
                                  &err),
                     RS_OK);
    permute = made_permute(&b, RS_PERMUTE_PER_X, 5);
    worker = made_worker(permute);
    rs_random_start(&random, 42, RS_RANDOM_PERMUTE, 3);
    rs_random_permutation(rows, N, &random);
    got = rs_permute_work(worker, 3);
    for (size_t j = 0; j < N_X; j += 41) {
        double most = 0.0;
        for (size_t i = 0; i < N_Y; i++)
            most = fmax(most, plain_r(b.values + i * N,
                                      b.values + (N_Y + j) * N, z, rows, N));
        ck_assert_double_eq_tol(got[j], most, 1e-13);
    }
    rs_permute_close(worker);
    rs_permute_free(permute);
    rs_plan_clear(&b.plan);
    made_data_free(b.data);
    free(b.values);
    free(columns);
}
END_TEST

/* ---- the whole run ------------------------------------------------------- */

static void count_tick(void *ctx, const struct rs_pool_stats *stats)
{
    uint64_t *done = ctx;

    ck_assert_uint_le(stats->jobs_committed, stats->n_jobs);
    *done = stats->jobs_committed;
}

/* The same p for any number of workers, and those of the maxima. */
START_TEST(test_workers)
{
    enum { N_Y = 7, N_X = 9, B = 99 };
    enum rs_permute_family family = (enum rs_permute_family)_i;
    struct bench b;
    double p[3][N_Y * N_X];
    static double maxima[B][N_X];

    bench_init(&b, 25, N_Y, N_X, 1, true);
    for (unsigned w = 0; w < 3; w++) {
        struct rs_permute *permute = made_permute(&b, family, B);
        uint64_t done = 0;
        const struct rs_permute_run run = {w + 1, NULL, &done, count_tick};
        struct rs_pool_stats stats;
        struct rs_error err;
        size_t n_families = rs_permute_families(permute);
        struct rs_permute_worker *worker = made_worker(permute);
        for (uint64_t at = 0; at < B; at++)
            memcpy(maxima[at], rs_permute_work(worker, at),
                   n_families * sizeof(double));
        rs_permute_close(worker);
        ck_assert_uint_eq(rs_permute_bytes(permute),
                          n_families * B * sizeof(double));
        ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
        ck_assert_uint_eq(done, B);
        for (size_t i = 0; i < N_Y; i++)
            for (size_t j = 0; j < N_X; j++) {
                struct rs_fit fit;
                unsigned reach = 0;
                fit_of(&b, i, j, &fit);
                for (size_t at = 0; at < B; at++)
                    if (maxima[at][family_of(family, i, j)] >=
                        fabs(rs_fit_value(&fit, RS_FIELD_R, 0.95)))
                        reach++;
                p[w][i * N_X + j] = rs_permute_p(permute, i, j, &fit);
                ck_assert_double_eq(p[w][i * N_X + j],
                                    (reach + 1.0) / (B + 1.0));
            }
        rs_permute_free(permute);
    }
    ck_assert_mem_eq(p[0], p[1], sizeof p[0]);
    ck_assert_mem_eq(p[0], p[2], sizeof p[0]);
    bench_clear(&b);
}
END_TEST

/* ---- odd columns --------------------------------------------------------- */

static double p_of(const struct bench *b, const struct rs_permute *permute,
                   size_t y, size_t x)
{
    struct rs_fit fit;

    fit_of(b, y, x, &fit);
    return rs_permute_p(permute, y, x, &fit);
}

/* Columns without a test take no part and have no p; the others have the p
 * that they have without these, and columns that plain arithmetic cannot
 * prepare have that of their common brothers. */
START_TEST(test_odd_columns)
{
    enum { N = 24, B = 50 };
    struct bench b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    const struct rs_permute_run run = {.n_workers = 1};
    struct rs_pool_stats stats;
    struct rs_error err;
    double alone = 0.0;

    bench_init(&b, N, 3, 5, 1, true);
    permute = made_permute(&b, RS_PERMUTE_PER_X, B);
    worker = made_worker(permute);
    alone = rs_permute_work(worker, 0)[3];
    rs_permute_close(worker);
    rs_permute_free(permute);
    for (size_t i = 0; i < N; i++) {
        double *row = b.values + i;
        row[1 * N] = 7.0;                                      /* y: constant */
        row[3 * N] = 7.0;                                      /* x: constant */
        row[4 * N] = 3.0 * row[8 * N] - 1.0;                   /* collinear */
        row[5 * N] = i == 4 ? INFINITY : row[5 * N];           /* infinite */
        row[7 * N] = ldexp(row[6 * N], 900) + ldexp(1.0, 890); /* too large */
        row[2 * N] = row[0 * N];
    }
    made_data_free(b.data);
    b.data = made_data(b.values, N, 9);
    b.spec.data = b.data;
    permute = made_permute(&b, RS_PERMUTE_PER_X, B);
    worker = made_worker(permute);
    for (size_t j = 0; j < 3; j++)
        ck_assert_double_eq(rs_permute_work(worker, 0)[j], 0.0);
    ck_assert_double_eq_tol(rs_permute_work(worker, 0)[3],
                            rs_permute_work(worker, 0)[4], 1e-14);
    ck_assert_double_le(rs_permute_work(worker, 0)[3], alone);
    ck_assert_double_gt(rs_permute_work(worker, 0)[3], 0.0);
    rs_permute_close(worker);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
    for (size_t j = 0; j < 5; j++)
        ck_assert_double_nan(p_of(&b, permute, 1, j));
    for (size_t j = 0; j < 3; j++)
        ck_assert_double_nan(p_of(&b, permute, 0, j));
    ck_assert_double_eq(p_of(&b, permute, 0, 3), p_of(&b, permute, 2, 3));
    ck_assert_double_eq(p_of(&b, permute, 0, 3), p_of(&b, permute, 0, 4));
    rs_permute_free(permute);
    bench_clear(&b);
}
END_TEST

/* An x that the covariate nearly explains, and a y that x nearly explains:
 * they need the exact engine in a sweep and take part here. */
START_TEST(test_delicate)
{
    enum { N = 40, B = 199 };
    struct bench b;
    struct rs_permute *permute = NULL;
    const struct rs_permute_run run = {.n_workers = 2};
    struct rs_pool_stats stats;
    struct rs_error err;

    bench_init(&b, N, 2, 2, 1, true);
    for (size_t i = 0; i < N; i++) {
        double *row = b.values + i;
        row[2 * N] = row[4 * N] + 1e-11 * row[2 * N];
        row[0 * N] = row[3 * N] + 1e-9 * row[0 * N];
    }
    check_drawn(&b, RS_PERMUTE_ALL);
    permute = made_permute(&b, RS_PERMUTE_PER_Y, B);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
    ck_assert_double_eq(p_of(&b, permute, 0, 1), 1.0 / (B + 1));
    ck_assert_double_gt(p_of(&b, permute, 0, 0), 1.0 / (B + 1));
    rs_permute_free(permute);
    bench_clear(&b);
}
END_TEST

/* A permutation that makes a column of y the covariate: nothing is left. */
START_TEST(test_nothing_left)
{
    static const double values[] = {1, 0, 1, 0, /* y */
                                    1, 0, 0, 5, /* x */
                                    1, 1, 0, 0 /* covariate */};
    const uint32_t rows[] = {0, 2, 1, 3};
    struct bench b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;

    bench_init(&b, 4, 1, 1, 1, true);
    memcpy(b.values, values, sizeof values);
    permute = made_permute(&b, RS_PERMUTE_ALL, 1);
    worker = made_worker(permute);
    ck_assert_double_eq(*rs_permute_maxima(worker, rows), 0.0);
    rs_permute_close(worker);
    rs_permute_free(permute);
    bench_clear(&b);
}
END_TEST

START_TEST(test_too_few_rows)
{
    struct bench b;
    struct rs_permute *permute = NULL;
    const struct rs_permute_run run = {.n_workers = 1};
    struct rs_pool_stats stats;
    struct rs_error err;

    bench_init(&b, 4, 1, 1, 2, true);
    permute = made_permute(&b, RS_PERMUTE_ALL, 3);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
    ck_assert_double_nan(p_of(&b, permute, 0, 0));
    rs_permute_free(permute);
    bench_clear(&b);
}
END_TEST

/* ---- refusals ------------------------------------------------------------ */

static void refused(const struct bench *b, uint64_t n_permutations,
                    enum rs_status status, const char *word)
{
    const struct rs_permute_ask ask = {RS_PERMUTE_ALL, n_permutations, 1};
    struct rs_permute *permute = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_permute_new(&permute, &b->env, &ask, 1, &err), status);
    ck_assert_ptr_null(permute);
    ck_assert_msg(strstr(err.text, word) != NULL, "%s", err.text);
}

START_TEST(test_refusals)
{
    struct bench b;
    const struct rs_model other = rs_model_ols;
    const size_t weights = 2;

    bench_init(&b, 8, 1, 1, 1, true);
    refused(&b, 0, RS_ERR_USAGE, "--permute");
    b.env.model = &other;
    refused(&b, 9, RS_ERR_USAGE, "--model");
    b.env.model = &rs_model_ols;
    b.spec.weights = &weights;
    refused(&b, 9, RS_ERR_USAGE, "--weights");
    b.spec.weights = NULL;
    for (size_t j = 0; j < 3; j++) {
        b.data->columns[j].n_missing = 1;
        refused(&b, 9, RS_ERR_INCONSISTENT, "--missing listwise or mean");
        b.data->columns[j].n_missing = 0;
    }
    refused(&b, UINT64_MAX / 4, RS_ERR_NOMEM, "");
    bench_clear(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("permute");
    TCase *tcase = tcase_create("all");

    tcase_set_timeout(tcase, 120.0);
    tcase_add_loop_test(tcase, test_enumerate, 0, 3);
    tcase_add_loop_test(tcase, test_drawn, 0, 3);
    tcase_add_test(tcase, test_self);
    tcase_add_test(tcase, test_large);
    tcase_add_loop_test(tcase, test_workers, 0, 3);
    tcase_add_test(tcase, test_odd_columns);
    tcase_add_test(tcase, test_delicate);
    tcase_add_test(tcase, test_nothing_left);
    tcase_add_test(tcase, test_too_few_rows);
    tcase_add_test(tcase, test_refusals);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
