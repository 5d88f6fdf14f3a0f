/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_shape.h"
#include "run_suite.h"

#include <math.h>
#include <string.h>

/* Two of length 1 with cosine c: singular values sqrt(1 +- c). */
START_TEST(test_two)
{
    double columns[] = {3.0, 0.0, 5.0 * 0.6, 5.0 * 0.8};
    double again[4];

    memcpy(again, columns, sizeof again);
    ck_assert_double_eq_tol(rs_columns_condition(columns, 2, 2),
                            sqrt(1.6 / 0.4), 1e-15);
    ck_assert_double_eq_tol(rs_columns_log_volume(again, 2, 2), log(12.0),
                            1e-15);
}
END_TEST

/* Hilbert's matrix of 5, columns of length 1: R's svd(). */
START_TEST(test_hilbert)
{
    double columns[25];

    for (size_t j = 0; j < 5; j++)
        for (size_t i = 0; i < 5; i++)
            columns[j * 5 + i] = 1.0 / (double)(i + j + 1);
    ck_assert_double_eq_tol(rs_columns_condition(columns, 5, 5), 292433.243053,
                            1e-5);
}
END_TEST

START_TEST(test_edges)
{
    double zero[] = {1.0, 2.0, 0.0, 0.0};
    double one[] = {3.0, 4.0};

    ck_assert_double_eq(rs_columns_condition(zero, 2, 2), INFINITY);
    ck_assert_double_eq(rs_columns_condition(one, 2, 1), 1.0);
    ck_assert_double_eq(rs_columns_log_volume(one, 2, 0), 0.0);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_two, 1}, {&test_hilbert, 1}, {&test_edges, 1}};
SUITE(column_shape, tests)
