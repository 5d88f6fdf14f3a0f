/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "best_pairs.h"
#include "made_data.h"
#include "run_suite.h"
#include "summary_table.h"
#include "tails.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add(struct rs_tally *tally, double p)
{
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 10);
    fit.log_p = log(p);
    rs_tally_add(tally, &fit);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return a < b ? -1 : a > b;
}

/* The threshold by the definition: the largest p_(i) <= q i / m; 0: none. */
static double threshold(double *p, size_t m, double q)
{
    double found = 0.0;

    qsort(p, m, sizeof *p, compare);
    for (size_t i = 0; i < m; i++)
        if (p[i] <= q * (double)(i + 1) / (double)m)
            found = p[i];
    return found;
}

/* The bounds hold, whatever the p: every p up to `sure` passes, none above
 * `most`. Shapes from uniform to very small. */
START_TEST(test_bh)
{
    enum { MOST = 3000 };
    static double p[MOST];
    uint64_t seed = 77 + (uint64_t)_i;
    unsigned tight = 0;

    for (unsigned round = 0; round < 300; round++) {
        size_t m = 1 + (size_t)(made_uniform(&seed) * (MOST - 1));
        double power = 1.0 + 12.0 * made_uniform(&seed);
        double part = made_uniform(&seed);
        struct rs_bh_bounds bounds;
        struct rs_tally tally;
        double exact = 0.0;
        memset(&tally, 0, sizeof tally);
        for (size_t i = 0; i < m; i++) {
            double u = made_uniform(&seed) + 1e-17;
            p[i] = made_uniform(&seed) < part ? pow(u, power) : u;
            add(&tally, p[i]);
            p[i] = exp(log(p[i])); /* as it was counted */
        }
        bounds = rs_bh_bounds_of(&tally, 0.05);
        exact = threshold(p, m, 0.05);
        ck_assert(bounds.most == 0.0 || bounds.sure <= bounds.most);
        ck_assert_double_le(exact, bounds.most);
        for (size_t i = 0; i < m; i++)
            if (p[i] <= bounds.sure)
                ck_assert_double_le(p[i], exact);
        tight += exact > 0.0 && bounds.most < 2.0 * bounds.sure ? 1 : 0;
    }
    ck_assert_uint_gt(tight, 100); /* they are worth something */
}
END_TEST

START_TEST(test_no_tests)
{
    struct rs_tally tally;
    struct rs_bh_bounds bounds;

    memset(&tally, 0, sizeof tally);
    bounds = rs_bh_bounds_of(&tally, 0.05);
    ck_assert(bounds.sure == 0.0 && bounds.most == 0.0);
    ck_assert(isnan(rs_tally_lambda(&tally)));
    for (int i = 0; i < 1000; i++)
        add(&tally, 0.3 + 0.0007 * i);
    bounds = rs_bh_bounds_of(&tally, 0.05);
    ck_assert_double_eq(bounds.most, 0.0);
}
END_TEST

/* R: qchisq(median, 1, lower = FALSE) / qchisq(0.5, 1) */
START_TEST(test_lambda)
{
    struct rs_tally tally;

    memset(&tally, 0, sizeof tally);
    for (int i = 0; i < 1000; i++)
        add(&tally, (i + 0.5) / 1000.0);
    ck_assert_double_eq_tol(rs_tally_lambda(&tally), 1.0, 1e-9);
    for (int i = 0; i < 500; i++)
        add(&tally, 0.01); /* the median is 0.25 then */
    ck_assert_double_eq_tol(rs_tally_lambda(&tally), 2.9087, 0.04);
}
END_TEST

/* |z| times one factor: lambda is its square, whatever edges it lies between;
 * and where all p are the same or few, it is between these. */
START_TEST(test_inflated)
{
    static const double factors[] = {0.5, 0.8, 1.0, 1.05, 1.2,  1.5,  2.0,
                                     3.0, 5.0, 8.0, 12.0, 20.0, 40.0, 80.0};
    enum { TESTS = 20001 };

    for (size_t f = 0; f < sizeof factors / sizeof factors[0]; f++) {
        struct rs_tally tally;
        memset(&tally, 0, sizeof tally);
        for (int i = 0; i < TESTS; i++) {
            double z = rs_t_quantile((i + 0.5) / TESTS, INFINITY);
            add(&tally, rs_t_p(sqrt(factors[f]) * z, INFINITY));
        }
        ck_assert_double_le(fabs(rs_tally_lambda(&tally) / factors[f] - 1.0),
                            5e-4);
    }
}
END_TEST

