/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "width.h"

#include <stdio.h>
#include <string.h>

/* Columns as terminals show them: CJK and emoji in two, marks in none, what is
 * hidden as its escape. */
START_TEST(test_widths)
{
    static const struct {
        const char *text;
        size_t width;
    } texts[] = {
        {"", 0},
        {"plain ~", 7},
        {"\xc3\xa4\xc3\x9f", 2},                         /* a umlaut, sharp s */
        {"a\xcc\x88", 1},                                /* a, a mark over it */
        {"\xe8\xa1\x80\xe5\x9c\xa7", 4},                 /* two of CJK */
        {"\xef\xbc\xa1", 2},                             /* full-width A */
        {"\xed\x95\x9c", 2},                             /* Hangul */
        {"\xef\xbd\xb1", 1},                             /* half-width kana */
        {"\xf0\x9f\x98\x80", 2},                         /* an emoji */
        {"\x1b[0m", 7},                                  /* \x1b[0m */
        {"\xff", 4},                                     /* \xff */
        {"\xce\xb1\xe2\x82\xac\xe2\x80\xa6\xd0\x96", 4}, /* of one each */
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_uint_eq(rs_width_of(texts[i].text), texts[i].width);
}
END_TEST

static const char cjk[] = "\xe8\xa1\x80\xe5\x9c\xa7\xe5\x80\xa4"
                          "\xe5\xb9\xb3\xe5\x9d\x87"; /* 10 columns */

START_TEST(test_cuts)
{
    char out[64];

    rs_width_cut_middle(out, sizeof out, "abcdefghij", 10);
    ck_assert_str_eq(out, "abcdefghij");
    rs_width_cut_middle(out, sizeof out, "abcdefghijk", 10);
    ck_assert_str_eq(out, "abcd...ijk");
    rs_width_cut_end(out, sizeof out, "abcdefghijk", 10);
    ck_assert_str_eq(out, "abcdefg...");
    rs_width_cut_middle(out, sizeof out, cjk, 10);
    ck_assert_str_eq(out, cjk);
    rs_width_cut_middle(out, sizeof out, cjk, 9); /* 2 + 3 + 2 of 3 and 3 */
    ck_assert_str_eq(out, "\xe8\xa1\x80...\xe5\x9d\x87");
    rs_width_cut_middle(out, sizeof out, "a\x1b[2J;ccccccc", 10);
    ck_assert_str_eq(out, "a...ccc"); /* no part of \x1b */
}
END_TEST

/* Whatever is cut is no wider than was asked, and whole characters. */
START_TEST(test_all_widths)
{
    char text[64];
    char out[128];

    (void)snprintf(text, sizeof text, "x%s\xcc\x88y\n%s", cjk, cjk);
    for (size_t width = 5; width < 40; width++) {
        rs_width_cut_middle(out, sizeof out, text, width);
        ck_assert_uint_le(rs_width_of(out), width);
        ck_assert_ptr_null(strstr(out, "\\xe"));
        rs_width_cut_end(out, sizeof out, text, width);
        ck_assert_uint_le(rs_width_of(out), width);
        ck_assert_ptr_null(strstr(out, "\\xe"));
    }
}
END_TEST

/* A text is cut where its room ends, too. */
START_TEST(test_rooms)
{
    char out[6];

    rs_width_cut_middle(out, sizeof out, cjk, 9);
    ck_assert_str_eq(out, "\xe8\xa1\x80");
    rs_width_cut_end(out, sizeof out, "abcdefghij", 8);
    ck_assert_str_eq(out, "abcde");
}
END_TEST

static const struct suite_test tests[] = {{&test_widths, 1},
                                          {&test_cuts, 1},
                                          {&test_all_widths, 1},
                                          {&test_rooms, 1}};
SUITE(width, tests)
