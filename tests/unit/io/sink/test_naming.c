/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naming.h"
#include "run_suite.h"

#include <string.h>
#include <strings.h>

static const enum rs_naming styles[] = {RS_NAMING_OWN, RS_NAMING_BROOM,
                                        RS_NAMING_PLINK};

enum { STYLES = sizeof styles / sizeof styles[0] };

/* No two columns of a row have one name, not even in a database, which does
 * not tell capitals from small letters; none needs quotes in a CSV. */
/* Cochran's Q is the one that differs from another by a capital only: a
 * database refuses both together. */
static bool same(const char *a, const char *b)
{
    return strcmp(a, "Q") == 0 || strcmp(b, "Q") == 0 ? strcmp(a, b) == 0
                                                      : strcasecmp(a, b) == 0;
}

START_TEST(test_unique)
{
    char names[RS_FIELD_COUNT][RS_COLUMN_NAME_SIZE];

    for (size_t s = 0; s < STYLES; s++)
        for (int terms = 0; terms < 2; terms++) {
            for (int i = 0; i < RS_FIELD_COUNT; i++)
                rs_naming_column(names[i], styles[s], (enum rs_field)i,
                                 terms == 1, 0.9999999999);
            for (int i = 0; i < RS_FIELD_COUNT; i++) {
                ck_assert_uint_gt(strlen(names[i]), 0);
                ck_assert_uint_lt(strlen(names[i]), RS_COLUMN_NAME_SIZE - 1);
                ck_assert_ptr_null(strpbrk(names[i], " ,;\t\"\n"));
                if (i == RS_FIELD_TERM && terms == 0)
                    continue; /* is in no row of a pair */
                for (int j = 0; j < i; j++)
                    ck_assert_msg((j == RS_FIELD_TERM && terms == 0) ||
                                      !same(names[i], names[j]),
                                  "two columns '%s' in style %zu", names[i], s);
            }
        }
}
END_TEST

START_TEST(test_own)
{
    char name[RS_COLUMN_NAME_SIZE];

    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        rs_naming_column(name, RS_NAMING_OWN, (enum rs_field)i, i % 2 == 0,
                         0.95);
        ck_assert_str_eq(name, rs_fields[i].name);
    }
}
END_TEST

static void check_name(enum rs_naming style, enum rs_field field, bool of_terms,
                       double level, const char *wanted)
{
    char name[RS_COLUMN_NAME_SIZE];

    rs_naming_column(name, style, field, of_terms, level);
    ck_assert_str_eq(name, wanted);
}

START_TEST(test_others)
{
    check_name(RS_NAMING_BROOM, RS_FIELD_X, false, 0.95, "term");
    check_name(RS_NAMING_BROOM, RS_FIELD_X, true, 0.95, "x");
    check_name(RS_NAMING_BROOM, RS_FIELD_TERM, true, 0.95, "term");
    check_name(RS_NAMING_BROOM, RS_FIELD_SE, true, 0.95, "std.error");
    check_name(RS_NAMING_BROOM, RS_FIELD_NEG_LOG10_P, false, 0.95,
               "neg_log10_p");
    check_name(RS_NAMING_PLINK, RS_FIELD_N, false, 0.95, "OBS_CT");
    check_name(RS_NAMING_PLINK, RS_FIELD_BCA_HIGH, false, 0.95, "BCA_HIGH");
    check_name(RS_NAMING_PLINK, RS_FIELD_CI_LOW, false, 0.95, "L95");
    check_name(RS_NAMING_PLINK, RS_FIELD_CI_HIGH, true, 0.9, "U90");
    check_name(RS_NAMING_PLINK, RS_FIELD_CI_HIGH, false, 0.999, "U99.9");
    check_name(RS_NAMING_PLINK, RS_FIELD_CI_LOW, false, 0.683, "L68.3");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_unique, 1},
    {&test_own, 1},
    {&test_others, 1},
};
SUITE(naming, tests)
