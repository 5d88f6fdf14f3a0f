/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_reader.h"
#include "cell_words.h"
#include "dataset_new.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <string.h>

static const char *const na[] = {"", "NA", "-9", "x"};
static const char *const among[] = {"n/a", "#N/A"};

static struct rs_cell_reader reader;
static struct rs_error err;

static void begin(const struct rs_cell_rule *extra)
{
    struct rs_cell_rule rule = *extra;

    rule.na = na;
    rule.n_na = 4;
    rule.among = among;
    rule.n_among = 2;
    ck_assert_int_eq(rs_cell_reader_init(&reader, &rule, ',', '.', &err),
                     RS_OK);
}

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* The value of a cell in a column of numbers, -9 and all. */
static void check_number(const char *cell, double want, enum rs_fault_kind kind)
{
    enum rs_fault_kind fault = RS_FAULT_NONE;
    double value = rs_cell_number(&fault, &reader, cell, strlen(cell));

    ck_assert_msg(same(value, want), "'%s': %g", cell, value);
    ck_assert_msg(fault == kind, "'%s': %d", cell, (int)fault);
}

/* The text that a cell is as a level; NULL: missing. */
static void check_level(const char *cell, enum rs_level_rule rule,
                        const char *want)
{
    char room[RS_CELL_ROOM];
    size_t len = strlen(cell);
    const char *level = rs_cell_level(&len, room, &reader, rule, cell);

    ck_assert_msg((level == NULL) == (want == NULL), "'%s'", cell);
    if (level != NULL)
        ck_assert_msg(len == strlen(want) && strcmp(level, want) == 0,
                      "'%s': '%s'", cell, level);
}

