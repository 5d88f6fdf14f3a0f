/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "run_suite.h"
#include "where_ask.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* The parts as text: what is joined before what joins it. */
static void show(char *out, size_t size, const struct rs_where *where)
{
    static const char *const relations[] = {"=", "!=", "<", "<=", ">", ">="};
    static const char *const joints[] = {"", "", "", "not", "and", "or"};
    size_t used = 0;

    out[0] = '\0';
    for (size_t k = 0; k < where->n; k++) {
        const struct rs_condition_part *part = &where->parts[k];
        const char *name = part->kind < RS_CONDITION_NOT
                               ? where->names[part->column]
                               : joints[part->kind];
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 k > 0 ? " " : "", name);
        if (part->kind == RS_CONDITION_NUMBER)
            used += (size_t)snprintf(out + used, size - used, "%s%g",
                                     relations[part->relation], part->number);
        if (part->kind == RS_CONDITION_TEXT)
            used += (size_t)snprintf(out + used, size - used, "%s'%s'",
                                     relations[part->relation], part->text);
        if (part->kind == RS_CONDITION_MISSING)
            used += (size_t)snprintf(out + used, size - used, "?");
    }
}

static const struct {
    const char *text, *want; /* want NULL: refused */
} conditions[] = {
    {"age>=20", "age>=20"},
    {"a=1 or b=2 and c=3", "a=1 b=2 c=3 and or"},
    {"(a=1 or b=2) and c=3", "a=1 b=2 or c=3 and"},
    {"not a=1 and b=2", "a=1 not b=2 and"},
    {"not(a=1 and b=2)", "a=1 b=2 and not"},
    {"a is missing or a is not missing", "a? a? not or"},
    {"`and`!=-1.5e3", "and!=-1500"},
    {"\"x \"\"y\"\"\" == 'it''s'", "x \"y\"='it's'"},
    {"android<1", "android<1"},
    {"a.b_1 <= +.5", "a.b_1<=0.5"},
    {"\xc3\xa4ge = inf", NULL},
    {"\xc3\xa4ge > -1", "\xc3\xa4ge>-1"},
    {"a=''", "a=''"},
    {"", NULL},
    {"a", NULL},
    {"a=", NULL},
    {"a=1 b=2", NULL},
    {"a=1 and", NULL},
    {"a=1 and or b=2", NULL},
    {"(a=1", NULL},
    {"a=1)", NULL},
    {"a=b", NULL},
    {"a='b", NULL},
    {"a <> 1", NULL},
    {"a=1e", NULL},
    {"a is", NULL},
    {"a is missing 3", NULL},
    {"missing=1", NULL},
};

START_TEST(test_read)
{
    const char *text = conditions[_i].text;
    const struct rs_list list = {&text, 1};
    struct rs_where where;
    struct rs_error err = {0};
    enum rs_status status = rs_where_read(&where, &list, &err);
    char shown[200];

    if (conditions[_i].want == NULL) {
        ck_assert_int_eq(status, RS_ERR_USAGE);
        ck_assert_ptr_nonnull(strstr(err.text, "expected"));
    } else {
        ck_assert_msg(status == RS_OK, "%s", err.text);
        show(shown, sizeof shown, &where);
        ck_assert_str_eq(shown, conditions[_i].want);
    }
    rs_where_clear(&where);
}
END_TEST

/* Several conditions have to hold; a name is kept once. */
START_TEST(test_several)
{
    const char *texts[] = {"a=1 or b=2", "a<3", "not b is missing"};
    const struct rs_list list = {texts, 3};
    struct rs_where where;
    char shown[200];

    ck_assert_int_eq(rs_where_read(&where, &list, NULL), RS_OK);
    show(shown, sizeof shown, &where);
    ck_assert_str_eq(shown, "a=1 b=2 or a<3 and b? not and");
    ck_assert_uint_eq(where.n_names, 2);
    rs_where_clear(&where);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_read, sizeof conditions / sizeof conditions[0]},
    {&test_several, 1},
};
SUITE(where_ask, tests)
