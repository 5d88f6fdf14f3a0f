/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "sampled_p.h"

#include <math.h>

static double share(const double *p, size_t n, size_t room, double n_tests,
                    enum rs_adjust method)
{
    struct rs_sampled_p sampled;
    struct rs_error err;
    double found = 0.0;

    ck_assert_int_eq(rs_sampled_p_init(&sampled, room, &err), RS_OK);
    for (size_t i = 0; i < n; i++)
        rs_sampled_p_add(&sampled, log(p[i]));
    found = rs_sampled_p_share(&sampled, n_tests, method, log(0.05));
    rs_sampled_p_clear(&sampled);
    return found;
}

/* R: p.adjust(c(0.001, 0.0099, 0.0299, 0.2, 0.9), "BH")
 * 0.005 0.02475 0.04983 0.25 0.9; of 0.001, 0.0099 and eight 1: 0.01, 0.0495 */
START_TEST(test_share)
{
    const double p[] = {0.001, 0.0099, 0.0299, 0.2, 0.9};
    const double few[] = {0.001, 0.0099};

    ck_assert_double_eq(share(p, 5, 100, 5.0, RS_ADJUST_BH), 3.0 / 5.0);
    ck_assert_double_eq(share(p, 5, 100, 5.0, RS_ADJUST_BONFERRONI), 2.0 / 5.0);
    ck_assert_double_eq(share(few, 2, 100, 10.0, RS_ADJUST_BH), 1.0);
    ck_assert_double_eq(share(few, 2, 100, 11.0, RS_ADJUST_BH), 0.5);
}
END_TEST

/* Nobody knows of none; what is no test, or finds no room, does not count. */
START_TEST(test_edges)
{
    const double p[] = {NAN, 0.001, 0.9, 0.001};

    ck_assert_double_eq(share(p, 0, 100, 5.0, RS_ADJUST_BH), 1.0);
    ck_assert_double_eq(share(p, 1, 100, 5.0, RS_ADJUST_BH), 1.0);
    ck_assert_double_eq(share(p, 4, 2, 4.0, RS_ADJUST_BH), 0.5);
}
END_TEST

static const struct suite_test tests[] = {{&test_share, 1}, {&test_edges, 1}};
SUITE(sampled_p, tests)
