/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value_labels.h"

#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stddef.h>

static void add(struct rs_label_sets *sets, const char *name, double number,
                const char *text, const char *label)
{
    const struct rs_value_label value = {number, (char *)(uintptr_t)text,
                                         (char *)(uintptr_t)label};

    ck_assert_int_eq(rs_label_sets_add(sets, name, &value, NULL), RS_OK);
}

/* Whatever the order in which they came, they are found, and sorted. */
START_TEST(test_found)
{
    struct rs_label_sets sets = {0};
    const struct rs_value_labels *sex = NULL;
    const struct rs_value_labels *codes = NULL;

    ck_assert_ptr_null(rs_label_sets_find(&sets, "sex"));
    add(&sets, "sex", 2.0, NULL, "Female");
    add(&sets, "sex", 1.0, NULL, "Male");
    add(&sets, "codes", 0.0, "m", "mother");
    add(&sets, "codes", 0.0, "c", "child");
    add(&sets, "alpha", -0.5, NULL, "half");
    rs_label_sets_sort(&sets);
    ck_assert_uint_eq(sets.n, 3);
    sex = rs_label_sets_find(&sets, "sex");
    codes = rs_label_sets_find(&sets, "codes");
    ck_assert_ptr_null(rs_label_sets_find(&sets, "se"));
    ck_assert_uint_eq(sex->n, 2);
    ck_assert_str_eq(sex->list[0].label, "Male");
    ck_assert_str_eq(rs_value_labels_find(sex, 2.0, NULL)->label, "Female");
    ck_assert_ptr_null(rs_value_labels_find(sex, 1.5, NULL));
    ck_assert_ptr_null(rs_value_labels_find(sex, 0.0, "1"));
    ck_assert_str_eq(codes->list[0].text, "c");
    ck_assert_str_eq(rs_value_labels_find(codes, 0.0, "m")->label, "mother");
    ck_assert_ptr_null(rs_value_labels_find(codes, 0.0, "x"));
    rs_label_sets_clear(&sets);
}
END_TEST

static const struct suite_test tests[] = {{&test_found, 1}};
SUITE(value_labels, tests)
