/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_sums.h"

#include "made_data.h"
#include "run_suite.h"

#include <check.h>
#include <stdlib.h>

enum { RESAMPLES = 23, MOST_WANTS = 9, SEED = 31 };

static struct rs_bootstrap_sums *made_sums(size_t n, size_t n_resamples)
{
    struct rs_bootstrap_sums *sums = NULL;
    struct rs_error err;

    ck_assert_int_eq(
        rs_bootstrap_sums_new(&sums, n, n_resamples, SEED, MOST_WANTS, &err),
        RS_OK);
    return sums;
}

/* Columns of n random numbers, zeros behind them. */
static double *made_columns(size_t n, size_t n_columns)
{
    size_t padded = rs_bootstrap_padded(n);
    double *v = calloc(n_columns * padded, sizeof *v);
    uint64_t state = n;

    ck_assert_ptr_nonnull(v);
    for (size_t j = 0; j < n_columns; j++)
        for (size_t i = 0; i < n; i++)
            v[j * padded + i] = made_normal(&state);
    return v;
}

/* Sums of products by the rows as drawn, for any number of wants and rows;
 * plain code gives the same bits. */
static void check_sums(struct rs_bootstrap_sums *sums,
                       struct rs_bootstrap_sums *plain, size_t n,
                       size_t n_wants)
{
    size_t padded = rs_bootstrap_padded(n);
    double *v = made_columns(n, n_wants + 1);
    static double got[2][MOST_WANTS][RESAMPLES];
    uint32_t *rows = calloc(n, sizeof *rows);

    ck_assert_ptr_nonnull(rows);
    for (size_t k = 0; k < n_wants; k++) {
        rs_bootstrap_want(sums, got[0][k], v + k * padded,
                          v + (k + 1) * padded);
        rs_bootstrap_want(plain, got[1][k], v + k * padded,
                          v + (k + 1) * padded);
    }
    rs_bootstrap_find_sums(sums, n);
    rs_bootstrap_find_sums(plain, n);
    for (size_t b = 0; b < RESAMPLES; b++) {
        rs_bootstrap_rows(rows, (uint32_t)n, SEED, b);
        for (size_t k = 0; k < n_wants; k++) {
            double sum = 0.0;
            for (size_t i = 0; i < n; i++)
                sum += v[k * padded + rows[i]] * v[(k + 1) * padded + rows[i]];
            ck_assert_double_eq_tol(got[0][k][b], sum, 1e-11 * (double)n);
            ck_assert_double_eq(got[0][k][b], got[1][k][b]);
        }
    }
    free(rows);
    free(v);
}

START_TEST(test_sums)
{
    const size_t sizes[] = {1, 2, 31, 32, 33, 100, 257};
    struct rs_bootstrap_sums *sums = made_sums(257, RESAMPLES);
    struct rs_bootstrap_sums *plain = made_sums(257, RESAMPLES);

    rs_bootstrap_sums_plainly(plain);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        for (size_t n_wants = 1; n_wants <= MOST_WANTS; n_wants++)
            check_sums(sums, plain, sizes[s], n_wants);
    rs_bootstrap_sums_free(plain);
    rs_bootstrap_sums_free(sums);
}
END_TEST

/* The same sums whether counts are kept or made in parts. */
START_TEST(test_parts)
{
    enum { LONG = 1500000 };
    struct rs_bootstrap_sums *sums = made_sums(LONG, RESAMPLES);
    struct rs_bootstrap_sums *plain = made_sums(LONG, RESAMPLES);

    rs_bootstrap_sums_plainly(plain);
    check_sums(sums, plain, LONG, 2);
    check_sums(sums, plain, 100, 3);
    rs_bootstrap_sums_free(plain);
    rs_bootstrap_sums_free(sums);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_sums, 1},
    {&test_parts, 1},
};
SUITE(bootstrap_sums, tests)
