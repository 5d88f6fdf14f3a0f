/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "p_histogram.h"
#include "p_median.h"
#include "run_suite.h"
#include "tails.h"
#include "tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALL = (1 << RS_ADJUST_COUNT) - 1, N = 60000 };

static double made_log_p(uint64_t *seed, unsigned kind)
{
    double u = 1.0 - made_uniform(seed);

    switch (kind) {
    case 0:
        return log(u);
    case 1:
        return made_uniform(seed) < 0.2 ? -300.0 * u * u : log(u);
    case 2:
        return log(ceil(20.0 * u) / 20.0);
    case 3:
        return u < 0.1 ? -INFINITY : u < 0.2 ? 0.0 : u < 0.3 ? NAN : log(u);
    case 4:
        return -50.0 - 100.0 * u;
    default: /* single tests anywhere, one below e^-32768 */
        return u > 0.999 ? -40000.0 * made_uniform(seed) : -u;
    }
}

/* Every bucket ends where the next begins, and holds both its upper end and
 * what lies just above the lower. */
START_TEST(test_buckets)
{
    size_t wrong = 0;

    for (size_t i = 0; i + 2 < RS_P_BUCKETS; i++) {
        double low = 0.0;
        double high = 0.0;
        rs_p_bucket_ends(&low, &high, i);
        wrong += rs_p_bucket(high) == i ? 0 : 1;
        wrong += rs_p_bucket(nextafter(low, 0.0)) == i ? 0 : 1;
        wrong += rs_p_bucket(low) == i + 1 ? 0 : 1;
    }
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(rs_p_bucket(0.0), 0);
    ck_assert_uint_eq(rs_p_bucket(-INFINITY), RS_P_BUCKETS - 1);
    ck_assert_uint_eq(rs_p_bucket(-1e300), RS_P_BUCKETS - 2);
    ck_assert_uint_eq(rs_p_bucket(-32768.0), RS_P_BUCKETS - 2);
}
END_TEST

/* Values are never below the exact ones, at most `distance` above, and rise
 * with p; levels keep what has values below them. */
static void check_curve(const struct rs_adjust_curve *curve,
                        const struct rs_adjust_curve *exact,
                        const double *log_p)
{
    const double log_least = -300.0 * log(10.0);
    static const double levels[] = {1e-6, 0.01, 0.05, 0.5, 0.95};
    size_t below = 0;
    size_t above = 0;
    size_t wrong = 0;

    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
        enum rs_adjust method = (enum rs_adjust)k;
        for (size_t i = 0; i < N; i++) {
            double ours = rs_adjust_log(curve, method, log_p[i]);
            double far = 0.0;
            double least = rs_adjust_log(exact, method, log_p[i]);
            if (ours == least || isnan(log_p[i]))
                continue;
            below += ours < least - 1e-14 - 4e-16 * fabs(least) ? 1 : 0;
            far = expm1(fmax(ours, log_least) - fmax(least, log_least));
            above += far > curve->distance * (1.0 + 1e-9) + 1e-12 ? 1 : 0;
        }
        for (size_t j = 0; j < sizeof levels / sizeof levels[0]; j++) {
            double cut = rs_adjust_log_p_max(curve, method, log(levels[j]));
            for (size_t i = 0; i < N; i++)
                wrong += (rs_adjust_log(curve, method, log_p[i]) <=
                          log(levels[j])) == (log_p[i] <= cut)
                             ? 0
                             : 1;
        }
    }
    ck_assert_uint_eq(below, 0);
    ck_assert_uint_eq(above, 0);
    ck_assert_uint_eq(wrong, 0);
}

static void check_rising(const struct rs_adjust_curve *curve)
{
    size_t wrong = 0;

    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
        double before = -INFINITY;
        for (double x = -200.0; x <= 0.0; x += 0.00137) {
            double value = rs_adjust_log(curve, (enum rs_adjust)k, x);
            wrong += value < before ? 1 : 0;
            before = value;
        }
    }
    ck_assert_uint_eq(wrong, 0);
}

