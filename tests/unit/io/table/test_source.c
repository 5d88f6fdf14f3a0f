/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include "run_suite.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const na[] = {"", "NA"};

static struct rs_source_options options_of(const char *kind)
{
    return (struct rs_source_options){.kind = kind,
                                      .csv = {.decimal = '.',
                                              .has_header = true,
                                              .cells = {.na = na, .n_na = 2},
                                              .n_threads = 2}};
}

/* A file of this text; the caller unlinks it. */
static const char *write_file(const char *text)
{
    static char path[] = "/tmp/regsweep-test-XXXXXX";
    int fd = -1;

    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    (void)close(fd);
    return path;
}

static struct rs_source *open_path(const char *path, const char *kind)
{
    struct rs_source_options options = options_of(kind);
    struct rs_source *source = NULL;
    struct rs_error err = {0};

    ck_assert_msg(rs_source_open(&source, path, &options, &err) == RS_OK, "%s",
                  err.text);
    return source;
}

/* The same table as it is read by each kind; blank lines are no rows. */
static const struct {
    const char *kind, *name, *text;
} lying[] = {
    {NULL, "csv",
     "id,num,\"g\n1\",more\n\nr1,1,red,10\n\n\nr2,NA,blue,20\n"
     "r3,3,\"red\",30\n\n"},
    {"transposed", "transposed",
     "corner,s1,s2,s3\n\nid,r1,r2,r3\n\nnum,1,NA,3\n\n\n\"g\n1\",red,blue,"
     "\"red\"\nmore,10,20,30\n\n"},
};
enum { N_LYING = sizeof lying / sizeof lying[0] };

static struct rs_dataset *load(struct rs_source *source, const size_t *columns,
                               size_t n)
{
    struct rs_dataset *data = NULL;
    struct rs_error err = {0};

    ck_assert_msg(rs_source_load(&data, source, columns, n, &err) == RS_OK,
                  "%s", err.text);
    ck_assert_uint_eq(data->n_rows, 3);
    ck_assert_uint_eq(data->n_columns, n);
    ck_assert_uint_eq(source->n_rows, 3);
    for (size_t k = 0; k < n; k++) {
        ck_assert_uint_eq(data->columns[k].file_ix, columns[k]);
        ck_assert_str_eq(data->columns[k].name, source->names[columns[k]]);
    }
    return data;
}

/* Three loads of different columns, and categories of the first afterwards. */
static void check_loads(struct rs_source *source)
{
    static const size_t first[] = {2, 1};
    static const size_t second[] = {3};
    static const size_t third[] = {0, 1, 2, 3};
    static const size_t group = 0;
    struct rs_dataset *a = load(source, first, 2);
    struct rs_dataset *b = load(source, second, 1);
    struct rs_dataset *c = load(source, third, 4);
    const struct rs_factor *factor = NULL;

    ck_assert_int_eq(a->columns[0].type, RS_TYPE_TEXT);
    ck_assert_str_eq(a->columns[0].fault.text, "red");
    ck_assert_double_eq(a->columns[1].values[2], 3.0);
    ck_assert_uint_eq(a->columns[1].n_missing, 1);
    ck_assert(!rs_column_has(&a->columns[1], 1));
    ck_assert_double_eq(b->columns[0].values[0], 10.0);
    ck_assert_double_eq(b->columns[0].values[2], 30.0);
    ck_assert_int_eq(c->columns[0].type, RS_TYPE_TEXT);
    ck_assert_double_eq(c->columns[1].values[0], 1.0);
    ck_assert_double_eq(c->columns[3].values[1], 20.0);
    ck_assert_int_eq(rs_source_load_factors(
                         source, a,
                         &(struct rs_factors_ask){.columns = &group, .n = 1},
                         NULL),
                     RS_OK);
    factor = a->columns[0].factor;
    ck_assert_uint_eq(factor->n_levels, 2);
    ck_assert_str_eq(factor->levels[0], "blue");
    ck_assert_int_eq(factor->codes[0], 1);
    ck_assert_int_eq(factor->codes[1], 0);
    ck_assert_int_eq(factor->codes[2], 1);
    rs_dataset_free(a);
    rs_dataset_free(b);
    rs_dataset_free(c);
}

