/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chi2.h"
#include "run_suite.h"

#include <math.h>

/* R: pchisq(x, k, lower = FALSE) */
static const struct {
    double x;
    size_t k;
    double p;
} cases[] = {
    {0.3, 1, 0.58388242077036523},
    {0.3, 2, 0.86070797642505781},
    {0.3, 3, 0.96002848030687771},
    {5.0, 7, 0.65996322969428278},
    {40.0, 8, 3.2037197804769987e-06},
    {700.0, 1, 2.9902269751246203e-154},
    {0.0, 5, 1.0},
};

START_TEST(test_tail)
{
    ck_assert_double_eq_tol(rs_chi2_p(cases[_i].x, cases[_i].k) / cases[_i].p,
                            1.0, 1e-13);
}
END_TEST

START_TEST(test_ends)
{
    ck_assert_double_eq(rs_chi2_p(2000.0, 2), 0.0);
    ck_assert_double_nan(rs_chi2_p(-1.0, 2));
    ck_assert_double_nan(rs_chi2_p(NAN, 1));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_tail, sizeof cases / sizeof cases[0]}, {&test_ends, 1}};
SUITE(chi2, tests)
