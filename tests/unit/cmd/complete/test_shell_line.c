/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "shell_line.h"

#include <stdio.h>
#include <string.h>

/* Lines with | where the cursor is; what they are: words before it, the word
 * at it in brackets, words behind it. */
static const struct {
    enum rs_shell shell;
    const char *line, *is;
} lines[] = {
    {RS_BASH, "^", "[]"},
    {RS_BASH, "a ^", "a []"},
    {RS_BASH, "a^", "[a]"},
    {RS_BASH, "a b^ c", "a [b] c"},
    {RS_BASH, "a b^c d", "a [b] d"},
    {RS_BASH, "a ^ b", "a [] b"},
    {RS_BASH, "a  'b c' \"d e\"^", "a b c [d e]"},
    {RS_BASH, "a 'b c^", "a [b c]"},
    {RS_BASH, "a b\\ c^ d", "a [b c] d"},
    {RS_BASH, "a b\\", "a [b\\]"},
    {RS_BASH, "a \"\\\"\\x\"^", "a [\"\\x]"},
    {RS_BASH, "a 'b\\' c^", "a b\\ [c]"},
    {RS_FISH, "a 'b\\'' c^", "a b' [c]"},
    {RS_BASH, "x y | a b^ | z", "a [b]"},
    {RS_BASH, "x; a b && c d^", "c [d]"},
    {RS_BASH, "a 2>&1 >out <in b^", "a [b]"},
    {RS_BASH, "a 2 >out b^", "a 2 [b]"},
    {RS_BASH, "a >^ b", "a []>"},
    {RS_BASH, "a > o^ b", "a [o]> b"},
    {RS_BASH, "a ^ > o b", "a [] b"},
};

START_TEST(test_split)
{
    const char *mark = strchr(lines[_i].line, '^');
    size_t cursor =
        mark == NULL ? strlen(lines[_i].line) : (size_t)(mark - lines[_i].line);
    struct rs_shell_line line;
    struct rs_error err = {0};
    char text[128];
    char is[256] = "";

    (void)snprintf(text, sizeof text, "%.*s%s", (int)cursor, lines[_i].line,
                   mark == NULL ? "" : mark + 1);
    ck_assert_int_eq(
        rs_shell_line_split(&line, lines[_i].shell, text, cursor, &err), RS_OK);
    for (size_t i = 0; i <= line.n; i++) {
        size_t used = strlen(is);
        if (i == line.n_before)
            used += (size_t)snprintf(is + used, sizeof is - used, "%s[%s]%s",
                                     i > 0 ? " " : "", line.current,
                                     line.redirected ? ">" : "");
        if (i < line.n)
            (void)snprintf(is + used, sizeof is - used, "%s%s",
                           used > 0 ? " " : "", line.words[i]);
    }
    ck_assert_str_eq(is, lines[_i].is);
    ck_assert_ptr_eq(line.raw + line.raw_len, text + cursor);
    rs_shell_line_clear(&line);
}
END_TEST

START_TEST(test_shells)
{
    ck_assert_int_eq(rs_shell_of("zsh"), RS_ZSH);
    ck_assert_int_eq(rs_shell_of("ksh"), RS_N_SHELLS);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_split, sizeof lines / sizeof lines[0]},
    {&test_shells, 1},
};
SUITE(shell_line, tests)
