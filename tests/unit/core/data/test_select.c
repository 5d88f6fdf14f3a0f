/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "name_index.h"
#include "run_suite.h"
#include "select.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const header[] = {
    "id",  "age", "sex",  "diet_fat", "diet_fibre", "PC1",
    "PC2", "PC3", "PC10", "a,b",      "we*rd",      "x:y",
    "742", "#2",  "PC01", "!odd",     "last",
};
enum { N = sizeof header / sizeof header[0] };

/* Selects by items (NULL-terminated) and renders "name name ...". */
static enum rs_status select_text(char out[512], bool literal,
                                  struct rs_error *err, ...)
{
    struct rs_item items[8];
    struct rs_selection selection;
    size_t n = 0;
    enum rs_status status = RS_OK;
    va_list args;

    va_start(args, err);
    for (const char *text = va_arg(args, const char *); text != NULL;
         text = va_arg(args, const char *)) {
        items[n].text = text;
        items[n].literal = literal;
        n++;
    }
    va_end(args);
    out[0] = '\0';
    status = rs_select(&selection, header, N, items, n, "independent", err);
    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < selection.n; i++) {
        size_t used = strlen(out);
        (void)snprintf(out + used, 512 - used, "%s%s%s", i > 0 ? " " : "",
                       header[selection.columns[i]],
                       selection.by_pattern[i] ? "~" : "");
    }
    rs_selection_clear(&selection);
    return RS_OK;
}

#define CHECK_SELECT(expected, ...)                                            \
    do {                                                                       \
        char text[512];                                                        \
        struct rs_error error;                                                 \
        ck_assert_int_eq(select_text(text, false, &error, __VA_ARGS__, NULL),  \
                         RS_OK);                                               \
        ck_assert_str_eq(text, expected);                                      \
    } while (0)

#define CHECK_REFUSED(part, literal, ...)                                      \
    do {                                                                       \
        char text[512];                                                        \
        struct rs_error error;                                                 \
        ck_assert_int_eq(                                                      \
            select_text(text, literal, &error, __VA_ARGS__, NULL),             \
            RS_ERR_USAGE);                                                     \
        ck_assert_msg(strstr(error.text, part) != NULL, "'%s' lacks '%s'",     \
                      error.text, part);                                       \
    } while (0)

START_TEST(test_names)
{
    CHECK_SELECT("age id", "age", "id");
    CHECK_SELECT("age", "age", "age");
    CHECK_SELECT("a,b", "a,b");
    CHECK_SELECT("742", "742");     /* a name, not a position */
    CHECK_SELECT("#2", "#2");       /* exact name wins */
    CHECK_SELECT("we*rd", "we*rd"); /* exact name wins over the glob */
    CHECK_SELECT("x:y", "x:y");     /* and over the range */
    CHECK_SELECT("!odd", "!odd");   /* and over the exclusion */
}
END_TEST

START_TEST(test_globs_and_ranges)
{
    CHECK_SELECT("diet_fat~ diet_fibre~", "diet_*");
    CHECK_SELECT("PC1~ PC2~ PC3~", "PC?");
    CHECK_SELECT("age~ sex~ diet_fat~", "age:diet_fat");
    CHECK_SELECT("sex", "#3");
    CHECK_SELECT("id~ age~ sex~", "#1:#3");
    CHECK_SELECT("!odd~ last~", "#16:");
    CHECK_SELECT("PC2 PC1~ PC3~", "PC2", "PC[1-3]");
    CHECK_SELECT("PC1 PC2~ PC3~ PC10~ PC01~", "PC*", "PC1");
}
END_TEST

START_TEST(test_braces)
{
    CHECK_SELECT("PC1 PC2 PC3", "PC{1:3}");
    CHECK_SELECT("PC01", "PC{01:01}");
    CHECK_REFUSED("'PC4'", false, "PC{1:10}");
    CHECK_REFUSED("backwards", false, "PC{3:1}");
}
END_TEST

