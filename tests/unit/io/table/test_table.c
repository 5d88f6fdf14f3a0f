/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N_FILES = 2 };

/* The same join by a column of keys and by the names of samples. */
static const struct {
    const char *kind, *key, *text[N_FILES];
} joins[] = {
    {NULL,
     "id",
     {"x,id,g\n1,k1,red\n2,k2,blue\n3,only,red\n4,k4,green\n",
      "id,y,z\nk4,40,0.4\nk1,10,0.1\nk2,NA,0.2\nother,1,1\n"}},
    {"transposed",
     NULL,
     {"v,k1,k2,only,k4\nx,1,2,3,4\ng,red,blue,red,green\n",
      "v,k4,k1,k2,other\ny,40,10,NA,1\nz,0.4,0.1,0.2,1\n"}},
};
enum { N_JOINS = sizeof joins / sizeof joins[0], X = 0, G, Y, Z, N_COLUMNS };

static struct rs_table *open_join(int which)
{
    static const char *const na[] = {"", "NA"};
    static char paths[N_FILES][sizeof "/tmp/regsweep-test-XXXXXX"];
    const char *list[N_FILES];
    struct rs_table_options options = {
        .source = {.kind = joins[which].kind,
                   .csv = {.decimal = '.',
                           .has_header = true,
                           .cells = {.na = na, .n_na = 2},
                           .n_threads = 2}},
        .key = joins[which].key};
    struct rs_table *table = NULL;
    struct rs_error err = {0};

    for (size_t f = 0; f < N_FILES; f++) {
        const char *text = joins[which].text[f];
        int fd = -1;
        (void)snprintf(paths[f], sizeof paths[f], "/tmp/regsweep-test-XXXXXX");
        fd = mkstemp(paths[f]);
        ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
        (void)close(fd);
        list[f] = paths[f];
    }
    ck_assert_msg(rs_table_open(&table, list, N_FILES, &options, &err) == RS_OK,
                  "%s", err.text);
    for (size_t f = 0; f < N_FILES; f++)
        (void)unlink(list[f]);
    return table;
}

static struct rs_dataset *load(struct rs_table *table, const size_t *columns,
                               size_t n)
{
    struct rs_dataset *data = NULL;
    struct rs_error err = {0};

    ck_assert_msg(rs_table_load(&data, table, columns, n, &err) == RS_OK, "%s",
                  err.text);
    ck_assert_uint_eq(data->n_rows, 3); /* k1, k2, k4 */
    for (size_t k = 0; k < n; k++)
        ck_assert_uint_eq(data->columns[k].file_ix, columns[k]);
    return data;
}

/* Each load gives the rows of the same join, of whatever files it needs. */
START_TEST(test_load_again)
{
    static const size_t first[] = {X};
    static const size_t second[] = {Z, Y};
    static const size_t third[] = {G, Z, X};
    static const size_t group = 0;
    struct rs_table *table = open_join(_i);
    struct rs_dataset *a = NULL;
    struct rs_dataset *b = NULL;
    struct rs_dataset *c = NULL;
    const struct rs_factor *factor = NULL;

    ck_assert_uint_eq(rs_table_n_columns(table), N_COLUMNS);
    ck_assert_str_eq(rs_table_names(table)[G], "g");
    a = load(table, first, 1);
    b = load(table, second, 2);
    c = load(table, third, 3);
    ck_assert_uint_eq(rs_table_file_rows(table, 0), 4);
    ck_assert_uint_eq(rs_table_file_rows(table, 1), 4);
    ck_assert_double_eq(a->columns[0].values[2], 4.0);
    ck_assert_double_eq(b->columns[0].values[0], 0.1);
    ck_assert_double_eq(b->columns[0].values[2], 0.4);
    ck_assert(isnan(b->columns[1].values[1]));
    ck_assert_double_eq(b->columns[1].values[2], 40.0);
    ck_assert_double_eq(c->columns[1].values[1], 0.2);
    ck_assert_double_eq(c->columns[2].values[1], 2.0);
    ck_assert_int_eq(c->columns[0].type, RS_TYPE_TEXT);
    ck_assert_int_eq(rs_table_load_factors(
                         table, c,
                         &(struct rs_factors_ask){.columns = &group, .n = 1},
                         NULL),
                     RS_OK);
    factor = c->columns[0].factor;
    ck_assert_uint_eq(factor->n_levels, 3); /* of the file, red only twice */
    ck_assert_str_eq(factor->levels[factor->codes[0]], "red");
    ck_assert_str_eq(factor->levels[factor->codes[1]], "blue");
    ck_assert_str_eq(factor->levels[factor->codes[2]], "green");
    rs_dataset_free(a);
    rs_dataset_free(b);
    rs_dataset_free(c);
    rs_table_close(table);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_load_again, N_JOINS},
};
SUITE(table, tests)
