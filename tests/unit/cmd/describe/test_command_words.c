/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command_words.h"
#include "run_suite.h"

/* How a table is read is said again, in the order of the settings: all that
 * was given, and nothing else. */
START_TEST(test_begin)
{
    static const char *const set[][2] = {
        {"delimiter", "tab"}, {"numbers", "loose"}, {"na", "+x"},
        {"na", "c=-9"},       {"skip", "3"},        {"no-header", NULL},
        {"format", "jsonl"},  {"jobs", "2"},        {"quiet", NULL}};
    static const char *const words[] = {
        "regsweep", "run",    "f.csv", "--na",       "+x",
        "--na",     "c=-9",   "-d",    "tab",        "--numbers",
        "loose",    "--skip", "3",     "--no-header"};
    struct rs_settings settings;
    struct rs_command_words out = {NULL, 0};
    struct rs_error err;

    ck_assert_int_eq(rs_settings_init(&settings, RS_CMD_DESCRIBE, &err), RS_OK);
    ck_assert_int_eq(rs_settings_add_file(&settings, "f.csv", &err), RS_OK);
    for (size_t i = 0; i < sizeof set / sizeof set[0]; i++)
        ck_assert_int_eq(rs_settings_set(&settings, set[i][0], set[i][1], &err),
                         RS_OK);
    ck_assert_int_eq(rs_command_words_begin(&out, "run", &settings, &err),
                     RS_OK);
    ck_assert_uint_eq(out.n, sizeof words / sizeof words[0]);
    for (size_t i = 0; i < out.n; i++)
        ck_assert_str_eq(out.texts[i], words[i]);
    rs_command_words_clear(&out);
    rs_settings_clear(&settings);
}
END_TEST

static const struct suite_test tests[] = {{&test_begin, 1}};
SUITE(command_words, tests)
