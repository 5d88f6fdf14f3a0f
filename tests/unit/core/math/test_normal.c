/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "normal.h"
#include "run_suite.h"

#include <math.h>

/* (rank - 3/8) / (n + 1/4), by mpmath in 40 digits. */
static const struct {
    double n, rank, z;
} cases[] = {
    {5.0, 1.0, 1.179761117611860953116},
    {5.0, 2.0, 0.4972005706815540483365},
    {1000.0, 499.5, 0.002506004397160492629077},
    {1000.0, 500.0, 0.001253001214964816192372},
    {1000.0, 1.0, 3.227289945836667445701},
    {1000.0, 250.0, 0.6758667993088466965204},
    {1e6, 1.0, 4.84754296115608498037},
    {1e8, 1.0, 5.692762783805145208562},
    {1e6, 500000.0, 0.000001253313823987372371075},
    {100.0, 20.5, 0.838951975771405620514},
};

START_TEST(test_quantile)
{
    double n = cases[_i].n + 0.25;
    double rank = cases[_i].rank;
    double z = rs_normal_quantile((rank - 0.375) / n,
                                  (cases[_i].n + 1.0 - 2.0 * rank) / n);

    ck_assert_msg(fabs(z - cases[_i].z) <= 2.3e-16 * cases[_i].z,
                  "%.17g, %.17g", z, cases[_i].z);
}
END_TEST

START_TEST(test_half)
{
    ck_assert_double_eq(rs_normal_quantile(0.5, 0.0), 0.0);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_quantile, sizeof cases / sizeof cases[0]}, {&test_half, 1}};
SUITE(normal, tests)
