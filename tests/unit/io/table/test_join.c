/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "join.h"
#include "run_suite.h"

#include <check.h>

START_TEST(test_rows)
{
    static const char *const a[] = {"k3", "k1", "only", "k2", "K1"};
    static const char *const b[] = {"k1", "k", "k2", "k3", "k33", "K1 "};
    static const char *const c[] = {"k2", "k3", "K1"};
    struct rs_keys keys[3];
    struct rs_join join;

    ck_assert_int_eq(rs_keys_init(&keys[0], a, 5, NULL), RS_OK);
    ck_assert_int_eq(rs_keys_init(&keys[1], b, 6, NULL), RS_OK);
    ck_assert_int_eq(rs_keys_init(&keys[2], c, 3, NULL), RS_OK);
    ck_assert_int_eq(rs_join_init(&join, keys, 3, NULL), RS_OK);
    ck_assert_uint_eq(join.n_rows, 2); /* k3, k2 */
    ck_assert_uint_eq(join.rows[0][0], 0);
    ck_assert_uint_eq(join.rows[1][0], 3);
    ck_assert_uint_eq(join.rows[2][0], 1);
    ck_assert_uint_eq(join.rows[0][1], 3);
    ck_assert_uint_eq(join.rows[1][1], 2);
    ck_assert_uint_eq(join.rows[2][1], 0);
    rs_join_clear(&join);
    for (size_t i = 0; i < 3; i++)
        rs_keys_clear(&keys[i]);
}
END_TEST

START_TEST(test_repeated)
{
    static const char *const good[] = {"b", "a", "ab", "B"};
    static const char *const bad[] = {"z", "b", "a", "c", "a", "b", "a", "z"};
    struct rs_keys keys;
    size_t row = 0;
    size_t earlier = 0;

    ck_assert_int_eq(rs_keys_init(&keys, good, 4, NULL), RS_OK);
    ck_assert(!rs_keys_repeated(&row, &earlier, &keys));
    rs_keys_clear(&keys);
    ck_assert_int_eq(rs_keys_init(&keys, bad, 8, NULL), RS_OK);
    ck_assert(rs_keys_repeated(&row, &earlier, &keys));
    ck_assert_uint_eq(row, 4);
    ck_assert_uint_eq(earlier, 2);
    rs_keys_clear(&keys);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, 1},
    {&test_repeated, 1},
};
SUITE(join, tests)