START_TEST(test_against_exact)
{
    struct rs_adjust_ask ask = {
        .methods = ALL, .n_threads = 2, .most_bytes = UINT64_MAX};
    double *log_p = calloc(N, sizeof *log_p);

    for (unsigned kind = 0; kind < 6; kind++) {
        struct rs_adjust_curve exact;
        struct rs_adjust_curve curve;
        struct rs_pages pages;
        uint64_t seed = 11 + kind;
        for (size_t i = 0; i < N; i++)
            log_p[i] = made_log_p(&seed, kind);
        ck_assert_int_eq(rs_adjust_make(&exact, log_p, N, &ask, NULL), RS_OK);
        ck_assert_int_eq(rs_p_histogram_of(&pages, log_p, N, 3, NULL), RS_OK);
        ck_assert_int_eq(rs_p_histogram_curve(&curve, pages.base, ALL, NULL),
                         RS_OK);
        (void)printf("histogram, kind %u: distance %.2g\n", kind,
                     curve.distance);
        ck_assert_uint_eq(curve.m, exact.m);
        ck_assert_double_eq(curve.log_pi0, exact.log_pi0);
        ck_assert_double_le(curve.distance, kind == 5 ? 1e-2 : 5e-3);
        ck_assert_double_eq_tol(exp(curve.log_p_median),
                                exp(exact.log_p_median), 1e-4);
        ck_assert_double_ge(curve.log_p_largest, exact.log_p_largest);
        check_curve(&curve, &exact, log_p);
        check_rising(&curve);
        rs_adjust_clear(&curve);
        rs_adjust_clear(&exact);
        rs_pages_free(&pages);
    }
    free(log_p);
}
END_TEST

/* Two histograms together are that of all. */
START_TEST(test_merge)
{
    struct rs_p_histogram *parts = calloc(3, sizeof *parts);
    uint64_t seed = 3;
    size_t wrong = 0;

    for (size_t i = 0; i < 1000; i++) {
        double log_p = made_log_p(&seed, 3);
        rs_p_histogram_add(&parts[i % 2], log_p);
        rs_p_histogram_add(&parts[2], log_p);
    }
    rs_p_histogram_merge(&parts[0], &parts[1]);
    for (size_t i = 0; i < RS_P_BUCKETS; i++)
        wrong += parts[0].counts[i] == parts[2].counts[i] ? 0 : 1;
    for (size_t i = 0; i <= RS_LAMBDAS; i++)
        wrong += parts[0].above[i] == parts[2].above[i] ? 0 : 1;
    ck_assert_uint_eq(wrong, 0);
    free(parts);
}
END_TEST

START_TEST(test_empty)
{
    struct rs_p_histogram *histogram = calloc(1, sizeof *histogram);
    struct rs_adjust_curve curve;

    rs_p_histogram_add(histogram, NAN);
    ck_assert_int_eq(rs_p_histogram_curve(&curve, histogram, ALL, NULL), RS_OK);
    ck_assert_uint_eq(curve.m, 0);
    ck_assert_double_nan(rs_adjust_log(&curve, RS_ADJUST_BH, -1.0));
    rs_adjust_clear(&curve);
    rs_p_histogram_add(histogram, -2.0);
    ck_assert_int_eq(rs_p_histogram_curve(&curve, histogram, ALL, NULL), RS_OK);
    ck_assert_double_eq(rs_adjust_log(&curve, RS_ADJUST_BH, -2.0), -2.0);
    rs_adjust_clear(&curve);
    free(histogram);
}
END_TEST

static double median_of(const double *log_p, size_t n)
{
    double median = 0.0;

    ck_assert_int_eq(rs_p_median(&median, log_p, n, 2, NULL), RS_OK);
    return median;
}

START_TEST(test_median)
{
    static const double odd[] = {-5.0, NAN, -0.1, -70000.0};
    static const double zeros[] = {-INFINITY, -INFINITY, -1.0};
    double even[] = {log(0.2), -INFINITY, log(0.4), 0.0, NAN, NAN};
    double *log_p = calloc(N, sizeof *log_p);

    ck_assert_double_nan(median_of(odd, 0));
    ck_assert_double_nan(median_of(odd + 1, 1));
    ck_assert_double_eq(median_of(odd, 4), -5.0);
    ck_assert_double_eq(median_of(odd + 3, 1), -70000.0);
    ck_assert_double_eq(median_of(zeros, 3), -INFINITY);
    ck_assert_double_eq(rs_log_p_middle(-INFINITY, -1.0), -INFINITY);
    ck_assert_double_eq(rs_log_p_middle(-2.0, -2.0), -2.0);
    /* of two middle ones lambda is the mean of both */
    ck_assert_double_eq_tol(
        rs_genomic_lambda(median_of(even, 6)),
        0.5 * (rs_genomic_lambda(log(0.2)) + rs_genomic_lambda(log(0.4))),
        1e-14);
    for (unsigned kind = 0; kind < 6; kind++) {
        struct rs_adjust_ask ask = {.most_bytes = UINT64_MAX};
        struct rs_adjust_curve exact;
        uint64_t seed = kind;
        for (size_t i = 0; i < N; i++)
            log_p[i] = made_log_p(&seed, kind);
        ck_assert_int_eq(rs_adjust_make(&exact, log_p, N, &ask, NULL), RS_OK);
        ck_assert_double_eq(median_of(log_p, N), exact.log_p_median);
        rs_adjust_clear(&exact);
    }
    free(log_p);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_buckets, 1}, {&test_against_exact, 1}, {&test_merge, 1},
    {&test_empty, 1},   {&test_median, 1},
};
SUITE(p_histogram, tests)
