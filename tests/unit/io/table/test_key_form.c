/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key_form.h"
#include "run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Keys that are one by a rule, and another that is not. */
static const struct {
    struct rs_key_as as;
    bool are_samples;
    const char *same[6], *other[8];
} cases[] = {
    {{RS_KEY_TEXT, '.'}, false, {"1"}, {"01", "1.0", "+1", " 1"}},
    {{RS_KEY_NUMBER, '.'},
     false,
     {"1", "01", "1.0", "+1.", "10e-1", "0.1E+1"},
     {"-1", "10", "1.01", "1,0", "1e", "0x1", "one", "1e0x"}},
    {{RS_KEY_NUMBER, '.'},
     true,
     {"0", "-0", ".0", "0e9"},
     {"", ".", "-", "e0"}},
    {{RS_KEY_NUMBER, '.'},
     false,
     {"9007199254740993", "9007199254740993.0", "09007199254740993"},
     {"9007199254740992", "9007199254740994"}},
    {{RS_KEY_NUMBER, ','},
     false,
     {"-12,5", "-012,50", "-125e-1"},
     {"-12.5", "12,5", "-1250"}},
    {{RS_KEY_NUMBER, '.'}, false, {"s1"}, {"s01", "inf", "nan", "1s"}},
    {{RS_KEY_IID, '.'}, true, {"a", "0_a", "f_a", "a_a"}, {"0_b", "a_", "_"}},
    {{RS_KEY_IID, '.'}, true, {"a_b_a_b", "0_a_b"}, {"b", "a_b"}},
    {{RS_KEY_IID, '.'}, false, {"0_a"}, {"a", "f_a"}},
};

START_TEST(test_forms)
{
    const char *keys[14];
    struct rs_key_forms forms;
    struct rs_error err = {0};
    size_t n_same = 0;
    size_t n = 0;

    while (n_same < 6 && cases[_i].same[n_same] != NULL)
        keys[n++] = cases[_i].same[n_same++];
    for (size_t k = 0; k < 8 && cases[_i].other[k] != NULL; k++)
        keys[n++] = cases[_i].other[k];
    ck_assert_int_eq(rs_key_forms_init(&forms, keys, n, cases[_i].are_samples,
                                       cases[_i].as, &err),
                     RS_OK);
    for (size_t k = 1; k < n; k++) {
        const char *const *of =
            forms.texts != NULL ? forms.texts : (const char *const *)keys;
        ck_assert_msg((strcmp(of[0], of[k]) == 0) == (k < n_same), "%s and %s",
                      keys[0], keys[k]);
    }
    rs_key_forms_clear(&forms);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_forms, sizeof cases / sizeof cases[0]},
};
SUITE(key_form, tests)