START_TEST(test_few)
{
    struct rs_tally tally;

    memset(&tally, 0, sizeof tally);
    add(&tally, 0.03);
    ck_assert(rs_tally_median_p(&tally) > 0.01 &&
              rs_tally_median_p(&tally) <= 0.05);
    add(&tally, 0.02);
    ck_assert(rs_tally_median_p(&tally) > 0.01 &&
              rs_tally_median_p(&tally) <= 0.05);
    add(&tally, 0.95);
    add(&tally, 0.94);
    ck_assert(rs_tally_median_p(&tally) > 0.01 &&
              rs_tally_median_p(&tally) <= 0.9);
    memset(&tally, 0, sizeof tally);
    add(&tally, 1e-20);
    ck_assert(rs_tally_median_p(&tally) > 0.0 &&
              rs_tally_median_p(&tally) <= 1e-10);
}
END_TEST

static const struct {
    const char *name;
    size_t width;
    bool utf8;
    const char *text;
    size_t used;
} names[] = {
    {"", 8, true, "", 0},
    {"abc", 8, true, "abc", 3},
    {"abcdefgh", 8, true, "abcdefgh", 8},
    {"abcdefghi", 8, true, "abcd\xe2\x80\xa6ghi", 8},
    {"abcdefghi", 8, false, "abc...hi", 8},
    {"abcdefghij", 9, false, "abc...hij", 9},
    {"\xc3\xa4\xc3\xb6\xc3\xbc", 8, true, "\xc3\xa4\xc3\xb6\xc3\xbc", 3},
    {"\xc3\xa4\xc3\xb6", 8, false, "??", 2},
    {"a\tb\x7f", 18, true, "a\\x09b\\x7f", 10},
    {"\xc2\x9b"
     "2J",
     8, true, "\\u{9b}2J", 8},
    {"\xff\xc3", 8, true, "\\xff\\xc3", 8},
    {"\xe2\x82", 8, false, "\\xe2\\x82", 8},
    {"ab\xe2\x80\xae"
     "cd",
     18, false, "ab\\u{202e}cd", 12},
    {"\x1b[31mabcdefghi\x1b", 18, true,
     "\\x1b[31ma\xe2\x80\xa6"
     "fghi\\x1b",
     18},
    {"abc\x1bxxxxxxxxxxxxx", 8, true, "abc\xe2\x80\xa6xxx", 7},
    {"\xf0\x9f\x98\x80x", 8, true, "\xf0\x9f\x98\x80x", 2},
    {"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4z", 8,
     true, "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xe2\x80\xa6\xc3\xa4\xc3\xa4z", 8},
};

START_TEST(test_names)
{
    char out[64];

    ck_assert_uint_eq(
        rs_summary_name(out, names[_i].width, names[_i].name, names[_i].utf8),
        names[_i].used);
    ck_assert_str_eq(out, names[_i].text);
}
END_TEST

START_TEST(test_locale)
{
    static const struct {
        const char *all, *ctype, *lang;
        bool utf8;
    } cases[] = {
        {"", "", "", false},
        {"C", "de_DE.UTF-8", "de_DE.UTF-8", false},
        {"C.UTF-8", "", "C", true},
        {"", "de_DE.utf8", "C", true},
        {"", "", "en_GB.UTF-8@euro", true},
        {"", "", "en_GB.ISO-8859-1", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_int_eq(setenv("LC_ALL", cases[i].all, 1), 0);
        ck_assert_int_eq(setenv("LC_CTYPE", cases[i].ctype, 1), 0);
        ck_assert_int_eq(setenv("LANG", cases[i].lang, 1), 0);
        ck_assert_int_eq(rs_summary_table_utf8(), cases[i].utf8);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_bh, 3},     {&test_no_tests, 1},
    {&test_lambda, 1}, {&test_inflated, 1},
    {&test_few, 1},    {&test_names, sizeof names / sizeof names[0]},
    {&test_locale, 1},
};
SUITE(summary_table, tests)
