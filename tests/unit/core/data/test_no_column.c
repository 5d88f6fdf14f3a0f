/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "no_column.h"
#include "run_suite.h"

#include <string.h>

#define COUNT(names) (sizeof(names) / sizeof(names)[0])
#define CHECK_SAYS(expected, text, ...)                                        \
    do {                                                                       \
        const char *const names[] = {__VA_ARGS__};                             \
        check_says(expected, text, names, COUNT(names));                       \
    } while (0)

static void check_says(const char *expected, const char *text,
                       const char *const *names, size_t n)
{
    struct rs_error err = {0};

    ck_assert_int_eq(rs_no_column("x", text, names, n, &err), RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, expected);
}

START_TEST(test_meant)
{
    CHECK_SAYS("x: no column 'age'; there is 'Age'", "age", "id", "Age");
    CHECK_SAYS("x: no column 'Age'; there is ' age '", "Age", "id", " age ");
    CHECK_SAYS("x: no column 'agee'; did you mean 'age'?", "agee", "id", "age");
    CHECK_SAYS("x: no column matches 'Diet_*'; there is 'diet_a'", "Diet_*",
               "id", "diet_a");
}
END_TEST

START_TEST(test_joined)
{
    CHECK_SAYS("x: no column 'id + age'; names are joined by commas: 'id,age'",
               "id + age", "id", "age");
    CHECK_SAYS("x: no column 'id;Age'; names are joined by commas: 'id,Age'",
               "id;Age", "id", "age", "sex");
    CHECK_SAYS("x: no column 'id+bmi'; there are 2: 'id', 'age'", "id+bmi",
               "id", "age");
    CHECK_SAYS("x: no column '+'; there are 2: 'id', 'age'", "+", "id", "age");
}
END_TEST

START_TEST(test_call)
{
    CHECK_SAYS("x: no column 'log(age)'; it is written x 'age' transform "
               "'log(age)'",
               "log(age)", "id", "age");
    CHECK_SAYS("x: no column 'factor(Age)'; it is written x 'age' factor "
               "'age'",
               "factor(Age)", "id", "age");
    CHECK_SAYS("x: no column 'log()'; there are 2: 'id', 'age'", "log()", "id",
               "age");
    CHECK_SAYS("x: no column 'log(bmi)'; there are 2: 'id', 'age'", "log(bmi)",
               "id", "age");
}
END_TEST

START_TEST(test_header)
{
    CHECK_SAYS("x: no column 'y'; there are 2: 'id', 'age'", "y", "id", "age");
    CHECK_SAYS("x: no column matches 'y*'; the only column is 'id'", "y*",
               "id");
}
END_TEST

START_TEST(test_long_header)
{
    char text[64];
    const char *names[500];
    char out[200];

    memset(text, 'n', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < COUNT(names); i++)
        names[i] = text;
    rs_names_list(out, sizeof out, names, COUNT(names));
    ck_assert_str_eq(out, "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn...', "
                          "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn...', "
                          "...");
    rs_names_list(out, 20, names, COUNT(names));
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(test_no_header)
{
    CHECK_SAYS("x: no column 'y'; the header is numbers, '1', '2.5': with "
               "no-header columns are V1, V2, ...",
               "y", "1", "2.5");
    CHECK_SAYS("x: no column 'y'; there are V1 to V2: names are read without "
               "no-header",
               "y", "V1", "V2");
    CHECK_SAYS("x: no column 'IID'; did you mean '#IID'?", "IID", "#IID");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_meant, 1},  {&test_joined, 1},      {&test_call, 1},
    {&test_header, 1}, {&test_long_header, 1}, {&test_no_header, 1},
};
SUITE(no_column, tests)
