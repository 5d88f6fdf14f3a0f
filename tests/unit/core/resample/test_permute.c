/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute.h"

#include "random.h"
#include "run_suite.h"
#include "slow_permute.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- all permutations -------------------------------------------- */

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
static void enumerate(size_t n_z, bool intercept, enum rs_family family)
{
    enum { ROWS = 6, ALL = 720, N_Y = 3, N_X = 2 };
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    uint32_t rows[ROWS] = {0, 1, 2, 3, 4, 5};
    static double maxima[ALL][N_Y];
    double observed[N_Y * N_X];
    size_t n_families = 0;
    size_t at = 0;

    slow_init(&b, ROWS, N_Y, N_X, n_z, intercept);
    permute = slow_permute(&b, family, ALL);
    worker = slow_worker(permute);
    n_families = rs_permute_families(permute);
    slow_r(&b, rows, observed);
    do {
        double r[N_Y * N_X];
        const double *got = rs_permute_maxima(worker, rows);
        slow_r(&b, rows, r);
        slow_largest(&b, family, r, maxima[at], n_families);
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
                if (maxima[at][slow_family(family, i, j)] >=
                    observed[i * N_X + j] - 1e-10)
                    reach++;
            made_sweep_fit(&b, i, j, &fit);
            ck_assert_uint_ge(reach, 1);
            ck_assert_double_eq(rs_permute_p(permute, i, j, &fit),
                                (reach + 1.0) / (ALL + 1.0));
        }
    rs_permute_close(worker);
    rs_permute_free(permute);
    made_sweep_clear(&b);
}

START_TEST(test_enumerate)
{
    enumerate(0, true, (enum rs_family)_i);
    enumerate(1, true, (enum rs_family)_i);
    enumerate(0, false, (enum rs_family)_i);
    enumerate(2, false, (enum rs_family)_i);
}
END_TEST

/* ---- drawn permutations ------------------------------------------ */

static const char *const kernels[] = {"avx512", "avx2", "blas"};

START_TEST(test_drawn)
{
    struct made_sweep b;
    const struct rs_kernel *kernel = rs_kernel_find(kernels[_i]);

    if (kernel == NULL) {
        (void)printf("SKIP: kernel %s is not for this machine\n", kernels[_i]);
        return;
    }
    slow_init(&b, 41, 11, 29, 2, true);
    b.env.kernel = kernel;
    for (int family = 0; family < 3; family++)
        slow_check_drawn(&b, (enum rs_family)family);
    b.n_x = 11; /* the i-th y with the i-th x */
    b.n_z = 0;
    b.spec.n_covariates = 0;
    made_sweep_plan(&b, RS_PAIRS_MATCHED);
    for (int family = 0; family < 3; family++)
        slow_check_drawn(&b, (enum rs_family)family);
    made_sweep_clear(&b);

    slow_init(&b, 30, 61, 1, 1, true); /* several blocks */
    b.env.kernel = kernel;
    made_sweep_plan(&b, RS_PAIRS_UNIQUE);
    for (int family = 0; family < 3; family++)
        slow_check_drawn(&b, (enum rs_family)family);
    made_sweep_clear(&b);
}
END_TEST

/* A column that is y and x: no pair with itself. */
START_TEST(test_self)
{
    struct made_sweep b;

    slow_init(&b, 20, 5, 5, 1, true);
    for (size_t j = 0; j < 3; j++)
        b.columns[5 + j] = j + 1;
    made_sweep_plan(&b, RS_PAIRS_ALL);
    for (int family = 0; family < 3; family++)
        slow_check_drawn(&b, (enum rs_family)family);
    made_sweep_clear(&b);
}
END_TEST

/* ---- x of several columns ---------------------------------------- */

/* Powers of x: the last of three, or all of them by F. _i: the family, and
 * which. */
START_TEST(test_bundles)
{
    enum { N_Y = 9, N_X = 21, B = 7 };
    enum rs_family family = (enum rs_family)(_i / 2);
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    size_t n_families = 0;
    double r[N_Y * N_X];
    double maxima[N_X];

    slow_init(&b, 41, N_Y, N_X, 2, true);
    b.spec.poly = 3;
    b.spec.test_all = _i % 2 == 1;
    permute = slow_permute(&b, family, B);
    worker = slow_worker(permute);
    n_families = rs_permute_families(permute);
    for (uint64_t number = 0; number < B; number += 3) {
        const double *got = rs_permute_work(worker, number);
        struct rs_random random;
        uint32_t rows[SLOW_ROWS];
        rs_random_start(&random, 42, RS_RANDOM_PERMUTE, number);
        rs_random_permutation(rows, (uint32_t)b.n, &random);
        slow_r(&b, rows, r);
        slow_largest(&b, family, r, maxima, n_families);
        for (size_t f = 0; f < n_families; f++) {
            double stat = rs_permute_joint_stat(
                maxima[f], b.spec.test_all ? 3.0 : 1.0, 41 - 1 - 2 - 3);
            ck_assert_double_eq(got[f], 0.0); /* no single column */
            ck_assert_double_eq_tol(got[n_families + f], stat, 1e-9 * stat);
        }
    }
    rs_permute_close(worker);
    rs_permute_free(permute);
    made_sweep_clear(&b);
}
END_TEST

