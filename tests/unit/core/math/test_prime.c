/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prime.h"
#include "run_suite.h"

START_TEST(arithmetic)
{
    uint64_t a = UINT64_C(123456789012345678);

    ck_assert_uint_eq(rs_prime_mul(RS_PRIME - 1, RS_PRIME - 1), 1);
    ck_assert_uint_eq(rs_prime_add(RS_PRIME - 1, 1), 0);
    ck_assert_uint_eq(rs_prime_sub(0, 1), RS_PRIME - 1);
    ck_assert_uint_eq(rs_prime_mul(a, 1), a);
}
END_TEST

/* 1 / a is what a takes to 1; 2^-1 is 2^60. */
START_TEST(inverse)
{
    uint64_t a = UINT64_C(123456789012345678);

    ck_assert_uint_eq(rs_prime_inverse(1), 1);
    ck_assert_uint_eq(rs_prime_inverse(2), UINT64_C(1) << 60);
    ck_assert_uint_eq(rs_prime_inverse(RS_PRIME - 1), RS_PRIME - 1);
    for (int i = 0; i < 100; i++) {
        ck_assert_uint_eq(rs_prime_mul(a, rs_prime_inverse(a)), 1);
        a = rs_prime_mul(a, a);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&arithmetic, 1},
    {&inverse, 1},
};
SUITE(prime, tests)
