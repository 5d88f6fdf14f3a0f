/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute.h"

#include "run_suite.h"
#include "slow_permute.h"
#include "tile_prepare.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- odd columns ------------------------------------------------- */

static double p_of(const struct made_sweep *b, const struct rs_permute *permute,
                   size_t y, size_t x)
{
    struct rs_fit fit;

    made_sweep_fit(b, y, x, &fit);
    return rs_permute_p(permute, y, x, &fit);
}

/* Columns without a test take no part and have no p; the others have the p
 * that they have without these, and columns that plain arithmetic cannot
 * prepare have that of their common brothers. */
START_TEST(test_odd_columns)
{
    enum { N = 24, B = 50 };
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    const struct rs_permute_run run = {.pool = &rs_pool_inline};
    struct rs_pool_stats stats;
    struct rs_error err;
    double alone = 0.0;

    slow_init(&b, N, 3, 5, 1, true);
    permute = slow_permute(&b, RS_FAMILY_X, B);
    worker = slow_worker(permute);
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
    made_sweep_load(&b);
    permute = slow_permute(&b, RS_FAMILY_X, B);
    worker = slow_worker(permute);
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
    made_sweep_clear(&b);
}
END_TEST

/* An x that the covariate nearly explains, and a y that x nearly explains:
 * they need the exact engine in a sweep and take part here. */
START_TEST(test_delicate)
{
    enum { N = 40, B = 199 };
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    const struct rs_permute_run run = {.pool = &rs_pool_inline};
    struct rs_pool_stats stats;
    struct rs_error err;

    slow_init(&b, N, 2, 2, 1, true);
    for (size_t i = 0; i < N; i++) {
        double *row = b.values + i;
        row[2 * N] = row[4 * N] + 1e-11 * row[2 * N];
        row[0 * N] = row[3 * N] + 1e-9 * row[0 * N];
    }
    slow_check_drawn(&b, RS_FAMILY_ALL);
    permute = slow_permute(&b, RS_FAMILY_Y, B);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
    ck_assert_double_eq(p_of(&b, permute, 0, 1), 1.0 / (B + 1));
    ck_assert_double_gt(p_of(&b, permute, 0, 0), 1.0 / (B + 1));
    rs_permute_free(permute);
    made_sweep_clear(&b);
}
END_TEST

/* ---- columns that are there -------------------------------------- */

/* p of all pairs, by these columns or by those that permute prepares. */
static void find_p(double *p, const struct made_sweep *b,
                   const struct rs_tile_data *columns)
{
    const struct rs_permute_ask ask = {.family = RS_FAMILY_Y,
                                       .n_permutations = 99,
                                       .seed = 42,
                                       .columns = columns};
    const struct rs_permute_run run = {.pool = &rs_pool_inline};
    struct rs_permute *permute = NULL;
    struct rs_pool_stats stats;

    ck_assert_int_eq(rs_permute_new(&permute, &b->env, &ask, 1, NULL), RS_OK);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, NULL), RS_OK);
    for (size_t i = 0; i < b->n_y * b->n_x; i++)
        p[i] = p_of(b, permute, i / b->n_x, i % b->n_x);
    rs_permute_free(permute);
}

/* Those of the tile engine give the same p, and stay as they are: used as they
 * are, or not where one of them, too large for plain arithmetic, has to be
 * filled in. */
START_TEST(test_columns_that_are_there)
{
    enum { N = 40, Y = 3, X = 4 };
    bool large = _i == 1;
    struct made_sweep b;
    struct rs_tile_data columns;
    double with[Y * X];
    double without[Y * X];
    void *before = NULL;

    slow_init(&b, N, Y, X, 1, true);
    for (size_t i = 0; i < N && large; i++)
        b.values[Y * N + i] *= 0x1p700;
    made_sweep_load(&b);
    ck_assert_int_eq(rs_tile_data_init(&columns, &b.spec, &b.plan, b.env.kernel,
                                       RS_TILE_STORE, 1, NULL),
                     RS_OK);
    ck_assert_int_eq(columns.x.columns[0].kind,
                     large ? RS_TILE_EXACT : RS_TILE_PLAIN);
    before = malloc(columns.x.panels.bytes);
    ck_assert_ptr_nonnull(before);
    memcpy(before, columns.x.panels.base, columns.x.panels.bytes);
    find_p(without, &b, NULL);
    find_p(with, &b, &columns);
    ck_assert_mem_eq(with, without, sizeof with);
    ck_assert_mem_eq(columns.x.panels.base, before, columns.x.panels.bytes);
    free(before);
    rs_tile_data_clear(&columns);
    made_sweep_clear(&b);
}
END_TEST

