/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "tails.h"
#include "tails_table.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

/* Distance from the reference as the user meets it: relative in p where p is
 * a normal double, relative in ln p beyond. */
static double log_p_error(double ours, double reference)
{
    if (reference > -700.0)
        return fabs(expm1(ours - reference));
    return fabs((ours - reference) / reference);
}

START_TEST(test_t_table)
{
    double worst = 0.0;

    for (size_t i = 0; i < LENGTH(t_table); i++) {
        double ours = rs_t_log_p(t_table[i].t, t_table[i].df);
        double error = log_p_error(ours, t_table[i].log_p);
        worst = error > worst ? error : worst;
        ck_assert_msg(error <= 1e-12, "t %g df %g: ln p %.17g, not %.17g (%g)",
                      t_table[i].t, t_table[i].df, ours, t_table[i].log_p,
                      error);
        ck_assert_double_eq(rs_t_log_p(-t_table[i].t, t_table[i].df), ours);
    }
    (void)printf("t: worst error %.2g\n", worst);
}
END_TEST

START_TEST(test_f_table)
{
    double worst = 0.0;

    for (size_t i = 0; i < LENGTH(f_table); i++) {
        double ours = rs_f_log_p(f_table[i].f, f_table[i].df1, f_table[i].df2);
        double error = log_p_error(ours, f_table[i].log_p);
        worst = error > worst ? error : worst;
        ck_assert_msg(error <= 1e-12,
                      "F %g df %g, %g: ln p %.17g, not %.17g (%g)",
                      f_table[i].f, f_table[i].df1, f_table[i].df2, ours,
                      f_table[i].log_p, error);
    }
    (void)printf("F: worst error %.2g\n", worst);
}
END_TEST

START_TEST(test_quantiles)
{
    for (size_t i = 0; i < LENGTH(quantile_table); i++) {
        double t = rs_t_quantile(quantile_table[i].p, quantile_table[i].df);
        double error = fabs(t / quantile_table[i].t - 1.0);
        ck_assert_msg(error <= 1e-12, "p %g df %g: t %.17g, not %.17g (%g)",
                      quantile_table[i].p, quantile_table[i].df, t,
                      quantile_table[i].t, error);
    }
    ck_assert_double_eq(rs_t_quantile(1.0, 5.0), 0.0);
    ck_assert_double_nan(rs_t_quantile(0.0, 5.0));
    ck_assert_double_nan(rs_t_quantile(0.5, -1.0));
}
END_TEST

START_TEST(test_normal)
{
    for (size_t i = 0; i < LENGTH(normal_table); i++) {
        double ours = rs_t_log_p(normal_table[i].t, INFINITY);
        ck_assert_double_le(log_p_error(ours, normal_table[i].log_p), 1e-12);
    }
}
END_TEST

/* F with one degree of freedom above is the square of t. */
START_TEST(test_f_is_t_squared)
{
    for (double df = 1.0; df < 1e6; df *= 3.7)
        for (double t = 0.01; t < 1e4; t *= 1.9)
            ck_assert_double_le(
                log_p_error(rs_f_log_p(t * t, 1.0, df), rs_t_log_p(t, df)),
                4e-12);
}
END_TEST

START_TEST(test_monotone)
{
    for (double df = 1.0; df < 1e6; df *= 9.3) {
        double before = 0.0;
        for (double t = 0.0; t < 60.0; t += 0.37) {
            double log_p = rs_t_log_p(t, df);
            ck_assert_double_le(log_p, before);
            before = log_p;
        }
    }
}
END_TEST

START_TEST(test_corners)
{
    ck_assert_double_eq(rs_t_log_p(0.0, 3.0), 0.0);
    ck_assert_double_eq(rs_t_p(0.0, 3.0), 1.0);
    ck_assert_double_eq(rs_t_p(INFINITY, 3.0), 0.0);
    ck_assert_double_nan(rs_t_log_p(NAN, 3.0));
    ck_assert_double_nan(rs_t_log_p(1.0, 0.0));
    ck_assert(isfinite(rs_t_log_p(1e150, 1e6)));
    ck_assert(isfinite(rs_t_log_p(1e-300, 10.0)));
    ck_assert_double_eq(rs_f_log_p(0.0, 2.0, 3.0), 0.0);
    ck_assert_double_eq(rs_f_log_p(INFINITY, 2.0, 3.0), -INFINITY);
    /* df = 1 is Cauchy: p = 1 - 2 atan(t) / pi, here at t = 1 */
    ck_assert_double_le(fabs(rs_t_p(1.0, 1.0) - 0.5), 1e-15);
    /* df = 2 in closed form: p = 1 - t / sqrt(t^2 + 2) */
    ck_assert_double_le(fabs(rs_t_p(3.0, 2.0) - (1.0 - 3.0 / sqrt(11.0))),
                        1e-15);
}
END_TEST

/* In closed form: of df = 1 at t = 1, of df = 2, and the power far out. */
START_TEST(test_condition)
{
    double u = 11.0; /* t^2 + 2 at t = 3 */

    ck_assert_double_eq_tol(rs_t_condition(-1.0, 1.0), 2.0 / acos(-1.0), 1e-14);
    ck_assert_double_eq_tol(rs_t_condition(3.0, 2.0),
                            6.0 / (u * sqrt(u)) / (1.0 - 3.0 / sqrt(u)), 1e-13);
    ck_assert_double_eq_tol(rs_t_condition(1e9, 5.0), 5.0, 1e-12);
    ck_assert_double_eq(rs_t_condition(1e200, 5.0), 5.0);
    ck_assert_double_eq(rs_t_condition(0.0, 5.0), 0.0);
    ck_assert_double_eq_tol(rs_t_condition(30.0, 1e9) / 901.0, 1.0, 1e-5);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_t_table, 1}, {&test_f_table, 1},        {&test_quantiles, 1},
    {&test_normal, 1},  {&test_f_is_t_squared, 1}, {&test_monotone, 1},
    {&test_corners, 1}, {&test_condition, 1},
};
SUITE(tails, tests)
