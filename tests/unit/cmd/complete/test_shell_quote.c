/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "shell_quote.h"

#include <stdlib.h>
#include <string.h>

static const char breaks[] = " \t\n\"'><=;|&(:";

/* A word as it is typed, how much of it stays, what comes behind that; what
 * takes the place of readline's word. */
static const struct {
    const char *typed;
    size_t kept;
    const char *text, *quoted;
} cases[] = {
    {"", 0, "Body Mass", "Body\\ Mass"},
    {"Bo", 0, "Body Mass", "Body\\ Mass"},
    {"Age,Bo", 4, "Body Mass", "Age,Body\\ Mass"},
    {"My\\ Age,Bo", 7, "Body", "My\\ Age,Body"},
    {"'Bo", 0, "Body Mass", "Body Mass"},
    {"\"Bo", 0, "a$b\"c", "a\\$b\\\"c"},
    {"'it", 0, "it's", "it'\\''s"},
    {"Age,'Bo", 4, "Body Mass", "Body Mass"},
    {"'Age',Bo", 4, "Body Mass", "'Age',Body\\ Mass"},
    {"'Ag", 0, "Age,Sex", "Age,Sex"},
    {"--y=Bo", 4, "Body", "Body"},
    {"--y=Age,Bo", 8, "Body", "Age,Body"},
    {"a:b", 0, "a:bc d", "bc\\ d"},
    {"'a:b", 0, "a:bc d", "a:bc d"},
    {"a\\:b", 0, "a:bc", "a:bc"},
    {"log\\(B", 4, "BMI", "log\\(BMI"},
    {"", 0,
     "Gr\xc3\xb6\xc3\x9f"
     "e",
     "Gr\xc3\xb6\xc3\x9f"
     "e"},
    {"", 0, "*?[a]{b}~#!", "\\*\\?\\[a\\]\\{b\\}\\~\\#\\!"},
};

START_TEST(test_quoted)
{
    const struct rs_shell_line line = {.raw = cases[_i].typed,
                                       .raw_len = strlen(cases[_i].typed)};
    char *out = malloc(rs_bash_quoted_room(&line, cases[_i].text));

    rs_bash_quoted(out, &line, breaks, cases[_i].kept, cases[_i].text);
    ck_assert_str_eq(out, cases[_i].quoted);
    free(out);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_quoted, sizeof cases / sizeof cases[0]},
};
SUITE(shell_quote, tests)
