/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inflate.h"
#include "run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* More than memory is mapped at first, so that it must grow. */
enum { BIG = 9 << 20, SMALL = 300 };

static char *text_of(size_t n)
{
    char *text = malloc(n);
    unsigned state = 1;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        text[i] = "0123456789,\n"[state >> 24 & 7];
    }
    return text;
}

/* A gzip member or a zstd frame behind what is in out already. */
static size_t pack(char *out, size_t cap, const char *text, size_t n, bool gzip)
{
    z_stream stream = {0};
    size_t used = 0;

    if (!gzip) {
        used = ZSTD_compress(out, cap, text, n, 3);
        ck_assert(!ZSTD_isError(used));
        return used;
    }
    ck_assert_int_eq(
        deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    stream.next_in = (z_const Bytef *)(uintptr_t)text;
    stream.avail_in = (uInt)n;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)cap;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    used = stream.total_out;
    (void)deflateEnd(&stream);
    return used;
}

static enum rs_status open_most(struct rs_bytes *out, const char *bytes,
                                size_t n, size_t most, struct rs_error *err)
{
    char path[] = "/tmp/regsweep-test-XXXXXX";
    int fd = mkstemp(path);
    enum rs_status status = RS_OK;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
    (void)close(fd);
    status = rs_inflate_open(out, path, most, NULL, err);
    (void)unlink(path);
    return status;
}

static enum rs_status open_bytes(struct rs_bytes *out, const char *bytes,
                                 size_t n, struct rs_error *err)
{
    return open_most(out, bytes, n, 0, err);
}

START_TEST(test_grows)
{
    char *text = text_of(BIG);
    char *packed = malloc(BIG);

    ck_assert_ptr_nonnull(packed);
    for (int gzip = 0; gzip < 2; gzip++) {
        struct rs_bytes bytes;
        struct rs_error err = {0};
        size_t half = pack(packed, BIG, text, BIG / 3, gzip == 1);
        size_t n = half + pack(packed + half, BIG - half, text + BIG / 3,
                               BIG - BIG / 3, gzip == 1);
        ck_assert_msg(open_bytes(&bytes, packed, n, &err) == RS_OK, "%s",
                      err.text);
        ck_assert_uint_eq(bytes.size, BIG);
        ck_assert_mem_eq(bytes.held.base, text, BIG);
        rs_bytes_close(&bytes);
    }
    free(packed);
    free(text);
}
END_TEST

/* Where no more is wanted than the beginning, little more is there, and what
 * the data end with does not matter. */
START_TEST(test_most)
{
    enum { MOST = 1000 };
    char *text = text_of(BIG);
    char *packed = malloc(BIG);

    ck_assert_ptr_nonnull(packed);
    for (int gzip = 0; gzip < 2; gzip++) {
        struct rs_bytes bytes;
        struct rs_error err = {0};
        size_t n = pack(packed, BIG, text, BIG, gzip == 1);
        ck_assert_msg(open_most(&bytes, packed, n - 9, MOST, &err) == RS_OK,
                      "%s", err.text);
        ck_assert_uint_ge(bytes.size, MOST);
        ck_assert_uint_lt(bytes.size, BIG / 2);
        ck_assert_mem_eq(bytes.held.base, text, MOST);
        rs_bytes_close(&bytes);
    }
    free(packed);
    free(text);
}
END_TEST

/* Cut anywhere, two members are refused, unless the cut is between them. */
START_TEST(test_every_cut)
{
    char *text = text_of(SMALL);
    char packed[4 * SMALL];

    for (int gzip = 0; gzip < 2; gzip++) {
        size_t first = pack(packed, sizeof packed, text, SMALL, gzip == 1);
        size_t n = first + pack(packed + first, sizeof packed - first, text,
                                SMALL, gzip == 1);
        for (size_t cut = 4; cut <= n; cut++) {
            struct rs_bytes bytes;
            struct rs_error err = {0};
            enum rs_status status = open_bytes(&bytes, packed, cut, &err);
            if (cut == first || cut == n) {
                ck_assert_int_eq(status, RS_OK);
                ck_assert_uint_eq(bytes.size, cut == n ? 2 * SMALL : SMALL);
                rs_bytes_close(&bytes);
            } else {
                ck_assert_int_eq(status, RS_ERR_MALFORMED);
                ck_assert_ptr_nonnull(strstr(err.text, "truncated"));
            }
        }
    }
    free(text);
}
END_TEST

START_TEST(test_plain)
{
    static const char *const plain[] = {"", "\x1f", "a,b\n1,2\n", "(\xb5/"};

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        struct rs_bytes bytes;
        struct rs_error err = {0};
        ck_assert_int_eq(open_bytes(&bytes, plain[i], strlen(plain[i]), &err),
                         RS_OK);
        ck_assert_int_ge(bytes.fd, 0); /* read where it lies */
        ck_assert_uint_eq(bytes.size, strlen(plain[i]));
        rs_bytes_close(&bytes);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_grows, 1},
    {&test_most, 1},
    {&test_every_cut, 1},
    {&test_plain, 1},
};
SUITE(inflate, tests)
