/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "settings.h"

#include <stdio.h>
#include <string.h>

static struct rs_settings settings;
static struct rs_error err;

static void begin(void)
{
    ck_assert_int_eq(rs_settings_init(&settings, RS_CMD_RUN, &err), RS_OK);
}

static void end(void)
{
    rs_settings_clear(&settings);
}

static void set(const char *name, const char *value)
{
    ck_assert_msg(rs_settings_set(&settings, name, value, &err) == RS_OK,
                  "%s: %s", name, err.text);
}

/* The value is refused, and why. */
static void check_refused(const char *name, const char *value, const char *want)
{
    ck_assert_int_eq(rs_settings_set(&settings, name, value, &err),
                     RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, want);
}

START_TEST(test_presets)
{
    ck_assert(settings.keeping.p_max == 1.0);
    ck_assert(settings.testing.q_max == 1.0);
    ck_assert(settings.modelling.conf_level == 0.95);
    ck_assert_str_eq(settings.modelling.model, "ols");
    ck_assert_uint_eq(settings.testing.seed, 1);
    ck_assert_uint_eq(settings.testing.test_memory, 1024);
    ck_assert_int_eq(settings.reading.decimal, '.');
    ck_assert_int_eq(settings.reading.delimiter, '\0');
    ck_assert_ptr_null(settings.writing.output);
    ck_assert_uint_eq(settings.selecting.dependent.n, 0);
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        ck_assert(!settings.given[i]);
}
END_TEST

START_TEST(test_each_kind)
{
    set("force", NULL);
    set("durable", "true");
    set("output", "a.csv");
    set("dependent", "a,b");
    set("dependent", "c");
    set("delimiter", "tab");
    set("weights-are", "counts");
    set("pairs", "@a b.csv");
    set("seed", "9007199254740992");
    set("p-max", "1e-8");
    ck_assert(settings.writing.force && settings.writing.durable);
    ck_assert_str_eq(settings.writing.output, "a.csv");
    ck_assert_uint_eq(settings.selecting.dependent.n, 2);
    ck_assert_str_eq(settings.selecting.dependent.values[0], "a,b");
    ck_assert_str_eq(settings.selecting.dependent.values[1], "c");
    ck_assert_int_eq(settings.reading.delimiter, '\t');
    ck_assert_int_eq(settings.selecting.weights_are, 1);
    ck_assert_str_eq(settings.selecting.pairs, "@a b.csv");
    ck_assert_uint_eq(settings.testing.seed, UINT64_C(1) << 53);
    ck_assert(settings.keeping.p_max == 1e-8);
    ck_assert(RS_GIVEN(&settings, writing.force));
    set("force", "false");
    ck_assert(!settings.writing.force);
    ck_assert(!RS_GIVEN(&settings, writing.force));
}
END_TEST

START_TEST(test_bad_values)
{
    set("top", "3");
    check_refused("top", "0",
                  "top: '0' is not a whole number from 1 to 100000000");
    check_refused("top", "-1",
                  "top: '-1' is not a whole number from 1 to 100000000");
    check_refused("top", "4x",
                  "top: '4x' is not a whole number from 1 to 100000000");
    check_refused("top", "99999999999999999999",
                  "top: '99999999999999999999' is not a whole number from 1 "
                  "to 100000000");
    check_refused("p-max", "1", "p-max: '1' is not a number between 0 and 1");
    check_refused("p-max", "nan",
                  "p-max: 'nan' is not a number between 0 and 1");
    check_refused("weights-are", "none",
                  "weights-are: 'none' is none of analytic, counts");
    check_refused("delimiter", "ab",
                  "delimiter: 'ab' is not a character that can separate");
    check_refused("force", "yes", "force: 'yes' is not true or false");
    check_refused("output", NULL, "output needs a value");
    ck_assert_uint_eq(settings.keeping.top, 3);
    ck_assert(settings.keeping.p_max == 1.0);
    ck_assert(RS_GIVEN(&settings, keeping.top));
    ck_assert(!RS_GIVEN(&settings, keeping.p_max));
    ck_assert(!RS_GIVEN(&settings, selecting.weights_are));
}
END_TEST

START_TEST(test_names)
{
    check_refused("permut", "9",
                  "unknown setting 'permut'; did you mean 'permute'?");
    check_refused("nothing-like-it", "9", "unknown setting 'nothing-like-it'");
    check_refused("size", "9,9,9", /* of bench */
                  "unknown setting 'size'; did you mean 'se'?");
}
END_TEST

/* A setting of one name is another thing to each command. */
START_TEST(test_commands)
{
    struct rs_settings describe;

    set("format", "npy");
    ck_assert_int_eq(rs_settings_init(&describe, RS_CMD_DESCRIBE, &err), RS_OK);
    ck_assert_int_eq(rs_settings_set(&describe, "format", "npy", &err),
                     RS_ERR_USAGE);
    ck_assert_int_eq(rs_settings_set(&describe, "format", "tsv", &err), RS_OK);
    ck_assert(RS_GIVEN(&describe, writing.format));
    rs_settings_clear(&describe);
}
END_TEST

/* The caller's texts may go. */
START_TEST(test_ownership)
{
    char text[16] = "first";

    set("output", text);
    set("covariates", text);
    ck_assert_int_eq(rs_settings_add_file(&settings, text, &err), RS_OK);
    memset(text, 'x', sizeof text - 1);
    ck_assert_str_eq(settings.writing.output, "first");
    ck_assert_str_eq(settings.selecting.covariates.values[0], "first");
    ck_assert_str_eq(settings.files.values[0], "first");
    set("output", "second");
    ck_assert_str_eq(settings.writing.output, "second");
    rs_settings_clear(&settings);
    rs_settings_clear(&settings);
    ck_assert_ptr_null(settings.writing.output);
    ck_assert_uint_eq(settings.files.n, 0);
}
END_TEST

/* Where two rows have one name, no command knows both; where two have one
 * letter, likewise. */
START_TEST(test_table)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        for (size_t k = 0; k < i; k++) {
            const struct rs_setting *a = &rs_setting_table[i];
            const struct rs_setting *b = &rs_setting_table[k];
            bool apart = (a->commands & b->commands) == 0;
            ck_assert_msg(apart || strcmp(a->name, b->name) != 0, "%s",
                          a->name);
            ck_assert_msg(apart || a->letter == 0 || a->letter != b->letter,
                          "%s, %s", a->name, b->name);
            ck_assert_msg((strcmp(a->name, b->name) == 0) ==
                              (a->offset == b->offset),
                          "%s, %s", a->name, b->name);
        }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_presets, 1}, {&test_each_kind, 1}, {&test_bad_values, 1},
    {&test_names, 1},   {&test_commands, 1},  {&test_ownership, 1},
    {&test_table, 1},
};
SUITE(settings, tests, .setup = begin, .teardown = end)
