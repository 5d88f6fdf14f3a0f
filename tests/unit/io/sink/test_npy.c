/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "npy.h"
#include "run_suite.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[] = {"a", "größe", "\xf0\x9f\x98\x80x",
                                    "bad\xff\xc3", "\xed\xa0\x80\xc0\x80"};

static const char *name_of(const void *ctx, size_t ix)
{
    const size_t *first = ctx;

    return names[*first + ix];
}

/* A folder to work in, and a path in it. */
static char folder[64];
static char path[96];
static char partial[112];

static void setup(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/test_npy.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/m.npy", folder);
    (void)snprintf(partial, sizeof partial, "%s.partial", path);
}

static void teardown(void)
{
    (void)unlink(path);
    (void)unlink(partial);
    (void)rmdir(folder);
}

static const size_t from_first = 0;
static const size_t from_third = 3;

static struct rs_matrix_shape shape_of(size_t n_y, size_t n_x, bool matched)
{
    return (struct rs_matrix_shape){.n_y = n_y,
                                    .n_x = n_x,
                                    .matched = matched,
                                    .name_y = name_of,
                                    .name_x = name_of,
                                    .ctx = &from_first};
}

static size_t read_all(unsigned char *out, size_t room, const char *from)
{
    FILE *file = fopen(from, "rb");
    size_t n = 0;

    ck_assert_ptr_nonnull(file);
    n = fread(out, 1, room, file);
    ck_assert_int_eq(fgetc(file), EOF);
    ck_assert_int_eq(fclose(file), 0);
    return n;
}

/* Checks a header of 128 bytes for its dictionary. */
static void check_header(const unsigned char *header, const char *dictionary)
{
    size_t len = strlen(dictionary);

    ck_assert_mem_eq(header, "\x93NUMPY\x01\x00\x76\x00", 10);
    ck_assert_mem_eq(header + 10, dictionary, len);
    for (size_t i = 10 + len; i < 127; i++)
        ck_assert_int_eq(header[i], ' ');
    ck_assert_int_eq(header[127], '\n');
}

static void check_chars(const unsigned char *at, const uint32_t *chars,
                        size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(at[4 * i] | (unsigned)at[4 * i + 1] << 8 |
                              (unsigned)at[4 * i + 2] << 16 |
                              (unsigned)at[4 * i + 3] << 24,
                          chars[i]);
}

/* What another process puts into the cells is in the file, between header
 * and names. */
START_TEST(test_file)
{
    static const uint32_t chars[] = {'a',  0,   0,       0,   0, 'g', 'r', 0xf6,
                                     0xdf, 'e', 0x1f600, 'x', 0, 0,   0};
    const struct rs_matrix_shape shape = shape_of(2, 3, false);
    struct rs_matrix *npy = NULL;
    unsigned char data[4096];
    double cells[6];
    pid_t child = 0;
    int status = 0;

    ck_assert_int_eq(rs_output_npy.make_matrix(
                         &npy, &shape,
                         &(struct rs_place){.path = path, .durable = true},
                         NULL),
                     RS_OK);
    ck_assert_int_ne(access(path, F_OK), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        for (size_t i = 0; i < 6; i++)
            npy->cells[i] = 0.1 * (double)i;
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    (void)read_all(data, sizeof data, partial);
    ck_assert_int_eq(data[0], 0); /* no header yet */
    ck_assert_int_eq(npy->ops->finish(npy, NULL), RS_OK);
    npy->ops->free(npy);
    ck_assert_int_ne(access(partial, F_OK), 0);

    ck_assert_uint_eq(read_all(data, sizeof data, path),
                      3 * 128 + sizeof cells + (2 + 3) * 5 * 4);
    check_header(data, "{'descr': '<f8', 'fortran_order': False, "
                       "'shape': (2, 3), }");
    memcpy(cells, data + 128, sizeof cells);
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_eq(cells[i], 0.1 * (double)i);
    check_header(data + 128 + 48,
                 "{'descr': '<U5', 'fortran_order': False, 'shape': (2,), }");
    check_chars(data + 2 * 128 + 48, chars, 10);
    check_header(data + 2 * 128 + 48 + 40,
                 "{'descr': '<U5', 'fortran_order': False, 'shape': (3,), }");
    check_chars(data + 3 * 128 + 48 + 40, chars, 15);
}
END_TEST

/* One dimension; and what is no UTF-8. */
START_TEST(test_matched)
{
    static const uint32_t chars[] = {'b',    'a',    'd',    0xfffd, 0xfffd,
                                     0xfffd, 0xfffd, 0xfffd, 0xfffd, 0xfffd};
    struct rs_matrix_shape shape = shape_of(2, 2, true);
    struct rs_matrix *npy = NULL;
    unsigned char data[4096];

    shape.ctx = &from_third;
    ck_assert_int_eq(rs_output_npy.make_matrix(
                         &npy, &shape, &(struct rs_place){.path = path}, NULL),
                     RS_OK);
    ck_assert_int_eq(npy->ops->finish(npy, NULL), RS_OK);
    npy->ops->free(npy);
    ck_assert_uint_eq(read_all(data, sizeof data, path),
                      3 * 128 + 16 + 2 * 2 * 5 * 4);
    check_header(data, "{'descr': '<f8', 'fortran_order': False, "
                       "'shape': (2,), }");
    check_chars(data + 2 * 128 + 16, chars, 10);
}
END_TEST

/* An unfinished matrix is removed; an old file stays what it was. */
START_TEST(test_abandoned)
{
    const struct rs_matrix_shape shape = shape_of(1, 1, false);
    struct rs_matrix *npy = NULL;
    struct rs_error err = {0};
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(rs_output_npy.make_matrix(
                         &npy, &shape, &(struct rs_place){.path = path}, &err),
                     RS_ERR_OPEN);
    ck_assert_ptr_null(npy);
    ck_assert_int_eq(rs_output_npy.make_matrix(
                         &npy, &shape,
                         &(struct rs_place){.path = path, .force = true}, &err),
                     RS_OK);
    ck_assert_int_eq(access(partial, F_OK), 0);
    npy->ops->free(npy);
    ck_assert_int_ne(access(partial, F_OK), 0);
    ck_assert_int_eq(access(path, F_OK), 0);
}
END_TEST

/* An output that is no regular file. */
START_TEST(test_no_file)
{
    const struct rs_matrix_shape shape = shape_of(1, 1, false);
    struct rs_matrix *npy = NULL;
    struct rs_error err = {0};

    ck_assert_int_eq(rs_output_npy.make_matrix(
                         &npy, &shape,
                         &(struct rs_place){.path = "/dev/null", .force = true},
                         &err),
                     RS_ERR_OPEN);
    ck_assert_ptr_null(npy);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_file, 1},
    {&test_matched, 1},
    {&test_abandoned, 1},
    {&test_no_file, 1},
};
SUITE(npy, tests, .setup = setup, .teardown = teardown)
