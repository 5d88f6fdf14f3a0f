/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "missing_code.h"
#include "run_suite.h"

#include <math.h>
#include <string.h>

enum { MOST = 10 };

/* Values up to the first 0.5, which stands for their end. */
struct given {
    double values[MOST];
    const char *codes;
};

static const char *found(const double *values, size_t n, size_t n_looked)
{
    static char text[RS_MISSING_CODE_TEXT];
    struct rs_missing_codes codes;
    struct rs_column column = {.values = values};

    for (size_t i = 0; i < n; i++)
        column.n_infinite += isinf(values[i]) != 0;
    rs_missing_codes_find(&codes, &column, n, n_looked);
    rs_missing_codes_write(text, &codes, ",");
    return text;
}

START_TEST(test_found)
{
    static const struct given given[] = {
        {{-9, 1, 0, -9, 5, 0.5}, "-9"},
        {{-9, NAN, 0, -9, 5, 3, 0.5}, "-9"},
        {{-9, 1, -8, -9, 5, 0.5}, "-9,-8"},
        {{-9, 1, -8, 2, 5, 0.5}, ""},       /* -9 once */
        {{1, -8, -8, 2, 5, 0.5}, ""},       /* -8 without -9 */
        {{-9, -1, 0, -9, 7, 0.5}, ""},      /* 8 below, of a span of 8 */
        {{-9, -0.75, 0, -9, 7, 0.5}, "-9"}, /* 8.25 of 7.75 */
        {{99, 1, 50, 99, 0.5}, ""},         /* 49 above, of a span of 49 */
        {{99, 1, 49, 99, 0.5}, "99"},       /* 50 of 48 */
        {{99, 120, 140, 99, 0.5}, ""},      /* the least, and positive */
        {{99, 120, 1, 99, 0.5}, ""},        /* among the others */
        {{-9, 1, 1, -9, 0.5}, ""},          /* one value else */
        {{-9, -9, 0.5}, ""},                /* none else */
        {{-1, 10, 20, -1, 0.5}, ""},        /* no code */
        {{-999, 1, 999, 2, -999, 999, 0.5}, "-999,999"},
        {{INFINITY, 1, 999, 2, -INFINITY, 999, 0.5}, "999"},
    };

    for (size_t k = 0; k < sizeof given / sizeof given[0]; k++) {
        size_t n = 0;
        while (given[k].values[n] != 0.5)
            n++;
        ck_assert_msg(strcmp(found(given[k].values, n, n), given[k].codes) == 0,
                      "%zu", k);
    }
}
END_TEST

/* Of every other cell one must be a code. */
START_TEST(test_looked)
{
    static const double in[] = {-9, 1, 2, -9, 3, 4, 5, 6};
    static const double out[] = {1, -9, 2, -9, 3, 4, 5, 6};

    ck_assert_str_eq(found(in, 8, 4), "-9");
    ck_assert_str_eq(found(out, 8, 4), "");
    ck_assert_str_eq(found(out, 8, 8), "-9");
}
END_TEST

START_TEST(test_na)
{
    char out[RS_MISSING_CODE_TEXT];

    rs_missing_na(out, "a, b", "-9,-8");
    ck_assert_str_eq(out, "'a\\, b=+-9,-8'");
    rs_missing_na(out, "a=b", "-9");
    ck_assert_str_eq(out, "'+-9'");
    rs_missing_na(out, "it's", "-9");
    ck_assert_str_eq(out, "'+-9'");
    rs_missing_na(out, "+a", "-9");
    ck_assert_str_eq(out, "'+-9'");
    rs_missing_na(out, "\033[31m", "-9");
    ck_assert_str_eq(out, "'+-9'");
    rs_missing_na(out, NULL, "-9");
    ck_assert_str_eq(out, "'+-9'");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_found, 1}, {&test_looked, 1}, {&test_na, 1}};
SUITE(missing_code, tests)
