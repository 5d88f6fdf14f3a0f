/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_transpose.h"
#include "record_index.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const na[] = {"", "NA"};

/* A table of one variable a line, and the index it was read by. */
struct opened {
    struct rs_csv_transposed *csv;
    struct rs_record_index index;
};

/* Opens a text, with chunks and blocks of any size. */
static struct opened open_with(const char *text, size_t chunk, size_t block,
                               size_t name_field)
{
    static const char *const names[] = {NULL, "the name"};
    const struct rs_transposed_options ask = {
        .name_column = names[name_field > 0],
        .leading = name_field > 0 ? name_field + 2 : 0};
    static const struct rs_csv_options options = {
        .decimal = '.',
        .has_header = true,
        .cells = {.na = na, .n_na = 2},
        .n_threads = 3};
    struct opened opened = {0};
    struct rs_csv *csv = NULL;
    struct rs_bytes bytes;
    struct rs_error err = {0};
    char path[] = "/tmp/regsweep-test-XXXXXX";
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    (void)close(fd);
    ck_assert_int_eq(rs_bytes_open(&bytes, path, NULL, &err), RS_OK);
    (void)unlink(path);
    ck_assert_msg(rs_csv_open(&csv, &bytes, &options, &err) == RS_OK, "%s",
                  err.text);
    csv->chunk_bytes = chunk;
    csv->block_bytes = block;
    ck_assert_msg(rs_record_index_init(&opened.index, csv, name_field, &err) ==
                      RS_OK,
                  "%s", err.text);
    ck_assert_msg(rs_csv_transposed_open(&opened.csv, csv, &ask, &err) == RS_OK,
                  "%s", err.text);
    ck_assert_uint_eq(rs_csv_transposed_n(opened.csv), opened.index.n);
    return opened;
}

static struct opened open_text(const char *text, size_t chunk, size_t block)
{
    return open_with(text, chunk, block, 0);
}

static void close_text(struct opened *opened)
{
    rs_record_index_clear(&opened->index);
    rs_csv_transposed_close(opened->csv);
}

/* Every variable, in the order of the file. */
static enum rs_status load(struct rs_dataset **out,
                           struct rs_csv_transposed *csv, struct rs_error *err)
{
    size_t columns[32];
    size_t n = rs_csv_transposed_n(csv);
    enum rs_status status = RS_OK;

    ck_assert_uint_le(n, 32);
    for (size_t v = 0; v < n; v++)
        columns[v] = v;
    status = rs_csv_transposed_load(out, csv, columns, n, err);
    if (status == RS_OK)
        status = rs_csv_transposed_load_factors(
            csv, *out, &(struct rs_factors_ask){.columns = columns, .n = n},
            err);
    return status;
}

static const char awkward[] = "\xef\xbb\xbf"
                              "corner,s1,\"s\n2\",s3\r\n" /* lines 1, 2 */
                              "\n"
                              "  \t\r\n"
                              "plain,1,2.5,-3e2\r\n"        /* 5 */
                              " blanks\t , 4 ,NA,inf\r"     /* 6 */
                              "\"quo\"\"ted, \",,\"7\",8\n" /* 7 */
                              "\n\n"
                              "\"two\r\nlines\",\"9\n\n\",10,x\n"  /* 10 */
                              ",1,2,3\n"                           /* 14 */
                              "  \"q\"  ,\"\n\",\"b\"\"\",\"a\"\n" /* 15 */
                              "a b,red,NA,\xe9\r\r"                /* 17 */
                              "last,1,2,1e999";                    /* 19 */

static void check_awkward(const struct opened *opened,
                          const struct rs_dataset *data)
{
    static const char *const names[] = {"plain",        "blanks", "quo\"ted, ",
                                        "two\r\nlines", "",       "q",
                                        "a b",          "last"};
    static const uint64_t lines[] = {5, 6, 7, 10, 14, 15, 17, 19};
    static const struct {
        size_t column, field;
        uint64_t line;
        const char *text;
    } faults[] = {{3, 2, 11, "9\n\n"},
                  {5, 2, 15, "\n"},
                  {6, 2, 17, "red"},
                  {7, 4, 19, "1e999"}};
    const struct rs_column *c = data->columns;

    ck_assert_uint_eq(opened->index.n, 8);
    ck_assert_uint_eq(data->n_rows, 3);
    for (size_t v = 0; v < 8; v++) {
        ck_assert_str_eq(rs_csv_transposed_names(opened->csv)[v], names[v]);
        ck_assert_str_eq(c[v].name, names[v]);
        ck_assert_uint_eq(opened->index.records[v].line, lines[v]);
        ck_assert_uint_eq(c[v].file_ix, v);
    }
    for (size_t i = 0; i < 4; i++) {
        const struct rs_column *column = &c[faults[i].column];
        ck_assert_int_eq(column->type, RS_TYPE_TEXT);
        ck_assert_ptr_null(column->values);
        ck_assert_uint_eq(column->fault.line, faults[i].line);
        ck_assert_uint_eq(column->fault.field, faults[i].field);
        ck_assert_str_eq(column->fault.text, faults[i].text);
    }
    ck_assert_double_eq(c[0].values[2], -300.0);
    ck_assert_uint_eq(c[1].n_missing, 1);
    ck_assert_uint_eq(c[1].n_infinite, 1);
    ck_assert(isnan(c[1].values[1]) && !rs_column_has(&c[1], 1));
    ck_assert_double_eq(c[2].values[1], 7.0);
    ck_assert_uint_eq(c[6].n_missing, 1);
    ck_assert_uint_eq(c[6].factor->n_levels, 2);
    ck_assert_str_eq(c[6].factor->levels[1], "\xe9");
    ck_assert_int_eq(c[6].factor->codes[0], 0);
    ck_assert_int_eq(c[6].factor->codes[1], -1);
    ck_assert_int_eq(c[6].factor->codes[2], 1);
    ck_assert_uint_eq(c[5].factor->n_levels, 3);
    ck_assert_int_eq(c[5].factor->codes[1], 2);
}