/* A permutation that makes y the covariate: nothing is left but rounding. */
START_TEST(test_nothing_left)
{
    static const double values[] = {0.1, -0.2, -0.3, 0.3,  0.2, -0.1, /* y */
                                    1.0, 0.0,  0.0,  5.0,  7.0, 2.0,  /* x */
                                    0.1, -0.1, 0.2,  -0.2, 0.3, -0.3};
    const uint32_t rows[] = {0, 5, 4, 1, 3, 2};
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;

    slow_init(&b, 6, 1, 1, 1, true);
    memcpy(b.values, values, sizeof values);
    permute = slow_permute(&b, RS_FAMILY_ALL, 1);
    worker = slow_worker(permute);
    ck_assert_double_eq(*rs_permute_maxima(worker, rows), 0.0);
    rs_permute_close(worker);
    rs_permute_free(permute);
    made_sweep_clear(&b);
}
END_TEST

/* Where little is left, a difference from 1 would not have its digits. */
START_TEST(test_little_left)
{
    enum { N = 12 };
    uint32_t rows[N];
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;
    double expected = 0.0;

    slow_init(&b, N, 1, 1, 1, true);
    for (uint32_t i = 0; i < N; i++) { /* y in order is nearly the covariate */
        b.values[i] = (i % 2 == 0 ? 0.7 : 0.1) + 1e-5 * i * i;
        b.values[2 * N + i] = i < N / 2 ? 1.0 : 0.0;
        rows[i] = i < N / 2 ? 2 * i : 2 * i - N + 1;
    }
    permute = slow_permute(&b, RS_FAMILY_ALL, 1);
    worker = slow_worker(permute);
    slow_r(&b, rows, &expected);
    ck_assert_double_gt(expected, 0.0);
    ck_assert_double_eq_tol(*rs_permute_maxima(worker, rows), expected, 1e-10);
    rs_permute_close(worker);
    rs_permute_free(permute);
    made_sweep_clear(&b);
}
END_TEST

START_TEST(test_too_few_rows)
{
    struct made_sweep b;
    struct rs_permute *permute = NULL;
    const struct rs_permute_run run = {.pool = &rs_pool_inline};
    struct rs_pool_stats stats;
    struct rs_error err;

    slow_init(&b, 4, 1, 1, 2, true);
    permute = slow_permute(&b, RS_FAMILY_ALL, 3);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
    ck_assert_double_nan(p_of(&b, permute, 0, 0));
    rs_permute_free(permute);
    made_sweep_clear(&b);
}
END_TEST

/* ---- refusals ---------------------------------------------------- */

static void refused(const struct made_sweep *b, uint64_t n_permutations,
                    enum rs_status status, const char *word)
{
    const struct rs_permute_ask ask = {.n_permutations = n_permutations,
                                       .seed = 1};
    struct rs_permute *permute = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_permute_new(&permute, &b->env, &ask, 1, &err), status);
    ck_assert_ptr_null(permute);
    ck_assert_msg(strstr(err.text, word) != NULL, "%s", err.text);
}

START_TEST(test_refusals)
{
    struct made_sweep b;
    const struct rs_model other = {.name = "other"};
    const size_t weights = 2;

    slow_init(&b, 8, 1, 1, 1, true);
    refused(&b, 0, RS_ERR_USAGE, "permute needs");
    b.env.model = &other;
    refused(&b, 9, RS_ERR_USAGE, "permute: model 'other'");
    b.env.model = &rs_model_ols;
    b.spec.weights = &weights;
    refused(&b, 9, RS_ERR_USAGE, "weights: residuals");
    b.spec.weights = NULL;
    for (size_t j = 0; j < 3; j++) {
        b.data->columns[j].n_missing = 1;
        refused(&b, 9, RS_ERR_INCONSISTENT, "missing listwise or mean");
        b.data->columns[j].n_missing = 0;
    }
    refused(&b, UINT64_MAX / 4, RS_ERR_NOMEM, "");
    made_sweep_clear(&b);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_odd_columns, 1},  {&test_delicate, 1},
    {&test_nothing_left, 1}, {&test_little_left, 1},
    {&test_too_few_rows, 1}, {&test_columns_that_are_there, 2},
    {&test_refusals, 1},
};
SUITE(permute_odd, tests)
