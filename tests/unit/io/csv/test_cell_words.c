/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_hint.h"
#include "cell_words.h"
#include "run_suite.h"

#include <check.h>
#include <string.h>

/* A cell, and what it says; NULL: nothing that is a number. */
struct said {
    const char *cell, *number;
};

static const struct said loose[] = {
    {"1,234", "1234"},
    {"1,234.5", "1234.5"},
    {"12,345,678.", "12345678."},
    {"1 234.5", "1234.5"},
    {"1\xc2\xa0"
     "234",
     "1234"},
    {"1\xe2\x80\xaf"
     "234",
     "1234"},
    {"1'234'567.89", "1234567.89"},
    {"1\xe2\x80\x99"
     "234",
     "1234"},
    {"1,23", NULL},
    {"1,2345", NULL},
    {"1234,567", NULL},
    {"0,123", NULL},
    {",123", NULL},
    {"1,234,56", NULL},
    {"1,234 567", "1234 567"}, /* which is no number */
    {"12 %", "0.12"},
    {"5%", "0.05"},
    {"-1.5 %", "-0.015"},
    {"1,234.5%", "12.345"},
    {".5%", "0.005"},
    {"1e2%", NULL},
    {"%", NULL},
    {"$5", "5"},
    {"$ 1,234.50", "1234.50"},
    {"-$5", "-5"},
    {"$-5", "-5"},
    {"\xe2\x82\xac 4", "4"},
    {"1 234 \xe2\x82\xac", "1234"},
    {"\xc2\xa3"
     "3",
     "3"},
    {"$5$", NULL},
    {"$5%", NULL},
    {"$$5", NULL},
    {"$inf", NULL},
    {"(5)", "-5"},
    {"($5)", "-5"},
    {"$(1,234)", "-1234"},
    {"(-5)", NULL},
    {"((5))", "-(5)"}, /* likewise */
    {"()", NULL},
    {"\xe2\x88\x92"
     "5",
     "-5"},
    {" 5 ", "5"},
    {"\t5e3", "5e3"},
    {"- 5", "-5"},
    {"--5", NULL},
    {"+-5", NULL},
    {"", NULL},
    {" ", NULL},
    {"5\xe9", NULL},
    {"5\xe2\x82", NULL},
    {"12345678901234567890123456789012345678901234567890123456789012345",
     NULL}, /* longer than any that is taken */
};

static const struct said commas[] = {
    {"1.234", "1234"},
    {"1.234,5", "1234,5"},
    {"1 234,5", "1234,5"},
    {"1.5", NULL},
    {"0.123", NULL},
    {"12,5 %", "0,125"},
    {"1,234,567", "1,234,567"}, /* which is no number */
};

static const struct said truths[] = {
    {"TRUE", "1"},    {"true", "1"},  {"T", "1"}, {"yes", "1"}, {"Y", "1"},
    {"On", "1"},      {"FALSE", "0"}, {"f", "0"}, {"No", "0"},  {"n", "0"},
    {"off", "0"},     {" yes ", "1"}, {"", NULL}, {"ye", NULL}, {"2", NULL},
    {"falsey", NULL}, {"tru", NULL},
};

/* Days by Python's datetime. */
static const struct said dates[] = {
    {"1970-01-01", "0"},
    {"1969-12-31", "-1"},
    {"2024-01-31", "19753"},
    {"2024/1/31", "19753"},
    {"2024.1.31", "19753"},
    {"20240131", "19753"},
    {"31.1.2024", "19753"},
    {"31.01.2024", "19753"},
    {"31 January 2024", "19753"},
    {"31. Jan 2024", "19753"},
    {"31-Jan-2024", "19753"},
    {"31JAN2024", "19753"},
    {"Jan 31, 2024", "19753"},
    {"january 31 2024", "19753"},
    {" 2024-01-31 ", "19753"},
    {"2024-02-29", "19782"},
    {"2023-02-29", NULL},
    {"1900-02-29", NULL},
    {"2000-02-29", "11016"},
    {"0001-01-01", "-719162"},
    {"9999-12-31", "2932896"},
    {"0000-01-01", NULL},
    {"2024-13-01", NULL},
    {"2024-00-01", NULL},
    {"2024-04-31", NULL},
    {"2024-01-31T06:00", "19753.25"},
    {"2024-01-31 18:00:00", "19753.75"},
    {"2024-01-31T00:00:00Z", "19753"},
    {"2024-01-31T01:00+01:00", "19753"},
    {"2024-01-31T01:00+0100", "19753"},
    {"2024-01-31T23:00-01:00", "19754"},
    {"2024-01-31T00:00:43.2", "19753.0005"},
    {"31JAN2024:12:00:00", "19753.5"},
    {"2024-01-31T24:00", NULL},
    {"2024-01-31T12", NULL},
    {"2024-01-31T12:60", NULL},
    {"2024-01-31T12:00X", NULL},
    {"2024-01-31x", NULL},
    {"2024-01/31", NULL},
    {"31/1/2024", NULL},
    {"1/31/2024", NULL},
    {"31-Jan 2024", NULL},
    {"31.1.24", NULL},
    {"2024-1", NULL},
    {"24-01-31", NULL},
    {"19753", NULL},
    {"2024", NULL},
    {"Jax 31, 2024", NULL},
    {"", NULL},
};

