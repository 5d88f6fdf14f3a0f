/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "distinct.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>

enum { N = 5000 };

static struct rs_distinct met; /* larger than a stack should bear */
static double values[N];

START_TEST(test_counts)
{
    const double few[] = {0.0, -0.0, NAN, 3.0, INFINITY, 3.0, -INFINITY, NAN};

    ck_assert_uint_eq(rs_distinct_count(&met, few, 8), 4);
    ck_assert_uint_eq(met.n, 4);
    ck_assert_uint_eq(rs_distinct_count(&met, few, 0), 0);
    ck_assert_uint_eq(rs_distinct_count(&met, few + 2, 1), 0);
    ck_assert_uint_eq(rs_distinct_count(&met, few + 3, 1), 1);
}
END_TEST

/* At the bound, below and above it, in any order; nothing is kept from one
 * column to the next. */
START_TEST(test_bound)
{
    for (size_t n = RS_DISTINCT_MOST - 1; n <= RS_DISTINCT_MOST + 2; n++) {
        size_t expected = n < RS_DISTINCT_MOST + 1 ? n : RS_DISTINCT_MOST + 1;
        for (size_t i = 0; i < N; i++)
            values[i] = (double)(i * 7919 % n) * 0.1;
        ck_assert_uint_eq(rs_distinct_count(&met, values, N), expected);
    }
}
END_TEST

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* As sorting them counts, for numbers that share most of their bits. */
START_TEST(test_as_sorted)
{
    uint64_t state = 9;

    for (double scale = 1.0; scale < 1e10; scale *= 10.0) {
        size_t expected = 1;
        size_t n = 0;
        for (size_t i = 0; i < N; i++)
            values[i] = floor(900.0 * made_uniform(&state)) / scale;
        n = rs_distinct_count(&met, values, N);
        qsort(values, N, sizeof values[0], by_value);
        for (size_t i = 1; i < N; i++)
            expected += values[i] != values[i - 1];
        ck_assert_uint_eq(n, expected);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_counts, 1}, {&test_bound, 1}, {&test_as_sorted, 1}};
SUITE(distinct, tests)
