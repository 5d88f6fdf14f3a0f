/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "transposed_layout.h"

#include <check.h>
#include <string.h>

enum { MOST = 9 };

#define TRAW "CHR", "SNP", "(C)M", "POS", "COUNTED", "ALT"

/* What is asked of a header, and which fields are what; or why not. */
static const struct {
    const char *header[MOST];
    struct rs_transposed_options ask;
    struct rs_transposed_layout want;
    const char *why;
} cases[] = {
    {{"gene", "s1"}, {0}, {0, 1, NULL, NULL}, NULL},
    {{"id", "gene", "s1"}, {"gene", 0}, {1, 2, NULL, NULL}, NULL},
    {{"id", "gene", "x", "s1"}, {"gene", 3}, {1, 3, NULL, NULL}, NULL},
    {{"id", "gene", "s1"}, {NULL, 2}, {0, 2, NULL, NULL}, NULL},
    {{TRAW, "0_S1"}, {0}, {1, 6, "PLINK .traw", NULL}, NULL},
    {{TRAW, "0_S1"}, {"SNP", 0}, {1, 6, "PLINK .traw", NULL}, NULL},
    {{TRAW, "0_S1"}, {"POS", 0}, {3, 6, "PLINK .traw", NULL}, NULL},
    {{TRAW, "0_S1"},
     {"gene", 2},
     {1, 6, "PLINK .traw", NULL},
     NULL}, /* another's */
    {{TRAW, "more", "S1"}, {NULL, 7}, {1, 7, NULL, NULL}, NULL},
    {{TRAW}, {0}, {0, 1, NULL, NULL}, NULL},
    {{"#Chr", "start", "end", "pid", "gid", "strand", "S1"},
     {0},
     {3, 6, "BED", NULL},
     NULL},
    {{"#chr", "start", "end", "gene_id", "S1", "S2"},
     {0},
     {3, 4, "BED", NULL},
     NULL},
    {{"chr", "start", "end", "id", "S1"}, {0}, {0, 1, NULL, NULL}, NULL},
    {{"id", "gene", "s1"},
     {"Gene", 0},
     {0},
     "name-column: the header has no field 'Gene'; did you mean 'gene'?"},
    {{"id", "id", "s1"},
     {"id", 0},
     {0},
     "name-column: two fields of the header are called 'id'"},
    {{"id", "gene", "s1"},
     {"gene", 1},
     {0},
     "leading 1: the variable's name is field 2 (gene)"},
    {{TRAW, "S1"},
     {NULL, 1},
     {0},
     "leading 1: the variable's name is field 2 (SNP)"},
};

START_TEST(test_layout)
{
    struct rs_transposed_layout got = {0};
    struct rs_error err = {0};
    size_t n = 0;
    enum rs_status status = RS_OK;

    while (n < MOST && cases[_i].header[n] != NULL)
        n++;
    status = rs_transposed_layout_find(&got, cases[_i].header, n,
                                       &cases[_i].ask, &err);
    rs_error_unmark(&err);
    if (cases[_i].why != NULL) {
        ck_assert_int_ne(status, RS_OK);
        ck_assert_msg(strstr(err.text, cases[_i].why) != NULL, "%s", err.text);
        return;
    }
    ck_assert_msg(status == RS_OK, "%s", err.text);
    ck_assert_uint_eq(got.name, cases[_i].want.name);
    ck_assert_uint_eq(got.leading, cases[_i].want.leading);
    ck_assert_pstr_eq(got.known, cases[_i].want.known);
    ck_assert_ptr_eq(got.head, cases[_i].header[got.name]);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_layout, sizeof cases / sizeof cases[0]},
};
SUITE(transposed_layout, tests)
