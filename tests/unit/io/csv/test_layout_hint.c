/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_read.h"
#include "layout_hint.h"
#include "run_suite.h"

#include <check.h>
#include <string.h>

/* offer NULL: none */
static const struct {
    char delimiter;
    const char *text;
    const char *offer;
} hints[] = {
    /* as it should be, or beyond help */
    {',', "a,b\n1,2\n3,4\n", NULL},
    {',', "a,b\n1,2\n3\n4,5\n", NULL},
    {',', "a\n1\n2\n", NULL},
    {',', "", NULL},
    {',', "a,b\n", NULL},
    {',', "#a,b\n1,2\n3,4\n", NULL},
    {',', "a,b\n1,2\n\nNA,NA\n3,4\n", NULL},
    {'\t', "a\tb\nJohn Smith\t1\nJane Doe\t2\n", NULL},
    {'\t', "\tb\n\t1\n\t2\n", NULL},
    /* delimiters */
    {',', "a;b\n1,5;2\n", "; ';' separates the fields: d ';'"},
    {',', "a^b\n1^2\n", "; '^' separates the fields: d '^'"},
    {',', "a\tb\n1\t2\n", "; tabs separate the fields: d tab"},
    {',',
     "a\x01"
     "b\n1\x01"
     "2\n",
     "; bytes of value 1 separate the fields: d $'\\x01'"},
    {',', " a  b\n 1 \t2 \n 2  3\n", "; blanks separate the fields: d blanks"},
    {',', "a b\n\"1 2\" 3", "; blanks separate the fields: d blanks"},
    /* ends of lines */
    {';', "a;b\n1;2;\n3;4;\n",
     "; the last field of every line is empty: trailing-delimiter"},
    {';', "a;b;\n1;2\n3;4\n",
     "; the last name of the header is empty: trailing-delimiter"},
    {',', "a;b\n1;2;\n3;4;\n",
     "; ';' separates the fields, the last field of every line is empty: d ';' "
     "trailing-delimiter"},
    /* row names */
    {',', "a,b\n1,2,3\n4,5,6\n",
     "; R leaves out the name of the first column: row-names NAME"},
    {',', "\"a\" \"b\"\n\"1\" 2 3\n\"2\" 5 6\n",
     "; blanks separate the fields, R leaves out the name of the first column: "
     "d blanks row-names NAME"},
    {'\t', "a\tb\nx\tu\tv\ny\tw\tz\n",
     "; R leaves out the name of the first column: row-names NAME"},
    /* above the header */
    {',', "A title\na,b\n1,2\n3,4\n", "; the header is on line 2: skip 1"},
    {',', "A title\r\nof, 2020\r\n\r\na,b\r\n1,2\r\n",
     "; the header is on line 4: skip 3"},
    {',', "\"A\nquoted title\"\na,b,c\n1,2,3\n",
     "; the header is on line 3: skip 2"},
    {',', "# by me\na,b\n1,2\n",
     "; lines that begin with # are comments: comment '#'"},
    {',', "# by, me\na,b\n1,2\n",
     "; lines that begin with # are comments: comment '#'"},
    {'\t', "##x\n##y\n#ID\tb\n1\t2\n3\t4\n",
     "; lines that begin with ## are comments: comment '##'"},
    {',', "# a\nA title\na b c\n1 2 3\n",
     "; the header is on line 3, blanks separate the fields: skip 2 d blanks"},
};

START_TEST(test_hints)
{
    const struct rs_layout_lines lines = {.bytes = hints[_i].text,
                                          .n = strlen(hints[_i].text),
                                          .delimiter = hints[_i].delimiter,
                                          .has_header = true};
    struct rs_layout layout;
    struct rs_error err = {0};
    bool found = rs_layout_find(&layout, &lines);

    ck_assert_msg(found == (hints[_i].offer != NULL), "%s", hints[_i].text);
    if (!found)
        return;
    rs_layout_offer(&err, &layout);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, hints[_i].offer);
}
END_TEST

/* What is asked for already is offered only with something else. */
START_TEST(test_asked_already)
{
    static const char text[] = "a;b\n1;2;3;\n4;5;6;\n";
    struct rs_layout_lines lines = {.bytes = text,
                                    .n = sizeof text - 1,
                                    .delimiter = ';',
                                    .has_header = true,
                                    .drops_last = true};
    struct rs_layout layout;

    ck_assert(rs_layout_find(&layout, &lines));
    ck_assert(layout.row_names && layout.last_empty);
    lines.names_first = true;
    ck_assert(!rs_layout_find(&layout, &lines));
    lines.delimiter = ',';
    ck_assert(rs_layout_find(&layout, &lines));
    ck_assert(layout.row_names && layout.last_empty);
}
END_TEST

/* Lines that were skipped already count too, and what does not fit is cut. */
START_TEST(test_more_to_skip)
{
    static const char text[] = "two\na,b\n1,2\n";
    const struct rs_layout_lines lines = {.bytes = text,
                                          .n = sizeof text - 1,
                                          .n_above = 7,
                                          .delimiter = ',',
                                          .has_header = true};
    struct rs_layout layout;
    struct rs_error err = {0};

    ck_assert(rs_layout_find(&layout, &lines));
    ck_assert_uint_eq(layout.n_skip, 8);
    memset(err.text, 'x', sizeof err.text - 3);
    rs_layout_offer(&err, &layout);
    ck_assert_uint_eq(strlen(err.text), sizeof err.text - 1);
    rs_layout_offer(NULL, &layout);
}
END_TEST

/* Without a header no name is missing. */
START_TEST(test_no_header)
{
    static const char text[] = "1,2\n1,2,3\n3,4,5\n";
    const struct rs_layout_lines lines = {
        .bytes = text, .n = sizeof text - 1, .delimiter = ','};
    struct rs_layout layout;

    ck_assert(!rs_layout_find(&layout, &lines) || layout.n_skip == 1);
    ck_assert(!layout.row_names);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_hints, sizeof hints / sizeof hints[0]},
    {&test_asked_already, 1},
    {&test_more_to_skip, 1},
    {&test_no_header, 1},
};
SUITE(layout_hint, tests)