START_TEST(test_plain)
{
    begin(&(struct rs_cell_rule){0});
    check_number("12.5", 12.5, RS_FAULT_NONE);
    check_number("", NAN, RS_FAULT_NONE);
    check_number("x", NAN, RS_FAULT_NONE);
    check_number("-9", NAN, RS_FAULT_NONE);
    check_number("-9.0", -9.0, RS_FAULT_NONE); /* until the column is known */
    check_number("#N/A", rs_nan_word(), RS_FAULT_NONE);
    check_number("-NaN", rs_nan_word(), RS_FAULT_NONE);
    check_number("+nan", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("N/A", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("TRUE", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("1,234", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("1e400", rs_nan_beyond(), RS_FAULT_OUT_OF_RANGE);
    rs_cell_reader_clear(&reader);
}
END_TEST

START_TEST(test_levels)
{
    begin(&(struct rs_cell_rule){0});
    check_level("-9", RS_LEVEL_TEXT, NULL);
    check_level("-9.0", RS_LEVEL_TEXT, "-9.0");
    check_level("#N/A", RS_LEVEL_TEXT, "#N/A");
    check_level("-9.0", RS_LEVEL_NUMBER, NULL);
    check_level("-0.9e1", RS_LEVEL_NUMBER, NULL);
    check_level("9.0", RS_LEVEL_NUMBER, "9.0");
    check_level("#N/A", RS_LEVEL_NUMBER, NULL);
    check_level("n/a", RS_LEVEL_NUMBER, NULL);
    check_level("NaN", RS_LEVEL_NUMBER, NULL);
    rs_cell_reader_clear(&reader);
}
END_TEST

START_TEST(test_without_values)
{
    const struct rs_cell_rule rule = {.among = among, .n_among = 2};

    ck_assert_int_eq(rs_cell_reader_init(&reader, &rule, ',', '.', &err),
                     RS_OK);
    check_number("-9", -9.0, RS_FAULT_NONE);
    check_level("0012", RS_LEVEL_NUMBER, "0012");
    check_level("#N/A", RS_LEVEL_NUMBER, NULL);
    check_level("nan", RS_LEVEL_NUMBER, NULL);
    check_number("", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    rs_cell_reader_clear(&reader);
}
END_TEST

START_TEST(test_loose)
{
    begin(&(struct rs_cell_rule){.loose = true});
    check_number("1,234", 1234.0, RS_FAULT_NONE);
    check_number("12 %", 0.12, RS_FAULT_NONE);
    check_number(" NA ", rs_nan_word(), RS_FAULT_NONE);
    check_number("  ", rs_nan_word(), RS_FAULT_NONE);
    check_number(" n/a", rs_nan_word(), RS_FAULT_NONE);
    check_number("a b", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("12,345,678,901,234,567,891", 12345678901234567891.0,
                 RS_FAULT_ROUNDED);
    check_level("1,234", RS_LEVEL_NUMBER, "1234");
    check_level("1,234", RS_LEVEL_TEXT, "1,234");
    check_level(" NA ", RS_LEVEL_TEXT, " NA ");
    check_level(" NA ", RS_LEVEL_NUMBER, NULL);
    check_level("($9)", RS_LEVEL_NUMBER, NULL); /* it is -9 */
    check_level("12 %", RS_LEVEL_NUMBER, "0.12");
    rs_cell_reader_clear(&reader);
}
END_TEST

START_TEST(test_truth)
{
    begin(&(struct rs_cell_rule){.truth = true});
    check_number("Yes", 1.0, RS_FAULT_NONE);
    check_number("n", 0.0, RS_FAULT_NONE);
    check_number("0.5", 0.5, RS_FAULT_NONE);
    check_number("maybe", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_level("TRUE", RS_LEVEL_NUMBER, "1");
    check_level("1", RS_LEVEL_NUMBER, "1");
    check_level("TRUE", RS_LEVEL_TEXT, "TRUE");
    rs_cell_reader_clear(&reader);
}
END_TEST

START_TEST(test_dates)
{
    begin(&(struct rs_cell_rule){.dates = true});
    check_number("2024-01-31", 19753.0, RS_FAULT_NONE);
    check_number("20240131", 19753.0, RS_FAULT_NONE);
    check_number("19753", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("inf", rs_nan_text(), RS_FAULT_NOT_A_NUMBER);
    check_number("NA", NAN, RS_FAULT_NONE);
    check_number("#N/A", rs_nan_word(), RS_FAULT_NONE);
    check_number("nan", rs_nan_word(), RS_FAULT_NONE);
    check_level("20240131", RS_LEVEL_NUMBER, "19753");
    for (int c = 0; c < 256; c++) /* none goes by as a plain number */
        ck_assert(reader.special[c]);
    rs_cell_reader_clear(&reader);
}
END_TEST

START_TEST(test_drop_values)
{
    static const char *const texts[] = {"-9", "99.50", "1e400", "nan",
                                        "12345678901234567891"};
    const struct rs_cell_rule rule = {.na = texts, .n_na = 5};
    double values[] = {1.0, -9.0, 99.5, INFINITY, 12345678901234567891.0, 9.0};
    enum rs_fault_kind fault = RS_FAULT_NONE;

    ck_assert_int_eq(rs_cell_reader_init(&reader, &rule, ',', '.', &err),
                     RS_OK);
    rs_cell_drop_values(values, 6, &reader);
    ck_assert(values[0] == 1.0 && values[3] == INFINITY && values[5] == 9.0);
    ck_assert(isnan(values[1]) && isnan(values[2]) && isnan(values[4]));
    /* digits that are lost of what is missing are no loss */
    (void)rs_cell_number(&fault, &reader, "+12345678901234567891", 21);
    ck_assert_int_eq(fault, RS_FAULT_NONE);
    (void)rs_cell_number(&fault, &reader, "12345678901234569999", 20);
    ck_assert_int_eq(fault, RS_FAULT_ROUNDED);
    rs_cell_reader_clear(&reader);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_plain, 1},       {&test_levels, 1}, {&test_without_values, 1},
    {&test_loose, 1},       {&test_truth, 1},  {&test_dates, 1},
    {&test_drop_values, 1},
};
SUITE(cell_reader, tests)
