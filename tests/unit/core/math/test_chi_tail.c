/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chi_tail.h"
#include "run_suite.h"
#include "tails.h"

#include <math.h>

/* R: pchisq(q, df, lower.tail = FALSE, log.p = TRUE) */
START_TEST(test_values)
{
    static const double table[][3] = {
        {3, 1, -2.485732790986078},
        {3, 2, -1.5},
        {10, 7, -1.6682675999441627},
        {800, 50, -310.9278736573919},
        {0.3, 99, 0.0},
        {120, 100, -2.4721087206353385},
        {2500, 2400, -2.5786955549525183},
        {0.001, 3, -8.4079544047957383e-06},
        {1500, 1500, -0.70290625916473948}, /* e^(-q/2) is 0 */
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        ck_assert_double_eq_tol(rs_chi_log_p(table[i][0], table[i][1]),
                                table[i][2],
                                1e-12 * fmax(1.0, fabs(table[i][2])));
    ck_assert_double_eq(rs_chi_log_p(0.0, 4.0), 0.0);
    ck_assert_double_eq(rs_chi_log_p(INFINITY, 4.0), -INFINITY);
    ck_assert_double_nan(rs_chi_log_p(NAN, 4.0));
}
END_TEST

/* R: pchisq(q, df, lower = FALSE) */
static const struct {
    double q, df, p;
} cases[] = {
    {0.3, 1, 0.58388242077036523},
    {0.3, 2, 0.86070797642505781},
    {0.3, 3, 0.96002848030687771},
    {5.0, 7, 0.65996322969428278},
    {40.0, 8, 3.2037197804769987e-06},
    {700.0, 1, 2.9902269751246203e-154},
    {0.0, 5, 1.0},
};

START_TEST(test_p)
{
    ck_assert_double_eq_tol(
        exp(rs_chi_log_p(cases[_i].q, cases[_i].df)) / cases[_i].p, 1.0, 1e-13);
}
END_TEST

START_TEST(test_ends)
{
    ck_assert_double_eq(exp(rs_chi_log_p(2000.0, 2.0)), 0.0);
    ck_assert_double_nan(rs_chi_log_p(-1.0, 2.0));
    ck_assert_double_nan(rs_chi_log_p(NAN, 1.0));
}
END_TEST

/* What underflows as p, and what would term by term. */
START_TEST(test_far)
{
    ck_assert_double_eq_tol(rs_chi_log_p(2000.0, 2.0), -1000.0, 1e-12);
    ck_assert_double_eq_tol(exp(rs_chi_log_p(1990.0, 1900.0)),
                            0.073762395411947707, 1e-12);
}
END_TEST

/* One degree of freedom is z squared. */
START_TEST(test_one)
{
    for (double z = 0.01; z < 30.0; z *= 1.7)
        ck_assert_double_eq_tol(rs_chi_log_p(z * z, 1.0),
                                rs_t_log_p(z, INFINITY), 1e-13 * z * z);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_values, 1},
    {&test_p, sizeof cases / sizeof cases[0]},
    {&test_ends, 1},
    {&test_far, 1},
    {&test_one, 1}};
SUITE(chi_tail, tests)