START_TEST(test_load_again)
{
    const char *path = write_file(lying[_i].text);
    struct rs_source *source = open_path(path, lying[_i].kind);

    (void)unlink(path); /* the header is not read once more by name either */
    ck_assert_str_eq(source->ops->name, lying[_i].name);
    ck_assert_str_eq(source->path, path);
    ck_assert_uint_eq(source->n_bytes, strlen(lying[_i].text));
    ck_assert_uint_eq(source->n_columns, 4);
    ck_assert_str_eq(source->names[2], "g\n1");
    check_loads(source);
    rs_source_close(source);
}
END_TEST

/* What a pipe said is held for later loads. */
START_TEST(test_pipe)
{
    const char *text = lying[_i].text;
    struct rs_source *source = NULL;
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], text, strlen(text)), (ssize_t)strlen(text));
    (void)close(ends[1]);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    source = open_path("-", lying[_i].kind);
    ck_assert_int_eq(read(STDIN_FILENO, ends, 1), 0);
    check_loads(source);
    rs_source_close(source);
}
END_TEST

/* A second load of a file with fewer rows is none of the same table. */
START_TEST(test_changed)
{
    static const char before[] = "a,b\n1,2\n3,4\n5,6\n";
    static const char after[] = "a,b\n1,2\n3,4\n\n\n\n\n";
    static const size_t column = 1;
    const char *path = write_file(before);
    struct rs_source *source = open_path(path, NULL);
    struct rs_dataset *data = NULL;
    struct rs_error err = {0};
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    ck_assert_int_eq(rs_source_load(&data, source, &column, 1, &err), RS_OK);
    rs_dataset_free(data);
    ck_assert_int_eq(write(fd, after, strlen(after)), (ssize_t)strlen(before));
    (void)close(fd);
    ck_assert_int_eq(rs_source_load(&data, source, &column, 1, &err),
                     RS_ERR_READ);
    ck_assert_ptr_null(data);
    ck_assert_str_eq(err.file, path);
    rs_source_close(source);
    (void)unlink(path);
}
END_TEST

START_TEST(test_no_such_kind)
{
    const char *path = write_file(lying[0].text);
    struct rs_source_options options = options_of("parchment");
    struct rs_source *source = NULL;
    struct rs_error err = {0};

    ck_assert_int_eq(rs_source_open(&source, path, &options, &err),
                     RS_ERR_USAGE);
    ck_assert_ptr_null(source);
    ck_assert_ptr_nonnull(strstr(err.text, "parchment"));
    (void)unlink(path);
}
END_TEST

START_TEST(test_locate)
{
    static const size_t column = 1;
    const char *text[] = {"a,b\n\"x\ny\",1\n\nz,2\n", "v,,NA,s 3\na,1,2,3\n"};
    const char *path = write_file(text[0]);
    struct rs_source *source = open_path(path, NULL);
    struct rs_dataset *data = NULL;
    uint64_t line = 0;
    size_t field = 0;

    (void)unlink(path);
    ck_assert_uint_eq(source->header_line, 1);
    ck_assert_ptr_null(source->row_names);
    ck_assert_int_eq(rs_source_load(&data, source, &column, 1, NULL), RS_OK);
    rs_dataset_free(data);
    ck_assert_int_eq(rs_source_locate(&line, &field, source, 0, 1, NULL),
                     RS_OK);
    ck_assert(line == 3 && field == 2);
    ck_assert_int_eq(rs_source_locate(&line, &field, source, 1, 0, NULL),
                     RS_OK);
    ck_assert(line == 5 && field == 1);
    rs_source_close(source);

    path = write_file(text[1]);
    source = open_path(path, "transposed");
    (void)unlink(path);
    ck_assert_uint_eq(source->header_line, 0);
    ck_assert_uint_eq(source->n_rows, 3);
    ck_assert_ptr_null(source->row_names[0]);
    ck_assert_ptr_null(source->row_names[1]);
    ck_assert_str_eq(source->row_names[2], "s 3");
    ck_assert_int_eq(
        rs_source_locate(&line, &field, source, 2, RS_ROW_NAME, NULL), RS_OK);
    ck_assert(line == 1 && field == 4);
    rs_source_close(source);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_load_again, N_LYING}, {&test_pipe, N_LYING}, {&test_changed, 1},
    {&test_no_such_kind, 1},     {&test_locate, 1},
};
SUITE(source, tests)
