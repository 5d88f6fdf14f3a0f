/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coded_rows.h"
#include "run_suite.h"

START_TEST(test_sort)
{
    struct rs_coded_row rows[] = {{1, 0, 0},  {0, 2, 1}, {1, 0, 2},
                                  {-1, 5, 3}, {0, 1, 4}, {0, 2, 5}};
    const size_t order[] = {3, 4, 1, 5, 0, 2};
    const bool begins[] = {true, true, true, false, true, false};

    rs_coded_rows_sort(rows, 6);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_uint_eq(rows[i].row, order[i]);
        ck_assert_int_eq(rs_coded_rows_begins(rows, i), begins[i]);
    }
}
END_TEST

static const struct suite_test tests[] = {{&test_sort, 1}};
SUITE(coded_rows, tests)
