/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"
#include "run_suite.h"

#include <string.h>

#define MARK "\x0e"

static struct rs_error err;

START_TEST(test_marks)
{
    (void)rs_error_set(&err, RS_ERR_USAGE, "{p-max}: '%s' is not %d", "a", 7);
    ck_assert_str_eq(err.text, MARK "p-max: 'a' is not 7");
    (void)rs_error_set(&err, RS_ERR_USAGE, "{%s} and {y}", "table");
    ck_assert_str_eq(err.text, MARK "table and " MARK "y");
    (void)rs_error_set_os(&err, RS_ERR_OPEN, "f", 2, "no {output}%s", "");
    ck_assert_str_eq(err.text, "no " MARK "output: No such file or directory");
    (void)rs_error_set_at(&err, RS_ERR_MALFORMED, "f", 3, 4, "{%s}: %s", "key",
                          "k");
    ck_assert_str_eq(err.text, MARK "key: k");
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, "key: k");
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, "key: k");
}
END_TEST

/* What is data has no marks, whatever it says, and keeps its braces. */
START_TEST(test_forged)
{
    (void)rs_error_set(&err, RS_ERR_USAGE, "{columns}: '%s' {%s} '%s'",
                       MARK "force", "a", "{force}\x0f" MARK);
    ck_assert_str_eq(err.text, MARK "columns: '\\x0eforce' " MARK
                                    "a '{force}\\x0f\\x0e'");
    (void)rs_error_set(&err, RS_ERR_USAGE, "'%s'", MARK "force");
    ck_assert_str_eq(err.text, "'\\x0eforce'");
}
END_TEST

/* A text that is too long is cut, and marks before the cut are kept. */
START_TEST(test_long)
{
    char name[2 * RS_ERROR_TEXT];

    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    (void)rs_error_set(&err, RS_ERR_USAGE, "{key}: %s {table}", name);
    ck_assert_uint_eq(strlen(err.text), RS_ERROR_TEXT - 1);
    ck_assert_int_eq(memcmp(err.text, MARK "key: nnn", 9), 0);
    ck_assert_ptr_null(strchr(err.text + 1, RS_SETTING_MARK));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_marks, 1},
    {&test_forged, 1},
    {&test_long, 1},
};
SUITE(error, tests)