START_TEST(test_exclusions)
{
    CHECK_SELECT("PC1~ PC3~", "PC?", "!PC2");
    CHECK_SELECT("PC1~", "!PC2", "PC?", "!PC3");
    CHECK_SELECT("id~ age~ sex~", "!diet_fat:last");
    CHECK_REFUSED("leave no column", false, "age", "!age");
    CHECK_REFUSED("no column", false, "!nothing");
}
END_TEST

START_TEST(test_refused)
{
    CHECK_REFUSED("did you mean 'diet_fibre'", false, "diet_fiber");
    CHECK_REFUSED("there is 'age'", false, "Age");
    CHECK_REFUSED("no column 'zzzzzzzz'", false, "zzzzzzzz");
    CHECK_REFUSED("no position", false, "#18");
    CHECK_REFUSED("no position", false, "#0");
    CHECK_REFUSED("backwards", false, "sex:id");
    CHECK_REFUSED("no column", true, "diet_*");
    CHECK_REFUSED("no column", false, "nosuch*");
}
END_TEST

START_TEST(test_blanks)
{
    const char *const blank[] = {" a", "a", "b b", "c "};
    const struct rs_item items[] = {
        {" a", false}, {" b b ", false}, {"a ", false}, {" #4", false}};
    const struct rs_item literal = {"b b ", true};
    const struct rs_item excluded = {" !a ", false};
    struct rs_selection selection;
    struct rs_error err;

    ck_assert_int_eq(
        rs_select(&selection, blank, 4, items, 4, "dependent", &err), RS_OK);
    ck_assert_uint_eq(selection.n, 4);
    ck_assert_uint_eq(selection.columns[0], 0);
    ck_assert_uint_eq(selection.columns[1], 2);
    ck_assert_uint_eq(selection.columns[2], 1);
    ck_assert_uint_eq(selection.columns[3], 3);
    rs_selection_clear(&selection);
    ck_assert_int_eq(
        rs_select(&selection, blank, 4, &literal, 1, "dependent", &err),
        RS_ERR_USAGE);
    ck_assert_int_eq(
        rs_select(&selection, blank, 4, &excluded, 1, "dependent", &err),
        RS_OK);
    ck_assert_uint_eq(selection.n, 3);
    ck_assert(!rs_selection_has(&selection, 1));
    rs_selection_clear(&selection);
}
END_TEST

START_TEST(test_twins)
{
    const char *const twins[] = {"a", "b", "a"};
    const struct rs_item item = {"a", false};
    const struct rs_item other = {"b", false};
    struct rs_selection selection;
    struct rs_error err;

    ck_assert_int_eq(
        rs_select(&selection, twins, 3, &item, 1, "dependent", &err),
        RS_ERR_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.text, "columns 1 and 3"));
    ck_assert_int_eq(
        rs_select(&selection, twins, 3, &other, 1, "dependent", &err), RS_OK);
    ck_assert_uint_eq(selection.n, 1);
    ck_assert(rs_selection_has(&selection, 1));
    ck_assert(!rs_selection_has(&selection, 0));
    rs_selection_clear(&selection);
}
END_TEST

/* The index finds each of many names, and only them. */
START_TEST(test_many_names)
{
    enum { MANY = 20000 };
    static char text[MANY][16];
    static const char *names[MANY];
    struct rs_name_index index;

    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(text[i], sizeof text[i], "g%zu", i * 7919 % MANY);
        names[i] = text[i];
    }
    ck_assert_int_eq(rs_name_index_init(&index, names, MANY, NULL), RS_OK);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_uint_eq(
            rs_name_index_find(&index, names[i], strlen(names[i])), i);
        ck_assert_uint_eq(rs_name_index_twin(&index, i), MANY);
    }
    ck_assert_uint_eq(rs_name_index_find(&index, "g", 1), MANY);
    ck_assert_uint_eq(rs_name_index_find(&index, "g20000", 6), MANY);
    ck_assert_uint_eq(rs_name_index_find(&index, "", 0), MANY);
    rs_name_index_clear(&index);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_names, 1},      {&test_globs_and_ranges, 1}, {&test_braces, 1},
    {&test_exclusions, 1}, {&test_refused, 1},          {&test_blanks, 1},
    {&test_twins, 1},      {&test_many_names, 1},
};
SUITE(select, tests)
