/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute.h"

#include "made_data.h"
#include "run_suite.h"
#include "slow_permute.h"

#include <check.h>
#include <math.h>
#include <string.h>

/* ---- odd columns ------------------------------------------------- */

static double p_of(const struct slow_bench *b, const struct rs_permute *permute,
                   size_t y, size_t x)
{
    struct rs_fit fit;

    slow_fit(b, y, x, &fit);
    return rs_permute_p(permute, y, x, &fit);
}

/* Columns without a test take no part and have no p; the others have the p
 * that they have without these, and columns that plain arithmetic cannot
 * prepare have that of their common brothers. */
START_TEST(test_odd_columns)
{
    enum { N = 24, B = 50 };
    struct slow_bench b;
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
    rs_dataset_free(b.data);
    b.data = made_data(b.values, N, 9);
    b.spec.data = b.data;
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
    slow_clear(&b);
}
END_TEST

/* An x that the covariate nearly explains, and a y that x nearly explains:
 * they need the exact engine in a sweep and take part here. */
START_TEST(test_delicate)
{
    enum { N = 40, B = 199 };
    struct slow_bench b;
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
    slow_clear(&b);
}
END_TEST

/* A permutation that makes y the covariate: nothing is left but rounding. */
START_TEST(test_nothing_left)
{
    static const double values[] = {0.1, -0.2, -0.3, 0.3,  0.2, -0.1, /* y */
                                    1.0, 0.0,  0.0,  5.0,  7.0, 2.0,  /* x */
                                    0.1, -0.1, 0.2,  -0.2, 0.3, -0.3};
    const uint32_t rows[] = {0, 5, 4, 1, 3, 2};
    struct slow_bench b;
    struct rs_permute *permute = NULL;
    struct rs_permute_worker *worker = NULL;

    slow_init(&b, 6, 1, 1, 1, true);
    memcpy(b.values, values, sizeof values);
    permute = slow_permute(&b, RS_FAMILY_ALL, 1);
    worker = slow_worker(permute);
    ck_assert_double_eq(*rs_permute_maxima(worker, rows), 0.0);
    rs_permute_close(worker);
    rs_permute_free(permute);
    slow_clear(&b);
}
END_TEST

/* Where little is left, a difference from 1 would not have its digits. */
START_TEST(test_little_left)
{
    enum { N = 12 };
    uint32_t rows[N];
    struct slow_bench b;
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
    slow_clear(&b);
}
END_TEST

START_TEST(test_too_few_rows)
{
    struct slow_bench b;
    struct rs_permute *permute = NULL;
    const struct rs_permute_run run = {.pool = &rs_pool_inline};
    struct rs_pool_stats stats;
    struct rs_error err;

    slow_init(&b, 4, 1, 1, 2, true);
    permute = slow_permute(&b, RS_FAMILY_ALL, 3);
    ck_assert_int_eq(rs_permute_run(permute, &run, &stats, &err), RS_OK);
    ck_assert_double_nan(p_of(&b, permute, 0, 0));
    rs_permute_free(permute);
    slow_clear(&b);
}
END_TEST

/* ---- refusals ---------------------------------------------------- */

static void refused(const struct slow_bench *b, uint64_t n_permutations,
                    enum rs_status status, const char *word)
{
    const struct rs_permute_ask ask = {RS_FAMILY_ALL, n_permutations, 1};
    struct rs_permute *permute = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_permute_new(&permute, &b->env, &ask, 1, &err), status);
    ck_assert_ptr_null(permute);
    ck_assert_msg(strstr(err.text, word) != NULL, "%s", err.text);
}

START_TEST(test_refusals)
{
    struct slow_bench b;
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
    slow_clear(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("permute_odd");
    TCase *tcase = tcase_create("all");

    tcase_add_test(tcase, test_odd_columns);
    tcase_add_test(tcase, test_delicate);
    tcase_add_test(tcase, test_nothing_left);
    tcase_add_test(tcase, test_little_left);
    tcase_add_test(tcase, test_too_few_rows);
    tcase_add_test(tcase, test_refusals);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
