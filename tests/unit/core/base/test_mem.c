/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "run_suite.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

/* Sizes that no size_t holds are out of memory, not wrapped. */
START_TEST(test_overflow)
{
    struct rs_error err;

    ck_assert_ptr_null(rs_alloc(SIZE_MAX / 4, 8, &err));
    ck_assert_ptr_null(rs_alloc(2, SIZE_MAX, NULL));
    ck_assert_str_ne(err.text, "");
}
END_TEST

START_TEST(test_grow)
{
    struct rs_error err;
    size_t *array = NULL;

    for (size_t n = 0; n < 1000; n++) {
        size_t *more = rs_grow(array, n, sizeof *array, &err);
        ck_assert_ptr_nonnull(more);
        array = more;
        array[n] = n;
    }
    for (size_t n = 0; n < 1000; n++)
        ck_assert_uint_eq(array[n], n);
    free(array);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_overflow, 1},
    {&test_grow, 1},
};
SUITE(mem, tests)
