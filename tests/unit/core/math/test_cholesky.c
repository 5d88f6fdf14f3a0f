/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cholesky.h"
#include "run_suite.h"

#include <math.h>
#include <string.h>

START_TEST(test_cholesky)
{
    const double factor[9] = {2, 0, 0, 1, 3, 0, -1, 0.5, 4};
    double a[9] = {0};
    double x[3] = {1, 2, 3};
    double again[9];

    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            for (size_t k = 0; k < 3; k++)
                a[3 * i + j] += factor[3 * i + k] * factor[3 * j + k];
    memcpy(again, a, sizeof a);
    ck_assert(rs_cholesky(a, 3, 1e-3));
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j <= i; j++)
            ck_assert_double_eq_tol(a[3 * i + j], factor[3 * i + j], 1e-15);
    rs_cholesky_forward(x, a, x, 3);
    ck_assert_double_eq_tol(x[0], 0.5, 1e-15);
    ck_assert_double_eq_tol(x[1], 0.5, 1e-15);
    ck_assert_double_eq_tol(x[2], 3.25 / 4.0, 1e-15);
    rs_cholesky_backward(x, a, x, 3);
    ck_assert_double_eq_tol(again[6] * x[0] + again[7] * x[1] + again[8] * x[2],
                            3.0, 1e-14);
    ck_assert(!rs_cholesky(again, 3, 16.5)); /* its last pivot is 16 */
}
END_TEST

START_TEST(test_not_definite)
{
    double same[4] = {1, 1, 1, 1};
    double not_a_number[1] = {NAN};
    double negative[1] = {-1};

    ck_assert(!rs_cholesky(same, 2, 1e-3));
    ck_assert(!rs_cholesky(not_a_number, 1, 1e-3));
    ck_assert(!rs_cholesky(negative, 1, 1e-3));
    ck_assert(rs_cholesky(same, 0, 1e-3));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_cholesky, 1},
    {&test_not_definite, 1},
};
SUITE(cholesky, tests)