START_TEST(test_every_chunk_size)
{
    static const size_t blocks[] = {1, 2, 3, 5, 17, 4096};

    for (size_t chunk = 1; chunk < sizeof awkward; chunk++)
        for (size_t b = 0; b < sizeof blocks / sizeof blocks[0]; b++) {
            struct opened opened = open_text(awkward, chunk, blocks[b]);
            struct rs_dataset *data = NULL;
            struct rs_error err = {0};
            ck_assert_msg(load(&data, opened.csv, &err) == RS_OK, "%s",
                          err.text);
            check_awkward(&opened, data);
            rs_dataset_free(data);
            close_text(&opened);
        }
}
END_TEST

/* The name is the second of three fields before the samples. */
static const char behind[] = "c,\"the name\",p,s1,s2\r\n"
                             "1,plain,7,1,2\n"
                             "\"a,\"\"\n\",\" quo\"\"ted\"  ,x,3,4\r"
                             " ,  b l ,,5,NA\n"
                             "\n"
                             "q,,\"\r\n,\",7,red\n"
                             "\"\",\"last\n\",r,9,10";

static void check_behind(const struct opened *opened,
                         const struct rs_dataset *data)
{
    static const char *const names[] = {"plain", " quo\"ted", "b l", "",
                                        "last\n"};
    const struct rs_column *c = data->columns;

    ck_assert_uint_eq(opened->index.n, 5);
    ck_assert_uint_eq(data->n_rows, 2);
    ck_assert_str_eq(rs_csv_transposed_samples(opened->csv)[0], "s1");
    for (size_t v = 0; v < 5; v++) {
        ck_assert_str_eq(rs_csv_transposed_names(opened->csv)[v], names[v]);
        ck_assert_str_eq(opened->index.records[v].name, names[v]);
    }
    for (size_t v = 0; v < 3; v++)
        ck_assert_double_eq(c[v].values[0], 1.0 + 2.0 * (double)v);
    ck_assert_uint_eq(c[2].n_missing, 1);
    ck_assert_double_eq(c[4].values[1], 10.0);
    ck_assert_int_eq(c[3].type, RS_TYPE_TEXT);
    ck_assert_uint_eq(c[3].fault.line, 8);
    ck_assert_uint_eq(c[3].fault.field, 5);
    ck_assert_uint_eq(c[3].factor->n_levels, 2);
    ck_assert_str_eq(c[3].factor->levels[c[3].factor->codes[1]], "red");
}

START_TEST(test_name_behind)
{
    for (size_t chunk = 1; chunk < sizeof behind; chunk++)
        for (size_t block = 1; block < 20; block += 3) {
            struct opened opened = open_with(behind, chunk, block, 1);
            struct rs_dataset *data = NULL;
            struct rs_error err = {0};
            ck_assert_msg(load(&data, opened.csv, &err) == RS_OK, "%s",
                          err.text);
            check_behind(&opened, data);
            rs_dataset_free(data);
            close_text(&opened);
        }
}
END_TEST

/* Faults are found in records that nobody asked for, the first one first. */
START_TEST(test_faults)
{
    static const struct {
        const char *text;
        uint64_t line, field;
    } cases[] = {
        {"i,a,b\nx,1,2\ny,1\nz,1,2,3\n", 3, 0},
        {"i,a,b\nx,1,2\ny\nz,1,2,3\n", 3, 0},
        {"i,a,b\nx,1,2\n\ny,1,2,3\nz\"z,1,2\n", 4, 0},
        {"i,a,b\nx,1,2\nz\"z,1,2\ny,1\n", 3, 1},
        {"i,a,b\nx,\"1\n\",2\n\"z\"z,1,2\ny,1\n", 4, 1},
        {"i,a,b\nx,1,2\ny,\"1,2\n3,4\n", 3, 2},
        {"i,a,b\nx,1,2\n\"y,1,2\n3,4\n", 3, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t chunk = 1; chunk < 40; chunk++) {
            struct opened opened = open_text(cases[i].text, chunk, 8);
            struct rs_dataset *data = NULL;
            struct rs_error err = {0};
            const size_t first = 0;
            ck_assert_int_eq(
                rs_csv_transposed_load(&data, opened.csv, &first, 1, &err),
                RS_ERR_MALFORMED);
            ck_assert_ptr_null(data);
            ck_assert_uint_eq(err.line, cases[i].line);
            ck_assert_uint_eq(err.column, cases[i].field);
            close_text(&opened);
        }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_every_chunk_size, 1},
    {&test_name_behind, 1},
    {&test_faults, 1},
};
SUITE(transpose, tests)
