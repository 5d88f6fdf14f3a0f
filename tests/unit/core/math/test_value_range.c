/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "value_range.h"

enum { N = 21 };

/* Whichever value it is: those of whole vectors, and what is left over. */
START_TEST(test_range)
{
    double values[N];
    double least = 0.0;
    double most = 0.0;
    bool finite = false;

    for (size_t i = 0; i < N; i++)
        values[i] = 1.0;
    values[_i] = -7.5;
    values[(_i + 3) % N] = 3.0;
    rs_value_range(&least, &most, &finite, values, N);
    ck_assert_double_eq(least, -7.5);
    ck_assert_double_eq(most, 3.0);
    ck_assert(finite);
    ck_assert(!rs_are_whole(values, N, 7.5));
    values[_i] = -8.0;
    ck_assert(rs_are_whole(values, N, 8.0));
    ck_assert(!rs_are_whole(values, N, 0x1p53));
    values[_i] = _i % 2 == 0 ? NAN : -INFINITY;
    rs_value_range(&least, &most, &finite, values, N);
    ck_assert(!finite);
}
END_TEST

/* The least number there is, to below 1 and back. */
START_TEST(test_scale)
{
    const struct rs_scale up = rs_scale_of(-1073);
    const struct rs_scale down = rs_scale_of(1073);

    ck_assert_double_eq(0x1p-1074 * up.first * up.second, 0.5);
    ck_assert_double_eq(0.5 * down.first * down.second, 0x1p-1074);
}
END_TEST

static const struct suite_test tests[] = {{&test_range, N}, {&test_scale, 1}};
SUITE(value_range, tests)
