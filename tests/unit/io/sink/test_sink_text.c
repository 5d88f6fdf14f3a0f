/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "sink_text.h"

#include <check.h>
#include <string.h>

enum { N_COLUMNS = 2, ROOM = 4096 };

static const enum rs_field fields[] = {RS_FIELD_Y,    RS_FIELD_X,  RS_FIELD_N,
                                       RS_FIELD_BETA, RS_FIELD_SE, RS_FIELD_R2};
static const char *const titles[] = {"y", "x", "n", "beta", "se", "r2"};
enum { N_FIELDS = sizeof fields / sizeof fields[0] };

/* What a kind writes for one row of the column names given: the line, without
 * its end. digits: of the run. */
static const char *line_of(char out[ROOM], const struct rs_output_kind *kind,
                           char *y, char *x, const struct rs_fit *fit,
                           int digits)
{
    struct rs_column columns[N_COLUMNS] = {{.name = y}, {.name = x}};
    struct rs_dataset data = {.n_columns = N_COLUMNS, .columns = columns};
    struct rs_sink_config config = {
        .rows = {.data = &data,
                 .which = RS_ROWS_PAIRS,
                 .pairs = {fields, titles, N_FIELDS},
                 .conf_level = 0.95,
                 .model_name = "ols",
                 .digits = digits},
        .place.path = "/dev/null"};
    const struct rs_row row = {0, 1, RS_NO_TERM, fit, NULL, 0, NULL};
    struct rs_error err = {0};
    struct rs_sink *sink = NULL;
    size_t n = 0;

    ck_assert_int_eq(kind->make(&sink, &config, &err), RS_OK);
    ck_assert_uint_lt(sink->ops->row_bound(sink, 0, 1), ROOM);
    n = sink->ops->encode(sink, out, &row);
    ck_assert_uint_le(n, sink->ops->row_bound(sink, 0, 1));
    ck_assert_int_eq(out[n - 1], '\n');
    out[n - 1] = '\0';
    sink->ops->free(sink);
    return out;
}

static struct rs_fit made_fit(void)
{
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 20);
    fit.beta = -0.5;
    fit.se = 1.25e-300;
    return fit; /* r2 is not available */
}

/* Only numbers have a decimal comma; a delimiter in a text is quoted. */
START_TEST(test_lines)
{
    const struct rs_fit fit = made_fit();
    char out[ROOM];
    char dotted[] = "v1.2";
    char semicolon[] = "a;b";
    char comma[] = "a,b";

    ck_assert_str_eq(line_of(out, &rs_output_csv, dotted, semicolon, &fit, 0),
                     "v1.2,a;b,20,-0.5,1.25e-300,");
    ck_assert_str_eq(line_of(out, &rs_output_csv, dotted, comma, &fit, 0),
                     "v1.2,\"a,b\",20,-0.5,1.25e-300,");
    ck_assert_str_eq(line_of(out, &rs_output_tsv, dotted, comma, &fit, 2),
                     "v1.2\ta,b\t20\t-0.5\t1.2e-300\t");
    ck_assert_str_eq(line_of(out, &rs_output_excel, dotted, semicolon, &fit, 0),
                     "v1.2;\"a;b\";20;-0,5;1,25e-300;");
    ck_assert_str_eq(line_of(out, &rs_output_excel, dotted, comma, &fit, 2),
                     "v1.2;a,b;20;-0,5;1,2e-300;");
}
END_TEST

/* A workbook is no text. */
START_TEST(test_excel_names)
{
    struct rs_error err = {0};

    ck_assert_int_eq(rs_output_excel.check_name(NULL, &err), RS_OK);
    ck_assert_int_eq(rs_output_excel.check_name("a.csv", &err), RS_OK);
    ck_assert_int_eq(rs_output_excel.check_name("a.xls.csv", &err), RS_OK);
    ck_assert_int_eq(rs_output_excel.check_name("a.XLSX", &err), RS_ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, " a.csv"));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_lines, 1},
    {&test_excel_names, 1},
};
SUITE(sink_text, tests)
