/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts_table.h"
#include "run_suite.h"

START_TEST(test_numbers)
{
    static const struct {
        double value;
        int digits;
        const char *text;
    } numbers[] = {
        {0.0, 4, "0"},
        {-3.0, 4, "-3"},
        {28.768, 4, "28.77"},
        {28.768, 3, "28.8"},
        {-0.012345, 4, "-0.0123"},
        {0.00012345, 4, "1.23e-4"},
        {51944.3, 3, "51944"},
        {1234567.0, 4, "1234567"}, /* whole, and there is room */
        {1234567.0, 3, "1.23e6"},
        {2024749000.0, 4, "2024749000"},
        {1e23, 4, "1e23"},
        {-1.5e-300, 4, "-1.50e-300"},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char out[RS_FACTS_NUMBER];
        rs_facts_number_text(out, numbers[i].value, numbers[i].digits);
        ck_assert_str_eq(out, numbers[i].text);
    }
}
END_TEST

/* What has room, and dots for the rest; blanks in a level make commas. */
START_TEST(test_levels)
{
    char *plain[] = {"FEMALE", "MALE", "X"};
    char *blanks[] = {"High School", "None"};
    struct rs_factor factor = {.n_levels = 3, .levels = plain, .reference = 1};
    char out[100];

    rs_facts_levels_text(out, sizeof out, &factor, 40);
    ck_assert_str_eq(out, "FEMALE MALE* X");
    rs_facts_levels_text(out, sizeof out, &factor, 14);
    ck_assert_str_eq(out, "FEMALE MALE* X");
    rs_facts_levels_text(out, sizeof out, &factor, 13);
    ck_assert_str_eq(out, "FEMALE ...");
    rs_facts_levels_text(out, sizeof out, &factor, 9);
    ck_assert_str_eq(out, "...");
    factor = (struct rs_factor){.n_levels = 2, .levels = blanks};
    rs_facts_levels_text(out, sizeof out, &factor, 40);
    ck_assert_str_eq(out, "High School*, None");
}
END_TEST

static const struct suite_test tests[] = {{&test_numbers, 1},
                                          {&test_levels, 1}};
SUITE(facts_table, tests)
