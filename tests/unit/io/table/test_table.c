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

/* The same join in many ways. */
static const struct {
    bool transposed[N_FILES];
    const char *key;
    enum rs_key_rule as;
    const char *by; /* as it is told */
    bool found;
    const char *text[N_FILES];
} joins[] = {
    {{false, false},
     "id",
     RS_KEY_TEXT,
     "id",
     false,
     {"x,id,g\n1,k1,red\n2,k2,blue\n3,only,red\n4,k4,green\n",
      "id,y,z\nk4,40,0.4\nk1,10,0.1\nk2,NA,0.2\nother,1,1\n"}},
    {{true, true},
     NULL,
     RS_KEY_TEXT,
     NULL,
     false,
     {"v,k1,k2,only,k4\nx,1,2,3,4\ng,red,blue,red,green\n",
      "v,k4,k1,k2,other\ny,40,10,NA,1\nz,0.4,0.1,0.2,1\n"}},
    {{false, false},
     NULL,
     RS_KEY_TEXT,
     "id",
     true,
     {"x,id,g\n1,k1,red\n2,k2,blue\n3,only,red\n4,k4,green\n",
      "id,y,z\nk4,40,0.4\nk1,10,0.1\nk2,NA,0.2\nother,1,1\n"}},
    {{false, false},
     "id=IID",
     RS_KEY_NUMBER,
     "id=IID",
     false,
     {"x,id,g\n1,01,red\n2,2.0,blue\n3,only,red\n4,-4e1,green\n",
      "y,z,IID\n40,0.4,-40\n10,0.1,1\nNA,0.2,+02\n1,1,02_\n"}},
    {{true, false},
     "IID",
     RS_KEY_IID,
     "IID",
     false,
     {"v,0_k1,k2_k2,only,a_b_a_b\nx,1,2,3,4\ng,red,blue,red,green\n",
      "IID,y,z\na_b,40,0.4\nk1,10,0.1\nk2,NA,0.2\nonly_,1,1\n"}},
    {{false, true},
     "a=b",
     RS_KEY_NUMBER,
     "a=b",
     false,
     {"a=b,x,g\n1,1,red\n2.,2,blue\n3,3,red\n4,4,green\n",
      "v,04,1.0,2e0,other\ny,40,10,NA,1\nz,0.4,0.1,0.2,1\n"}},
};
enum { N_JOINS = sizeof joins / sizeof joins[0], X = 0, G, Y, Z, N_COLUMNS };

/* Opens texts as files. */
static enum rs_status open_texts(struct rs_table **out,
                                 const char *const text[N_FILES],
                                 const struct rs_table_options *more,
                                 struct rs_error *err)
{
    static const char *const na[] = {"", "NA"};
    static char paths[N_FILES][sizeof "/tmp/regsweep-test-XXXXXX"];
    const char *list[N_FILES];
    struct rs_table_options options = *more;
    enum rs_status status = RS_OK;

    options.source.csv = (struct rs_csv_options){.decimal = '.',
                                                 .has_header = true,
                                                 .cells = {.na = na, .n_na = 2},
                                                 .n_threads = 2};
    for (size_t f = 0; f < N_FILES; f++) {
        int fd = -1;
        (void)snprintf(paths[f], sizeof paths[f], "/tmp/regsweep-test-XXXXXX");
        fd = mkstemp(paths[f]);
        ck_assert_int_eq(write(fd, text[f], strlen(text[f])),
                         (ssize_t)strlen(text[f]));
        (void)close(fd);
        list[f] = paths[f];
    }
    status = rs_table_open(out, list, N_FILES, &options, err);
    for (size_t f = 0; f < N_FILES; f++)
        (void)unlink(list[f]);
    return status;
}

static struct rs_table *open_join(int which)
{
    const struct rs_table_options options = {.transposed =
                                                 joins[which].transposed,
                                             .key = joins[which].key,
                                             .key_as = joins[which].as};
    struct rs_table *table = NULL;
    struct rs_error err = {0};

