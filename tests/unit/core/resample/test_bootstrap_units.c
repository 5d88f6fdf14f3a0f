/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_units.h"

#include "errors.h"
#include "row_set.h"
#include "run_suite.h"

#include <check.h>

enum { ROWS = 7 };

/* The units of the rows of a set, whose clusters are codes. */
static void find_units(struct rs_bootstrap_units *units, int32_t *codes,
                       size_t n_levels, uint64_t rows)
{
    struct rs_factor levels = {.n_levels = n_levels, .codes = codes};
    struct rs_column column = {.levels = &levels};
    const struct rs_dataset data = {
        .n_rows = ROWS, .n_columns = 1, .columns = &column};
    const struct rs_errors_ask ask = {.clusters = {0}, .n_clusters = 1};
    const struct rs_spec spec = {.data = &data,
                                 .errors_ask = codes == NULL ? NULL : &ask};
    struct rs_error err;

    ck_assert_int_eq(rs_bootstrap_units_init(units, &spec, ROWS, &err), RS_OK);
    rs_bootstrap_units_set(units, &rows, 1, rs_rows_count(&rows, 1));
}

static void check_unit(const struct rs_bootstrap_units *units, uint32_t unit,
                       size_t n, const uint32_t *rows)
{
    const uint32_t *got = NULL;

    ck_assert_uint_eq(rs_bootstrap_unit_rows(&got, units, &unit), n);
    ck_assert_mem_eq(got, rows, n * sizeof *rows);
}

/* Rows 1 to 6 of seven: clusters 4, 0, 4, 2, 0, 4. */
START_TEST(test_clusters)
{
    int32_t codes[ROWS] = {1, 4, 0, 4, 2, 0, 4};
    struct rs_bootstrap_units units;

    find_units(&units, codes, 5, 0x7e);
    ck_assert(units.grouped);
    ck_assert_uint_eq(units.n, 3);
    check_unit(&units, 0, 3, (const uint32_t[]){0, 2, 5});
    check_unit(&units, 1, 2, (const uint32_t[]){1, 4});
    check_unit(&units, 2, 1, (const uint32_t[]){3});
    ck_assert_uint_eq(units.of[4], 1);
    rs_bootstrap_units_clear(&units);
}
END_TEST

/* Without clusters, or with one a row, row i is unit i. */
START_TEST(test_rows)
{
    int32_t codes[ROWS] = {6, 5, 4, 3, 2, 1, 0};
    struct rs_bootstrap_units units;

    find_units(&units, _i == 0 ? NULL : codes, ROWS, 0x75);
    ck_assert(!units.grouped);
    ck_assert_uint_eq(units.n, 5);
    for (uint32_t i = 0; i < 5; i++)
        check_unit(&units, i, 1, &i);
    rs_bootstrap_units_clear(&units);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_clusters, 1},
    {&test_rows, 2},
};
SUITE(bootstrap_units, tests)
