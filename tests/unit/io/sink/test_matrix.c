/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"
#include "run_suite.h"

#include <stdint.h>

START_TEST(test_bytes)
{
    ck_assert_uint_eq(rs_matrix_bytes(3, 5, false), 120);
    ck_assert_uint_eq(rs_matrix_bytes(3, SIZE_MAX / 2, true), 24);
    ck_assert_uint_eq(rs_matrix_bytes(SIZE_MAX / 2, 3, false), SIZE_MAX);
    ck_assert_uint_eq(rs_matrix_bytes(SIZE_MAX / 4, 1, true), SIZE_MAX);
}
END_TEST

static const struct suite_test tests[] = {{&test_bytes, 1}};
SUITE(matrix, tests)