static void check(const struct said *said, const char *out, size_t n)
{
    ck_assert_msg((n == 0) == (said->number == NULL), "'%s': %zu bytes",
                  said->cell, n);
    if (n == 0)
        return;
    ck_assert_msg(strcmp(out, said->number) == 0, "'%s': '%s'", said->cell,
                  out);
    ck_assert_uint_eq(n, strlen(out));
}

#define EACH(table)                                                            \
    size_t i = 0;                                                              \
    i < sizeof table / sizeof table[0];                                        \
    i++

START_TEST(test_loose)
{
    char out[RS_CELL_ROOM];

    for (EACH(loose))
        check(&loose[i], out,
              rs_cell_loose(out, loose[i].cell, strlen(loose[i].cell), '.'));
    for (EACH(commas))
        check(&commas[i], out,
              rs_cell_loose(out, commas[i].cell, strlen(commas[i].cell), ','));
}
END_TEST

START_TEST(test_truth)
{
    char out[RS_CELL_ROOM];

    for (EACH(truths))
        check(&truths[i], out,
              rs_cell_truth(out, truths[i].cell, strlen(truths[i].cell)));
}
END_TEST

START_TEST(test_dates)
{
    char out[RS_CELL_ROOM];

    for (EACH(dates))
        check(&dates[i], out,
              rs_cell_date(out, dates[i].cell, strlen(dates[i].cell), '.'));
    ck_assert_uint_gt(rs_cell_date(out, "2024-01-31T06:00", 16, ','), 0);
    ck_assert_str_eq(out, "19753,25");
}
END_TEST

START_TEST(test_hints)
{
    static const struct {
        const char *cell;
        enum rs_cell_hint hint;
    } cells[] = {
        {"1,234", RS_HINT_THOUSANDS},
        {"12 %", RS_HINT_PERCENT},
        {"$1,234", RS_HINT_CURRENCY},
        {"5 \xe2\x82\xac", RS_HINT_CURRENCY},
        {"(1,234)", RS_HINT_PARENTHESES},
        {" 7", RS_HINT_BLANKS},
        {"\xe2\x88\x92"
         "5",
         RS_HINT_MINUS},
        {"1,5", RS_HINT_COMMA},
        {"TRUE", RS_HINT_TRUE},
        {"no", RS_HINT_FALSE},
        {"F", RS_HINT_NONE},
        {"2024-01-31", RS_HINT_DATE},
        {"31/1/2024", RS_HINT_SLASHES},
        {"31/1/24", RS_HINT_NONE},
        {"28.4?", RS_HINT_NONE},
        {"", RS_HINT_NONE},
        {"19753", RS_HINT_NUMBER},
    };

    for (EACH(cells))
        ck_assert_msg(rs_cell_hint(cells[i].cell, '.') == cells[i].hint,
                      "'%s': %d", cells[i].cell,
                      (int)rs_cell_hint(cells[i].cell, '.'));
    ck_assert_int_eq(rs_cell_hint("1.5", ','), RS_HINT_POINT);
    ck_assert_int_eq(rs_cell_hint("1.234", ','), RS_HINT_THOUSANDS);
    for (int hint = 0; hint < RS_N_HINTS; hint++)
        ck_assert_ptr_nonnull(rs_cell_hint_formats[hint]);
}
END_TEST

START_TEST(test_hint_columns)
{
    char out[16];

    rs_cell_hint_column(out, sizeof out, "Smoker");
    ck_assert_str_eq(out, "Smoker");
    rs_cell_hint_column(out, sizeof out, "a b");
    ck_assert_str_eq(out, "'a b'");
    rs_cell_hint_column(out, sizeof out, "a,b");
    ck_assert_str_eq(out, "'a\\,b'");
    rs_cell_hint_column(out, sizeof out, "a very long name, this is");
    ck_assert_uint_lt(strlen(out), sizeof out);
    ck_assert_int_eq(out[strlen(out) - 1], '\'');
}
END_TEST

static const struct suite_test tests[] = {
    {&test_loose, 1}, {&test_truth, 1},        {&test_dates, 1},
    {&test_hints, 1}, {&test_hint_columns, 1},
};
SUITE(cell_words, tests)
