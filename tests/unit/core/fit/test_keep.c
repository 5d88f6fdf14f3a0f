/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"
#include "keep.h"
#include "made_data.h"
#include "run_suite.h"
#include "tails.h"

#include <math.h>

static struct rs_fit fit_with(double log_p, double r2)
{
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 10);
    fit.log_p = log_p;
    fit.r2 = r2;
    return fit;
}

START_TEST(test_some)
{
    struct rs_keep keep = {.p_max = 1.0};

    ck_assert(!rs_keep_some(&keep));
    keep.top_of = RS_TOP_PER_X;
    ck_assert(rs_keep_some(&keep));
    keep = (struct rs_keep){.p_max = 0.999};
    ck_assert(rs_keep_some(&keep));
    keep = (struct rs_keep){.p_max = 1.0, .r2_min = 1e-9};
    ck_assert(rs_keep_some(&keep));
}
END_TEST

/* Each condition by itself, both together, and fits without numbers. */
START_TEST(test_conditions)
{
    const struct rs_keep all = {.p_max = 1.0};
    const struct rs_keep p = {.p_max = 0.01};
    const struct rs_keep r2 = {.p_max = 1.0, .r2_min = 0.5};
    const struct rs_keep both = {.p_max = 0.01, .r2_min = 0.5};
    const struct rs_keep top = {.p_max = 1.0, .top_of = RS_TOP_ALL, .top = 1};
    struct rs_fit fit = fit_with(log(0.001), 0.4);

    ck_assert(rs_keep_fit(&all, &fit) && rs_keep_fit(&p, &fit));
    ck_assert(!rs_keep_fit(&r2, &fit) && !rs_keep_fit(&both, &fit));
    fit = fit_with(log(0.02), 0.5);
    ck_assert(rs_keep_fit(&r2, &fit) && rs_keep_fit(&top, &fit));
    ck_assert(!rs_keep_fit(&p, &fit) && !rs_keep_fit(&both, &fit));
    fit = fit_with(log(0.001), 0.9);
    ck_assert(rs_keep_fit(&both, &fit));
    fit = fit_with(-1e5, 0.9); /* p underflows */
    ck_assert(rs_keep_fit(&both, &fit));
    fit = fit_with(NAN, NAN);
    ck_assert(rs_keep_fit(&all, &fit));
    ck_assert(!rs_keep_fit(&p, &fit) && !rs_keep_fit(&r2, &fit));
    ck_assert(!rs_keep_fit(&top, &fit));
    fit.outcome = RS_FIT_PERFECT;
    ck_assert(rs_keep_fit(&both, &fit) && rs_keep_fit(&top, &fit));
}
END_TEST

/* The p that a row shows, given as P, keeps the row. */
START_TEST(test_p_at_the_limit)
{
    uint64_t seed = 11;

    for (int i = 0; i < 20000; i++) {
        struct rs_fit fit = fit_with(log(made_uniform(&seed)), 0.1);
        struct rs_keep keep = {.p_max = rs_fit_value(&fit, RS_FIELD_P, 0.95)};
        ck_assert(rs_keep_fit(&keep, &fit));
        keep.p_max = nextafter(keep.p_max, 0.0);
        ck_assert(!rs_keep_fit(&keep, &fit));
    }
}
END_TEST

/* Just below the least r p is too large, just above it is kept, and what
 * the margin lets through is next to nothing. */
START_TEST(test_least_r)
{
    static const double dfs[] = {1, 2, 5, 98, 5000};
    static const double limits[] = {0.9, 0.05, 1e-4, 1e-8};
    const struct rs_keep all = {.p_max = 1.0};

    for (size_t d = 0; d < sizeof dfs / sizeof dfs[0]; d++)
        for (size_t l = 0; l < sizeof limits / sizeof limits[0]; l++) {
            const struct rs_keep keep = {.p_max = limits[l]};
            double r = rs_keep_least_r(&keep, dfs[d]);
            double low = r * (1.0 - 1e-9);
            double high = r * (1.0 + 3e-9);
            ck_assert(r > 0.0 && r < 1.0);
            ck_assert_double_gt(
                rs_t_p(low * sqrt(dfs[d] / (1.0 - low * low)), dfs[d]),
                limits[l]);
            if (high < 1.0)
                ck_assert_double_lt(
                    rs_t_p(high * sqrt(dfs[d] / (1.0 - high * high)), dfs[d]),
                    limits[l]);
        }
    ck_assert_double_eq(rs_keep_least_r(&all, 10.0), 0.0);
}
END_TEST

START_TEST(test_least_partial_r)
{
    const struct rs_keep keep = {.p_max = 1.0, .r2_min = 0.36};
    const struct rs_keep all = {.p_max = 1.0};

    ck_assert_double_eq_tol(rs_keep_least_partial_r(&keep, 0.0), 0.6, 1e-8);
    ck_assert_double_lt(rs_keep_least_partial_r(&keep, 0.0), 0.6);
    for (double base = 0.0; base < 0.36; base += 0.05) {
        double r = rs_keep_least_partial_r(&keep, base);
        ck_assert_double_eq_tol(base + (1.0 - base) * r * r, 0.36, 1e-8);
    }
    ck_assert_double_eq(rs_keep_least_partial_r(&keep, 0.36), 0.0);
    ck_assert_double_eq(rs_keep_least_partial_r(&keep, 0.7), 0.0);
    ck_assert_double_eq(rs_keep_least_partial_r(&keep, 1.0), 0.0);
    ck_assert_double_eq(rs_keep_least_partial_r(&all, 0.0), 0.0);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_some, 1},    {&test_conditions, 1},      {&test_p_at_the_limit, 1},
    {&test_least_r, 1}, {&test_least_partial_r, 1},
};
SUITE(keep, tests)
