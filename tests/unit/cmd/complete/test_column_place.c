/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_place.h"
#include "run_suite.h"

#include <string.h>

static const struct rs_column_place *place_of(const char *setting)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (strcmp(rs_setting_table[i].name, setting) == 0)
            return rs_column_place_of(&rs_setting_table[i]);
    ck_abort_msg("no setting %s", setting);
    return NULL;
}

/* A value and where the name at its end begins; -1: there is none. */
static const struct {
    const char *setting, *value;
    int begin;
} values[] = {
    {"dependent", "", 0},
    {"dependent", "a,b", 2},
    {"dependent", "a, !b", 4},
    {"dependent", "a\\,b", 0},
    {"weights", "a,b", 0},
    {"ref", "a", 0},
    {"ref", "a=l", -1},
    {"weights-for", "a,b=c", 4},
    {"model-set", "full", -1},
    {"model-set", "full:a,b", 7},
    {"transform", "log", -1},
    {"transform", "log(a", 4},
    {"transform", "zscore(log(a,b", 13},
    {"transform", "log(a)", -1},
    {"na", "COL", 0},
    {"na", "-9,COL", -1},
    {"key", "id=II", 3},
    {"where", "", 0},
    {"where", "ag", 0},
    {"where", "age ", -1},
    {"where", "age > b", -1},
    {"where", "age > 2 ", -1},
    {"where", "age > 2 and b", 12},
    {"where", "(not b", 5},
    {"where", "name = 'x and y' or \"Body M", 20},
    {"where", "name = 'x and ", -1},
    {"where", "age>=2 or(b", 10},
};

START_TEST(test_find)
{
    size_t begin = 0;
    bool is = rs_column_place_find(&begin, place_of(values[_i].setting),
                                   values[_i].value);

    ck_assert_int_eq(is ? (int)begin : -1, values[_i].begin);
}
END_TEST

static void check_written(const char *setting, const char *name,
                          const char *typed, const char *expected)
{
    char out[64];

    rs_column_place_write(out, place_of(setting), name, typed);
    ck_assert_str_eq(out, expected);
}

START_TEST(test_write)
{
    check_written("dependent", "a,b c", "", "a\\,b c");
    check_written("weights", "a,b", "", "a,b");
    check_written("where", "age", "", "age");
    check_written("where", "age", "\"", "\"age\"");
    check_written("where", "age", "`", "`age`");
    check_written("where", "Body \"Mass\"", "", "\"Body \"\"Mass\"\"\"");
    check_written("where", "and", "", "\"and\"");
    check_written("where", "1st", "", "\"1st\"");
}
END_TEST

/* Every setting whose argument is called after columns is known. */
START_TEST(test_all)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        if (setting->arg != NULL && strstr(setting->arg, "COL") != NULL)
            ck_assert_msg(rs_column_place_of(setting) != NULL, "%s",
                          setting->name);
    }
    ck_assert_ptr_null(place_of("top"));
    ck_assert_ptr_null(place_of("quiet"));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_find, sizeof values / sizeof values[0]},
    {&test_write, 1},
    {&test_all, 1},
};
SUITE(column_place, tests)
