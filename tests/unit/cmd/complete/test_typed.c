/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command_table.h"
#include "run_suite.h"
#include "typed.h"

#include <string.h>

/* What is typed behind `regsweep run`, up to the cursor; whose value is there,
 * and where it begins. */
static const struct {
    const char *typed, *setting;
    size_t value_at;
} lines[] = {
    {"-y ", "dependent", 0},
    {"-y a", "dependent", 0},
    {"-ya", "dependent", 2},
    {"-qy ", "dependent", 0},
    {"-qya", "dependent", 3},
    {"--dependent a", "dependent", 0},
    {"--dependent=a", "dependent", 12},
    {"--dependent a ", NULL, 0},
    {"--quiet ", NULL, 0},
    {"-q ", NULL, 0},
    {"--quiet=", NULL, 0},
    {"-y", NULL, 0},
    {"-Z ", NULL, 0},
    {"-- -y ", NULL, 0},
    {"-- -ya", NULL, 0},
    {"-y -- ", NULL, 0},
    {"-y -x ", NULL, 0},
    {"--no-such=a", NULL, 0},
};

START_TEST(test_setting)
{
    char text[64] = "regsweep run ";
    struct rs_shell_line line;
    struct rs_typed typed;
    struct rs_error err = {0};

    (void)strncat(text, lines[_i].typed, 32);
    ck_assert_int_eq(
        rs_shell_line_split(&line, RS_BASH, text, strlen(text), &err), RS_OK);
    ck_assert_int_eq(
        rs_typed_read(&typed, rs_command_find("run"), &line, 2, &err), RS_OK);
    if (lines[_i].setting == NULL)
        ck_assert_ptr_null(typed.setting);
    else
        ck_assert_str_eq(typed.setting->name, lines[_i].setting);
    ck_assert_uint_eq(typed.value_at, lines[_i].value_at);
    rs_typed_clear(&typed);
    rs_shell_line_clear(&line);
}
END_TEST

/* How files are read is taken from both sides of the cursor, what is wrong is
 * not; a file is one that is there. */
START_TEST(test_settings)
{
    static const char text[] =
        "regsweep run -d ';' --skip x --se bad -y  --decimal , /dev/null "
        "/proc/version -";
    size_t cursor = (size_t)(strstr(text, "-y ") - text) + 3;
    struct rs_shell_line line;
    struct rs_typed typed;
    struct rs_error err = {0};

    ck_assert_int_eq(rs_shell_line_split(&line, RS_BASH, text, cursor, &err),
                     RS_OK);
    ck_assert_int_eq(
        rs_typed_read(&typed, rs_command_find("run"), &line, 2, &err), RS_OK);
    ck_assert_int_eq(typed.settings.reading.delimiter, ';');
    ck_assert_int_eq(typed.settings.reading.decimal, ',');
    ck_assert_uint_eq(typed.settings.reading.skip, 0);
    ck_assert_uint_eq(typed.settings.files.n, 1);
    ck_assert_str_eq(typed.settings.files.values[0], "/proc/version");
    rs_typed_clear(&typed);
    rs_shell_line_clear(&line);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_setting, sizeof lines / sizeof lines[0]},
    {&test_settings, 1},
};
SUITE(typed, tests)
