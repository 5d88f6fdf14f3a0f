/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result_columns.h"
#include "run_suite.h"

#include <stdio.h>

/* The names of the columns with commas between them, or the error. */
static const char *parse(char out[RS_ERROR_TEXT], const char *text,
                         const struct rs_available *available)
{
    struct rs_result_columns columns;
    struct rs_error err = {0};
    size_t used = 0;

    out[0] = '\0';
    if (rs_result_columns_parse(&columns, text, available, &err) != RS_OK) {
        rs_error_unmark(&err);
        (void)snprintf(out, RS_ERROR_TEXT, "%s", err.text);
        return out;
    }
    for (size_t i = 0; i < columns.n; i++)
        used += (size_t)snprintf(out + used, RS_ERROR_TEXT - used, "%s%s",
                                 i > 0 ? "," : "", columns.names[i]);
    return out;
}

static const struct {
    unsigned rows;
    const char *text;
    const char *want;
} cases[] = {
    {RS_ROWS_PAIRS, NULL, "y,x,n,intercept,beta,se,stat,p,r2,status"},
    {RS_ROWS_TERMS, NULL, "y,x,term,n,beta,se,stat,p,status"},
    {RS_ROWS_PAIRS, "p,y", "p,y"},
    {RS_ROWS_PAIRS, "+ci,-r2,-n",
     "y,x,intercept,beta,se,ci_low,ci_high,stat,p,status"},
    {RS_ROWS_PAIRS, "ci", "ci_low,ci_high"},
    {RS_ROWS_TERMS, "+all",
     "y,x,term,n,df,df1,beta,se,ci_low,ci_high,stat,p,neg_log10_p,r2,sigma,aic,"
     "model,status"},
    {RS_ROWS_PAIRS, "all",
     "y,x,n,df,df1,intercept,beta,se,ci_low,ci_high,stat,p,neg_log10_p,r,r2,"
     "sigma,aic,model,status"},
    {RS_ROWS_PAIRS, "boot", "columns: 'bca_high' needs bootstrap"},
    {RS_ROWS_PAIRS, "+term", "columns: 'term' needs rows terms"},
    {RS_ROWS_PAIRS, "p_bh", "columns: 'p_bh' needs adjust bh"},
    {RS_ROWS_TERMS, "+r",
     "columns: 'r' is of a pair, and the rows are those of its terms "
     "(rows)"},
    {RS_ROWS_PAIRS, "y,ci,ci_low", "columns: 'ci_low' is there twice"},
    {RS_ROWS_PAIRS, "stats",
     "columns: there is no 'stats'; did you mean 'stat'?"},
    {RS_ROWS_PAIRS, "y,+p",
     "columns: either a list, or changes that all begin with + or -, not "
     "both"},
    {RS_ROWS_PAIRS, "-all", "columns: none is left"},
};

START_TEST(test_parse)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct rs_available available =
            rs_result_columns_of(cases[i].rows);
        char out[RS_ERROR_TEXT];
        ck_assert_str_eq(parse(out, cases[i].text, &available), cases[i].want);
    }
}
END_TEST

/* What an option has made available is shown, in its place. */
START_TEST(test_available)
{
    struct rs_available available = rs_result_columns_of(RS_ROWS_PAIRS);
    char out[RS_ERROR_TEXT];

    available.fields[RS_FIELD_P_BH] = true;
    ck_assert_str_eq(parse(out, NULL, &available),
                     "y,x,n,intercept,beta,se,stat,p,r2,p_bh,status");
    available.fields[RS_FIELD_BCA_LOW] = true;
    ck_assert_str_eq(parse(out, "boot,p_bh", &available), "bca_low,p_bh");
}
END_TEST

/* What a database has anyway: at the end, unless it is there already. */
START_TEST(test_always)
{
    struct rs_available available = rs_result_columns_of(RS_ROWS_PAIRS);
    char out[RS_ERROR_TEXT];

    available.always[RS_FIELD_LEVEL] = true;
    available.always[RS_FIELD_DF1] = true;
    ck_assert_str_eq(parse(out, "p,y", &available), "p,y,level,df1");
    ck_assert_str_eq(parse(out, "p,df1,y", &available), "p,df1,y,level");
    ck_assert_str_eq(parse(out, "+level,-r2,-n,-df1", &available),
                     "y,x,level,intercept,beta,se,stat,p,status,df1");
    ck_assert_str_eq(parse(out, "-all", &available), "columns: none is left");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_parse, 1},
    {&test_available, 1},
    {&test_always, 1},
};
SUITE(result_columns, tests)
