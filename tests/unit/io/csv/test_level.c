/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level_set.h"
#include "run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Levels in order, and the spellings of each from the plainest on. */
static const char *const numbers[][6] = {
    {"-Inf", "-inf", "-infinity"},
    {"-1e400"}, /* a column with it is text, but the rule knows no doubles */
    {"-12.5", "-12.50", "-1.25e1"},
    {"-9", "-09"},
    {"-1e-400"},
    {"0", "+0", "-0", "0.", "00", "0e999999999999999999999"},
    {"1e-400", ".1e-399", "10e-401"},
    {"1e-300"},
    {".1", "0.1", "0.10", "1e-1"},
    {"0.1000000000000000055511151231257827"},
    {"1", "+1", "01", "1.0", "1e0", "10e-1"},
    {"1.5", "15e-1", "0.15e+1"},
    {"9", "9.0"},
    {"10", "1E1", "1e1", "1e01", "0.1e2"},
    {"9007199254740992"},
    {"9007199254740993", "9007199254740993.0", "900719925474099.3e1"},
    {"1e23", "100000000000000000000000"},
    {"INF", "Inf", "inf", "+inf", "infinity"},
};
static const size_t n_numbers = sizeof numbers / sizeof numbers[0];

static struct rs_level level_of(const char *text, enum rs_level_rule rule)
{
    struct rs_level level;

    ck_assert(rs_level_read(&level, text, strlen(text), rule, '.'));
    return level;
}

START_TEST(test_numbers)
{
    for (size_t i = 0; i < n_numbers; i++)
        for (size_t a = 0; a < 6 && numbers[i][a] != NULL; a++)
            for (size_t j = 0; j < n_numbers; j++)
                for (size_t b = 0; b < 6 && numbers[j][b] != NULL; b++) {
                    struct rs_level p =
                        level_of(numbers[i][a], RS_LEVEL_NUMBER);
                    struct rs_level q =
                        level_of(numbers[j][b], RS_LEVEL_NUMBER);
                    int order = rs_level_compare(&p, &q);
                    ck_assert_msg(
                        (order > 0) - (order < 0) == (i > j) - (i < j),
                        "%s, %s: %d", numbers[i][a], numbers[j][b], order);
                    ck_assert((rs_level_hash(&p) == rs_level_hash(&q)) ==
                              (i == j));
                    if (i == j && a != b)
                        ck_assert_msg(rs_level_is_plainer(&p, &q) == (a < b),
                                      "%s, %s", numbers[i][a], numbers[j][b]);
                }
}
END_TEST

START_TEST(test_texts)
{
    static const char *const texts[] = {"",    "01",  "1", "1.0",
                                        "NAN", "nan", "z"};

    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++) {
            struct rs_level p = level_of(texts[i], RS_LEVEL_TEXT);
            struct rs_level q = level_of(texts[j], RS_LEVEL_TEXT);
            int order = rs_level_compare(&p, &q);
            ck_assert_int_eq((order > 0) - (order < 0), (i > j) - (i < j));
        }
}
END_TEST

START_TEST(test_decimal_comma)
{
    struct rs_level p;
    struct rs_level q;

    ck_assert(rs_level_read(&p, "1,50", 4, RS_LEVEL_NUMBER, ','));
    ck_assert(rs_level_read(&q, "15e-1", 5, RS_LEVEL_NUMBER, ','));
    ck_assert_int_eq(rs_level_compare(&p, &q), 0);
    ck_assert(!rs_level_read(&p, "NaN", 3, RS_LEVEL_NUMBER, ','));
    ck_assert(!rs_level_read(&p, "-nan", 4, RS_LEVEL_NUMBER, ','));
}
END_TEST

/* The factor is the same however the cells are spread over sets. */
START_TEST(test_merge)
{
    enum { CELLS = 9, SETS = 3 };
    static const char *const cells[CELLS] = {"10", "2.0", "02", "1e1", "nan",
                                             "-1", "2",   "-1", "10.0"};
    static const int32_t codes[CELLS] = {2, 1, 1, 2, -1, 0, 1, 0, 2};
    size_t n_sets = (size_t)_i + 1;
    struct rs_level_set sets[SETS] = {{0}};
    struct rs_factor *factor = calloc(1, sizeof *factor);
    struct rs_error err = {0};
    int32_t own[CELLS];

    for (size_t s = 0; s < n_sets; s++) {
        sets[s].rule = RS_LEVEL_NUMBER;
        sets[s].decimal = '.';
    }
    for (size_t i = 0; i < CELLS; i++)
        own[i] = rs_level_set_code(&sets[i % n_sets], cells[i],
                                   strlen(cells[i]), &err);
    ck_assert_int_eq(rs_level_sets_merge(factor, sets, n_sets, 1, &err), RS_OK);
    ck_assert_uint_eq(factor->n_levels, 3);
    ck_assert_str_eq(factor->levels[0], "-1");
    ck_assert_str_eq(factor->levels[1], "2");
    ck_assert_str_eq(factor->levels[2], "10");
    for (size_t i = 0; i < CELLS; i++)
        ck_assert_int_eq(rs_level_set_final(&sets[i % n_sets], own[i]),
                         codes[i]);
    for (size_t s = 0; s < n_sets; s++)
        rs_level_set_clear(&sets[s]);
    rs_factor_free(factor);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_numbers, 1},
    {&test_texts, 1},
    {&test_decimal_comma, 1},
    {&test_merge, 3},
};
SUITE(level, tests)
