/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"
#include "name_list.h"
#include "run_suite.h"

#include <string.h>

START_TEST(test_names)
{
    static const char *const ids[] = {
        "id",        "ID",    "IID",        "SEQN",          "SampleID",
        "sample_id", "index", "Unnamed: 0", "Individual ID", "row"};
    static const char *const others[] = {"",      "year",   "age",  "acid",
                                         "valid", "ID2",    "AID",  "indexed",
                                         "no2",   "rowing", "Humid"};

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        ck_assert_msg(rs_name_is_id(ids[i]), "%s", ids[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_msg(!rs_name_is_id(others[i]), "%s", others[i]);
}
END_TEST

/* What cannot be typed in quotes, or is too long, leaves the list as it is. */
START_TEST(test_exclusions)
{
    char out[RS_EXCLUSIONS_TEXT] = "";
    char name[RS_EXCLUSIONS_TEXT];

    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    ck_assert(rs_exclusion_add(out, "a"));
    ck_assert(rs_exclusion_add(out, "b, c"));
    ck_assert(!rs_exclusion_add(out, "d'e"));
    ck_assert(!rs_exclusion_add(out, name));
    ck_assert_str_eq(out, "!a,!b\\, c");
}
END_TEST

START_TEST(test_list)
{
    struct rs_name_list list = {0};
    char name[] = "a";

    for (; name[0] < 'a' + 12; name[0]++)
        rs_name_list_add(&list, name);
    ck_assert_str_eq(rs_name_list_end(&list),
                     "a, b, c, d, e, f, g, h, i, j and 2 more");
    list = (struct rs_name_list){0};
    rs_name_list_add(&list, "0123456789012345678901234567890123456789");
    ck_assert_str_eq(rs_name_list_end(&list),
                     "01234567890123456789012345678...");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_names, 1}, {&test_exclusions, 1}, {&test_list, 1}};
SUITE(look, tests)