    ck_assert_msg(open_texts(&table, joins[which].text, &options, &err) ==
                      RS_OK,
                  "%s", err.text);
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

static void check_told(const struct rs_table *table, int which)
{
    struct rs_table_join join;

    ck_assert(rs_table_joined(&join, table));
    ck_assert_uint_eq(join.n_rows, 3);
    ck_assert_pstr_eq(join.by, joins[which].by);
    ck_assert(join.found == joins[which].found && !join.much_lost);
    ck_assert_uint_eq(rs_table_n_files(table), N_FILES);
    for (size_t f = 0; f < N_FILES; f++) {
        struct rs_table_file file;
        rs_table_file(&file, table, f);
        ck_assert_uint_eq(file.n_rows, 4);
        ck_assert(file.has_samples == joins[which].transposed[f]);
        ck_assert_ptr_null(file.lone);
    }
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
    check_told(table, _i);
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

/* Keys that nobody can tell, and keys that are not there. */
static const struct {
    bool transposed[N_FILES];
    const char *key, *text[N_FILES], *why;
} keys[] = {
    {{false},
     NULL,
     {"a,b\n1,1\n", "c,d\n1,1\n"},
     "no column is in all of them: key a=b is a name for each FILE"},
    {{false},
     NULL,
     {"FID,IID,b\n1,1,1\n", "d,IID,FID\n1,1,1\n"},
     "which rows belong together: 'FID', 'IID' are in all"},
    {{true, false},
     NULL,
     {"v,s\nx,1\n", "id,y\ns,1\n"},
     "which rows belong together: 'id', 'y' are there"},
    {{true, true},
     "id",
     {"v,s\nx,1\n", "v,s\ny,1\n"},
     "key: all FILEs are transposed"},
    {{false},
     "a=b=c",
     {"a,x\n1,1\n", "b,y\n1,1\n"},
     "key: 'a=b=c' has 3 names, but there are 2 FILEs with a row a line"},
    {{false, true},
     "a=b",
     {"a,x\n1,1\n", "v,1\ny,1\n"},
     "key: 'a=b' has 2 names, but there is 1 FILE with a row a line"},
    {{false},
     "id",
     {"id,x\n1,1\n", "ID,y\n1,1\n"},
     "key: no column 'id'; did you mean 'ID'? (key 'id=ID', a name for each "
     "FILE)"},
    {{false},
     "a=id",
     {"a,x\n1,1\n", "sample,y\n1,1\n"},
     "key: no column 'id' among 'sample', 'y' (key 'a=NAME' where its key has "
     "another name)"},
};

START_TEST(test_no_key)
{
    const struct rs_table_options options = {.transposed = keys[_i].transposed,
                                             .key = keys[_i].key};
    struct rs_table *table = NULL;
    struct rs_error err = {0};

    ck_assert_int_eq(open_texts(&table, keys[_i].text, &options, &err),
                     RS_ERR_USAGE);
    ck_assert_ptr_null(table);
    rs_error_unmark(&err);
    ck_assert_msg(strstr(err.text, keys[_i].why) != NULL, "%s", err.text);
}
END_TEST

/* Joins that lose much: what they say, and what would be better. */
static const struct {
    bool transposed;
    const char *text[N_FILES], *lone[N_FILES];
    size_t n_rows;
    enum rs_key_rule cure;
    size_t n_cured;
} losses[] = {
    {false,
     {"id,x\n1,1\n02,1\n03,1\n04,1\n", "id,y\n4,1\n3,1\n2,1\n1,1\n"},
     {"02", "4"},
     1,
     RS_KEY_NUMBER,
     4},
    {false,
     {"id,x\n1,1\na,1\nb,1\n", "id,y\n1,1\nc,1\nd,1\n"},
     {"a", "c"},
     1,
     RS_KEY_TEXT,
     2},
    {false,
     {"id,x\n1,1\n", "id,y\n1,1\nc,1\nd,1\n"}, /* the small one is in */
     {NULL, NULL},
     1,
     RS_KEY_TEXT,
     0},
    {true,
     {"id,x\ns,1\nt_u,1\nc,1\n", "v,s,0_t_u,0_c\ny,1,2,3\n"},
     {"t_u", "0_t_u"},
     1,
     RS_KEY_IID,
     3},
};

START_TEST(test_losses)
{
    const bool transposed[N_FILES] = {false, losses[_i].transposed};
    const struct rs_table_options options = {.transposed = transposed,
                                             .key = "id"};
    const size_t first = 0;
    struct rs_table *table = NULL;
    struct rs_dataset *data = NULL;
    struct rs_table_join join;
    struct rs_error err = {0};

    ck_assert_int_eq(open_texts(&table, losses[_i].text, &options, &err),
                     RS_OK);
    ck_assert_msg(rs_table_load(&data, table, &first, 1, &err) == RS_OK, "%s",
                  err.text);
    ck_assert(rs_table_joined(&join, table));
    ck_assert_uint_eq(join.n_rows, losses[_i].n_rows);
    ck_assert_int_eq(join.cure, losses[_i].cure);
    ck_assert_uint_eq(join.n_cured, losses[_i].n_cured);
    ck_assert(join.much_lost == (losses[_i].lone[0] != NULL));
    for (size_t f = 0; f < N_FILES; f++) {
        struct rs_table_file file;
        rs_table_file(&file, table, f);
        ck_assert_pstr_eq(file.lone, losses[_i].lone[f]);
    }
    ck_assert(rs_table_is_key(table, "id") && !rs_table_is_key(table, "x"));
    rs_dataset_free(data);
    rs_table_close(table);
}
END_TEST

/* Names that both files have: what is kept, of which file its rows are. */
static const struct {
    bool transposed;
    const char *text[N_FILES];
} shares[] = {
    {false,
     {"FID,IID,,a\n1,k1,1,10\n2,k2,1,20\n",
      "a,FID,IID,,b,FID\n7,8,k2,9,200,3\n7,8,k1,9,100,3\n"}},
    {true,
     {"FID,IID,,a\n1,k1,1,10\n2,k2,1,20\n",
      "v,k2,k1\nFID,7,7\na,8,8\n,9,9\nb,200,100\n"}},
};

START_TEST(test_shared_names)
{
    static const char *const names[] = {"FID", "", "a", "", "b"};
    static const size_t wanted[] = {4, 2};
    const bool transposed[N_FILES] = {false, shares[_i].transposed};
    const struct rs_table_options options = {.transposed = transposed,
                                             .key = "IID"};
    struct rs_table *table = NULL;
    struct rs_dataset *data = NULL;
    struct rs_table_shared shared;
    struct rs_error err = {0};
    size_t n_shared = shares[_i].transposed ? 2 : 3; /* FID twice */

    ck_assert_int_eq(open_texts(&table, shares[_i].text, &options, &err),
                     RS_OK);
    ck_assert_uint_eq(rs_table_n_columns(table), 5);
    for (size_t j = 0; j < 5; j++)
        ck_assert_str_eq(rs_table_names(table)[j], names[j]);
    ck_assert_uint_eq(rs_table_n_shared(table), n_shared);
    rs_table_shared(&shared, table, n_shared - 1);
    ck_assert_str_eq(shared.name, "a");
    ck_assert(shared.file == 0 && shared.later == 1);
    for (size_t j = 0; j < 5; j++)
        ck_assert_int_eq(rs_table_refuse_shared(table, j, "x", &err),
                         j == 0 || j == 2 ? RS_ERR_INCONSISTENT : RS_OK);
    ck_assert_int_eq(rs_table_load(&data, table, wanted, 2, &err), RS_OK);
    ck_assert_double_eq(data->columns[0].values[1], 200.0);
    ck_assert_double_eq(data->columns[1].values[1], 20.0);
    ck_assert_uint_eq(data->columns[0].file_ix, 4);
    rs_dataset_free(data);
    rs_table_close(table);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_load_again, N_JOINS},
    {&test_no_key, sizeof keys / sizeof keys[0]},
    {&test_losses, sizeof losses / sizeof losses[0]},
    {&test_shared_names, sizeof shares / sizeof shares[0]},
};
SUITE(table, tests)
