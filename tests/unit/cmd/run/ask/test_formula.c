/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formula.h"
#include "run_suite.h"

#include <string.h>

static const struct {
    const char *formula;
    const char *options;
} cases[] = {
    {"y ~ x", "{y} y {x} x"},
    {"y~x+z", "{y} y {x} x {c} z"},
    {"wellbeing ~ diet + age + sex", "{y} wellbeing {x} diet {c} age,sex"},
    {"y ~ .", "{y} y"},
    {"y ~ 1 + x", "{y} y {x} x"},
    {"y ~ x - 1", "{y} y {x} x {no-intercept}"},
    {"y ~ 0 + x + z", "{y} y {x} x {c} z {no-intercept}"},
    {"cbind(a, b) ~ x", "{y} a,b {x} x"},
    {"a + b ~ x", "{y} a,b {x} x"},
    {"log(y) ~ x", "{y} y {x} x {transform} 'log(y)'"},
    {"y ~ x + C(site)", "{y} y {x} x {c} site {factor} site"},
    {"y ~ x + factor(site) + as.factor(k)", "{y} y {x} x {c} site,k {factor} "
                                            "site,k"},
    {"y ~ x * z", "{y} y {x} x {interact} z"},
    {"y ~ x + z + x:z", "{y} y {x} x {c} z {interact} z"},
    {"y ~ poly(x, 3) + z", "{y} y {x} x {c} z {poly} 3"},
    {"y ~ x + I(x^2)", "{y} y {x} x {poly} 2"},
    {"y ~ x | firm + year", "{y} y {x} x {c} firm,year"},
    {"`my y` ~ `an x`", "{y} 'my y' {x} 'an x'"},
    /* no options of ours */
    {"y ~ x + (1 | g)", "{y} Y {x} X {c} COVARIATES"},
    {"y ~ s(x)", "{y} Y {x} X {c} COVARIATES"},
    {"y ~ x + ns(z, 3)", "{y} Y {x} X {c} COVARIATES"},
    {"sin(y) ~ x", "{y} Y {x} X {c} COVARIATES"},
    {"y ~ . - id", "{y} Y {x} X {c} COVARIATES"},
};

START_TEST(test_options)
{
    char out[512];

    ck_assert(rs_formula_is(cases[_i].formula));
    rs_formula_options(out, sizeof out, cases[_i].formula);
    ck_assert_str_eq(out, cases[_i].options);
}
END_TEST

START_TEST(test_is)
{
    ck_assert(!rs_formula_is("~x"));
    ck_assert(!rs_formula_is("  ~ x"));
    ck_assert(!rs_formula_is("y ~  "));
    ck_assert(!rs_formula_is("y + x"));
    ck_assert(!rs_formula_is("~"));
}
END_TEST

/* Names as long as may be: nothing is written beyond a buffer. */
START_TEST(test_long)
{
    char text[4000];
    char out[128];

    memset(text, 'y', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    text[1500] = '~';
    text[3000] = '+';
    rs_formula_options(out, sizeof out, text);
    ck_assert_uint_lt(strlen(out), sizeof out);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_options, sizeof cases / sizeof cases[0]},
    {&test_is, 1},
    {&test_long, 1},
};
SUITE(formula, tests)
