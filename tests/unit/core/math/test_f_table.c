/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "f_table.h"
#include "run_suite.h"
#include "tails.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

static const double all_df[] = {1, 2, 3, 5, 17, 94, 995.5, 1e4, 1e6};
enum { N_DF = sizeof all_df / sizeof all_df[0] };

/* Against the continued fraction of tails.c, for every df1 that there is. */
START_TEST(test_tails)
{
    double df = all_df[_i];
    struct rs_tail_table *tail = NULL;

    ck_assert_int_eq(rs_tail_table_new(&tail, df, NULL), RS_OK);
    for (size_t df1 = 1; df1 <= RS_F_MOST; df1++) {
        struct rs_f_table *table = NULL;
        ck_assert_int_eq(rs_f_table_new(&table, df1, tail, NULL), RS_OK);
        for (double f = 1e-6; f < 1e6; f *= 1.7) {
            double all = f * (double)df1 + df;
            double z = f * (double)df1 / all;
            double rest = df / all;
            double exact = rs_f_log_p(f, (double)df1, df);
            double log_p = 0.0;
            rs_f_table_log_p(table, &log_p, &z, &rest, 1);
            if (exact > -690.0)
                ck_assert_double_le(fabs(expm1(log_p - exact)), 1e-12);
            else
                ck_assert_double_le(fabs(log_p / exact - 1.0), 1e-14);
        }
        rs_f_table_free(table);
    }
    rs_tail_table_free(tail);
}
END_TEST

/* In closed form: df1 = 2 has P = (1 - z)^(df / 2), df = 2 has P = 1 - z^k/2.
 */
START_TEST(test_closed)
{
    struct rs_tail_table *tail = NULL;

    ck_assert_int_eq(rs_tail_table_new(&tail, 2.0, NULL), RS_OK);
    for (size_t df1 = 1; df1 < 9; df1++) {
        struct rs_f_table *table = NULL;
        double z[3] = {0.0, 0.3, 1.0};
        const double rest[3] = {1.0, 0.7, 0.0};
        ck_assert_int_eq(rs_f_table_new(&table, df1, tail, NULL), RS_OK);
        rs_f_table_log_p(table, z, z, rest, 3);
        ck_assert_double_eq(z[0], 0.0);
        ck_assert_double_eq_tol(z[1], log1p(-pow(0.3, 0.5 * (double)df1)),
                                1e-14);
        ck_assert_double_infinite(z[2]);
        rs_f_table_free(table);
    }
    rs_tail_table_free(tail);
}
END_TEST

/* The same bits at any place and number; quantiles lead back. */
START_TEST(test_places)
{
    enum { MANY = 150 };
    struct rs_tail_table *tail = NULL;
    struct rs_f_table *table = NULL;
    double z[MANY];
    double rest[MANY];
    double all[MANY];

    ck_assert_int_eq(rs_tail_table_new(&tail, 93.0, NULL), RS_OK);
    ck_assert_int_eq(rs_f_table_new(&table, 2 + (size_t)_i, tail, NULL), RS_OK);
    for (size_t i = 0; i < MANY; i++) {
        double p = pow(10.0, -0.05 * (double)(i + 1));
        rs_f_table_quantiles(table, &z[i], &p, 1);
        rest[i] = 1.0 - z[i];
    }
    rs_f_table_log_p(table, all, z, rest, MANY);
    for (size_t i = 0; i < MANY; i++) {
        double one = 0.0;
        rs_f_table_log_p(table, &one, &z[i], &rest[i], 1);
        ck_assert_mem_eq(&one, &all[i], sizeof one);
        ck_assert_double_eq_tol(one, -0.05 * (double)(i + 1) * log(10.0),
                                1e-12);
    }
    rs_f_table_free(table);
    rs_tail_table_free(tail);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_tails, N_DF},
    {&test_closed, 1},
    {&test_places, 2},
};
SUITE(f_table, tests)
