/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"
#include "run_suite.h"
#include "utf8.h"
#include "visible.h"

#include <string.h>

static const struct {
    const char *text, *shown;
} texts[] = {
    {"", ""},
    {"plain ~", "plain ~"},
    {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
     "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
    {"\x1b[2J\a\b\t\r\n\x7f", "\\x1b[2J\\x07\\x08\\x09\\x0d\\x0a\\x7f"},
    {"\xc2\x9b"
     "31m\xc2\x80\xc2\x9f",
     "\\u{9b}31m\\u{80}\\u{9f}"},
    {"\xc2\xa0", "\xc2\xa0"},
    {"a\xe2\x80\xae"
     "b\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c",
     "a\\u{202e}b\\u{2066}\\u{200f}\\u{61c}"},
    {"\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\x8b\xef\xbb\xbf\xc2\xad",
     "\\u{2028}\\u{2029}\\u{200b}\\u{feff}\\u{ad}"},
    {"\xf3\xa0\x81\x81\xef\xbf\xbf\xf4\x8f\xbf\xbe",
     "\\u{e0041}\\u{ffff}\\u{10fffe}"},
    /* no UTF-8: overlong, a surrogate, beyond the last, cut */
    {"\xc0\x9b\xe0\x80\x9b", "\\xc0\\x9b\\xe0\\x80\\x9b"},
    {"\xed\xa0\x80\xf4\x90\x80\x80", "\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80"},
    {"\x9b"
     "31m\xff\xe2\x80",
     "\\x9b"
     "31m\\xff\\xe2\\x80"},
    {"\\x1b", "\\x1b"},
};

enum { N_TEXTS = sizeof texts / sizeof texts[0] };

/* What is shown is shown the same again. */
START_TEST(test_texts)
{
    char out[128];
    char again[128];

    ck_assert_uint_eq(rs_visible_copy(out, sizeof out, texts[_i].text),
                      strlen(texts[_i].shown));
    ck_assert_str_eq(out, texts[_i].shown);
    (void)rs_visible_copy(again, sizeof again, out);
    ck_assert_str_eq(again, out);
}
END_TEST

/* No text of any two bytes and a third shows a byte that a terminal obeys. */
START_TEST(test_bytes)
{
    static const char ends[] = {'\0', 'a', (char)0x80, (char)0x9b, (char)0xae};
    char out[64];

    for (unsigned i = 1; i < 0x10000; i++)
        for (size_t e = 0; e < sizeof ends; e++) {
            char text[] = {(char)(i >> 8), (char)(i & 0xff), ends[e], '\0'};
            const char *from = text[0] == '\0' ? text + 1 : text;
            (void)rs_visible_copy(out, sizeof out, from);
            for (const char *s = out; *s != '\0';) {
                uint32_t c = 0;
                size_t len = rs_utf8_next(&c, s);
                if (len == 0 || c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
                    (c >= 0x200b && c <= 0x200f) ||
                    (c >= 0x2028 && c <= 0x202e))
                    ck_abort_msg("%04x, %zu: U+%04X", i, e, (unsigned)c);
                s += len;
            }
        }
}
END_TEST

/* A copy is cut between two pieces, at any length. */
START_TEST(test_cut)
{
    const char *text = "\xc3\xa4\x1b\xe2\x80\xae\xf0\x9f\x98\x80";
    const char *pieces[] = {"\xc3\xa4", "\\x1b", "\\u{202e}",
                            "\xf0\x9f\x98\x80"};

    for (size_t cap = 1; cap < 24; cap++) {
        char out[24] = "";
        char want[24] = "";
        size_t used = 0;
        for (size_t i = 0; i < 4; i++) {
            if (used + strlen(pieces[i]) >= cap)
                break;
            memcpy(want + used, pieces[i], strlen(pieces[i]) + 1);
            used += strlen(pieces[i]);
        }
        ck_assert_uint_eq(rs_visible_copy(out, cap, text), used);
        ck_assert_str_eq(out, want);
    }
}
END_TEST

START_TEST(test_whole)
{
    static const struct {
        const char *text;
        size_t len, whole;
    } cases[] = {
        {"abc", 2, 2},
        {"", 0, 0},
        {"a\xc3\xa4", 2, 1},
        {"a\xc3\xa4", 3, 3},
        {"\xf0\x9f\x98\x80", 3, 0},
        {"\xf0\x9f\x98\x80", 4, 4},
        {"\xe2\x82\xac", 2, 0},
        {"\x80\x80\x80\x80\x80", 5, 5},
        {"a\xff", 2, 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_uint_eq(rs_utf8_whole(cases[i].text, cases[i].len),
                          cases[i].whole);
}
END_TEST

/* Names in errors: file and text, with or without the system's reason. */
START_TEST(test_errors)
{
    struct rs_error err;
    char name[RS_ERROR_TEXT + 8];

    ck_assert_int_eq(rs_error_set_os(&err, RS_ERR_OPEN, "\x1b]0;x\a", 2, "'%s'",
                                     "\xe2\x80\xae"),
                     RS_ERR_OPEN);
    ck_assert_str_eq(err.file, "\\x1b]0;x\\x07");
    ck_assert_str_eq(err.text, "'\\u{202e}': No such file or directory");
    for (size_t i = 0; i + 2 < sizeof name; i += 2)
        memcpy(name + i, "\xc3\xa4", 3);
    (void)rs_error_set(&err, RS_ERR_USAGE, "%s%s", "a", name);
    ck_assert_ptr_null(strchr(err.text, '\\')); /* cut between characters */
    ck_assert_uint_gt(strlen(err.text), RS_ERROR_TEXT - 8);
    (void)rs_error_in_file(&err, RS_ERR_USAGE, "f\n");
    ck_assert_str_eq(err.file, "f\\x0a");
    (void)rs_error_in_file(&err, RS_ERR_USAGE, "g");
    ck_assert_str_eq(err.file, "f\\x0a");
    ck_assert_int_eq(rs_error_in_file(NULL, RS_ERR_READ, "g"), RS_ERR_READ);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_texts, N_TEXTS}, {&test_bytes, 1},  {&test_cut, 1},
    {&test_whole, 1},       {&test_errors, 1},
};
SUITE(visible, tests)
