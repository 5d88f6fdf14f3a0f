/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells_ask.h"
#include "run_suite.h"
#include "source_memory.h"

#include <check.h>
#include <string.h>

static const double ones[1] = {1.0};
static const struct rs_memory_column columns[] = {{"a", ones, NULL},
                                                  {"lab_1", ones, NULL},
                                                  {"lab_2", ones, NULL},
                                                  {"x=y", ones, NULL},
                                                  {"p,q", ones, NULL}};
enum { N = sizeof columns / sizeof columns[0], N_DEFAULT = 6, N_AMONG = 8 };

static struct rs_settings settings;
static struct rs_cells_ask ask;
static struct rs_table *table;
static struct rs_error err;

static void begin(void)
{
    struct rs_source *source = NULL;

    memset(&ask, 0, sizeof ask);
    ck_assert_int_eq(rs_settings_init(&settings, RS_CMD_RUN, &err), RS_OK);
    ck_assert_int_eq(rs_source_memory_new(&source, columns, N, 1, &err), RS_OK);
    ck_assert_int_eq(rs_table_open_source(&table, source, 1, &err), RS_OK);
}

static void end(void)
{
    rs_cells_ask_clear(&ask);
    rs_settings_clear(&settings);
    rs_table_close(table);
}

static void set(const char *name, const char *value)
{
    ck_assert_int_eq(rs_settings_set(&settings, name, value, &err), RS_OK);
}

static enum rs_status find(void)
{
    enum rs_status status = rs_cells_ask_init(&ask, &settings, &err);

    return status == RS_OK ? rs_cells_ask_columns(&ask, table, &settings, &err)
                           : status;
}

/* The rule of a column has these texts, joined by |, behind so many of the
 * default ones. */
static void check_na(size_t column, size_t n_default, const char *want)
{
    const struct rs_cell_rule *rule = &ask.rules[ask.of[column]];
    char text[256] = "";

    for (size_t i = n_default; i < rule->n_na; i++) {
        strcat(text, i > n_default ? "|" : "");
        strcat(text, rule->na[i]);
    }
    ck_assert_str_eq(text, want);
}

START_TEST(test_default)
{
    ck_assert_int_eq(find(), RS_OK);
    ck_assert_uint_eq(ask.n, 1);
    ck_assert_uint_eq(ask.rules[0].n_na, N_DEFAULT);
    ck_assert_uint_eq(ask.rules[0].n_among, N_AMONG);
    ck_assert(!ask.rules[0].loose);
}
END_TEST

/* Each value, and what becomes of the default list by it. */
START_TEST(test_syntax)
{
    static const struct {
        const char *value;
        size_t n_default;
        const char *want;
    } values[] = {
        {"-9,x", 0, "-9|x"},
        {"+-9", N_DEFAULT, "-9"},
        {"", 0, ""},
        {",NA", 0, "|NA"},
        {"=NA", 0, "=NA"},
        {"=a=b", 0, "=a=b"},
        {"+a=b", N_DEFAULT, "a=b"},
        {"++9", N_DEFAULT, "+9"},
        {"a\\=b", 0, "a=b"},
        {"x,a=b", 0, "x|a=b"},
        {"1\\,5,b\\c", 0, "1,5|b\\c"},
        {"+\\,", N_DEFAULT, ","},
    };

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        set("na", values[i].value);
        ck_assert_int_eq(find(), RS_OK);
        ck_assert_uint_eq(ask.n, 1);
        check_na(0, values[i].n_default, values[i].want);
        ck_assert_uint_eq(ask.rules[0].n_among,
                          values[i].n_default > 0 ? N_AMONG : 0);
        end();
        begin();
    }
}
END_TEST

START_TEST(test_columns)
{
    set("na", "lab_*=-9");
    set("na", "lab_2=+-8");
    set("na", "+?"); /* before those of columns */
    set("na", "a=+x\\=y,z");
    set("na", "x\\=y=7,");
    set("na", "p\\,q=+=");
    ck_assert_int_eq(find(), RS_OK);
    check_na(0, N_DEFAULT, "?|x=y|z");
    check_na(1, 0, "-9");
    check_na(2, 0, "-9|-8");
    check_na(3, 0, "7|");
    check_na(4, N_DEFAULT, "?|=");
    ck_assert_uint_eq(ask.rules[ask.of[1]].n_among, 0);
    ck_assert_uint_eq(ask.rules[ask.of[0]].n_among, N_AMONG);
}
END_TEST

START_TEST(test_shared_rules)
{
    set("na", "lab_*=-9");
    set("truth", "lab_2,a");
    set("dates", "x=y");
    set("numbers", "loose");
    ck_assert_int_eq(find(), RS_OK);
    ck_assert(ask.of[1] != ask.of[2]);
    ck_assert(ask.rules[ask.of[2]].truth && !ask.rules[ask.of[1]].truth);
    ck_assert(ask.rules[ask.of[0]].truth);
    ck_assert(ask.rules[ask.of[3]].dates);
    ck_assert_uint_eq(ask.of[4], 0);
    for (size_t i = 0; i < ask.n; i++)
        ck_assert(ask.rules[i].loose);
}
END_TEST

START_TEST(test_refused)
{
    set("truth", "a");
    set("dates", "a");
    ck_assert_int_eq(find(), RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, "column 'a' is in truth and dates");
    end();
    begin();
    set("na", "lob_1=-9");
    ck_assert_int_eq(find(), RS_ERR_USAGE);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_default, 1},      {&test_syntax, 1},  {&test_columns, 1},
    {&test_shared_rules, 1}, {&test_refused, 1},
};
SUITE(cells_ask, tests, .setup = begin, .teardown = end)