/* ---- long columns and wide plans --------------------------------- */

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
    const struct made_ask ask = {.n = N,
                                 .n_y = N_Y,
                                 .n_x = N_X,
                                 .n_z = 1,
                                 .through_0 = true,
                                 .seed = 77};
    struct made_sweep b;
    uint32_t rows[N];
    const double *z = NULL;
    const double *got = NULL;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    struct rs_random random;

    made_sweep_init(&b, &ask);
    z = b.values + (N_Y + N_X) * N;
    permute = slow_permute(&b, RS_FAMILY_X, 5);
    worker = slow_worker(permute);
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
    made_sweep_clear(&b);
}
END_TEST

/* ---- the whole run ----------------------------------------------- */

static void count_tick(void *ctx, const struct rs_pool_stats *stats)
{
    uint64_t *done = ctx;

    ck_assert_uint_le(stats->jobs_committed, stats->n_jobs);
    *done = stats->jobs_committed;
}

/* Permutations that were lost count nowhere: p is of the others. */
START_TEST(test_lost)
{
    enum { B = 9 };
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct rs_fit fit;
    double r = 0.0;

    slow_init(&b, 25, 1, 1, 1, true);
    permute = slow_permute(&b, RS_FAMILY_ALL, B);
    made_sweep_fit(&b, 0, 0, &fit);
    r = fabs(rs_fit_value(&fit, RS_FIELD_R, 0.95));
    for (size_t i = 0; i < B; i++) {
        double maximum = i % 3 == 1 ? NAN : i % 2 == 0 ? 1.01 * r : 0.5 * r;
        rs_permute_take(permute, &maximum, sizeof maximum);
    }
    rs_permute_finish(permute);
    ck_assert_uint_eq(rs_permute_lost(permute), 3);
    /* of 0, 2, 3, 5, 6 and 8 four are above */
    ck_assert_double_eq(rs_permute_p(permute, 0, 0, &fit), 5.0 / 7.0);
    rs_permute_free(permute);
    made_sweep_clear(&b);
}
END_TEST

/* The list of the plan that workers look at lies in a file that is too short:
 * they die of SIGBUS, until it is mended, if ever. */
struct short_file {
    int fd;
    const size_t *list; /* [3] NULL: never */
};

static void mend(void *ctx, const struct rs_pool_stats *stats)
{
    const struct short_file *file = ctx;

    if (file->list != NULL && stats->workers_died >= 3)
        ck_assert_int_gt(
            (int)pwrite(file->fd, file->list, 3 * sizeof *file->list, 0), 0);
}

/* Permutations that kill their workers are given up, and made again in the end:
 * p is as ever. Where they still kill they are lost, and known to be. */
START_TEST(test_killed)
{
    enum { B = 300, PAGE = 4096 };
    uint64_t n = _i == 0 ? B : 2;
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct short_file file = {0};
    const struct rs_permute_run run = {&rs_pool_fork, 1, NULL, &file, mend};
    const struct rs_permute_run calm = {.pool = &rs_pool_fork, .n_workers = 1};
    struct rs_pool_stats stats;
    struct rs_error err = {0};
    struct rs_fit fit;
    FILE *temporary = tmpfile();
    size_t *list = NULL;
    size_t *own = NULL;
    double p = 0.0;

    ck_assert_ptr_nonnull(temporary);
    slow_init(&b, 25, 3, 3, 1, true);
    made_sweep_fit(&b, 0, 0, &fit);
    permute = slow_permute(&b, RS_FAMILY_ALL, n);
    ck_assert_int_eq(rs_permute_run(permute, &calm, &stats, &err), RS_OK);
    p = rs_permute_p(permute, 0, 0, &fit);
    rs_permute_free(permute);

    permute = slow_permute(&b, RS_FAMILY_ALL, n);
    own = b.plan.self_x;
    file.list = _i == 0 ? own : NULL;
    file.fd = fileno(temporary);
    list = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, file.fd, 0);
    ck_assert_ptr_ne(list, MAP_FAILED);
    b.plan.self_x = list;
    ck_assert_msg(rs_permute_run(permute, &run, &stats, &err) == RS_OK, "%s",
                  err.text);
    ck_assert_uint_ge(stats.workers_died, 3);
    ck_assert_uint_eq(rs_permute_lost(permute), _i == 0 ? 0 : n);
    ck_assert_double_eq(rs_permute_p(permute, 0, 0, &fit), _i == 0 ? p : 1.0);
    b.plan.self_x = own;
    rs_permute_free(permute);
    (void)munmap(list, PAGE);
    (void)fclose(temporary);
    made_sweep_clear(&b);
}
END_TEST

/* The same p for any number of workers, and those of the maxima. */
START_TEST(test_workers)
{
    enum { N_Y = 7, N_X = 9, B = 99 };
    enum rs_family family = (enum rs_family)_i;
    struct made_sweep b;
    double p[3][N_Y * N_X];
    static double maxima[B][N_X];

    slow_init(&b, 25, N_Y, N_X, 1, true);
    for (unsigned w = 0; w < 3; w++) {
        struct rs_permute *permute = slow_permute(&b, family, B);
        uint64_t done = 0;
        const struct rs_permute_run run = {&rs_pool_fork, w + 1, NULL, &done,
                                           count_tick};
        struct rs_pool_stats stats;
        struct rs_error err;
        size_t n_families = rs_permute_families(permute);
        struct rs_permute_worker *worker = slow_worker(permute);
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
                made_sweep_fit(&b, i, j, &fit);
                for (size_t at = 0; at < B; at++)
                    if (maxima[at][slow_family(family, i, j)] >=
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
    made_sweep_clear(&b);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_enumerate, 3}, {&test_drawn, 3},  {&test_self, 1},
    {&test_bundles, 6},   {&test_large, 1},  {&test_workers, 3},
    {&test_lost, 1},      {&test_killed, 2},
};
SUITE(permute, tests)
