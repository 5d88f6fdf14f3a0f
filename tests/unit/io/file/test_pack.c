/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inflate.h"
#include "packfile.h"
#include "run_suite.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_PACKINGS = 2, MOST = 3 << 20 };

static const struct rs_packing *const packings[N_PACKINGS] = {&rs_packing_gzip,
                                                              &rs_packing_zstd};

/* Digits and commas, or anything at all. */
static char *bytes_of(size_t n, bool text)
{
    char *bytes = malloc(n + 1);
    uint32_t state = 7;

    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] =
            text ? "0123456789,\n"[(state >> 24) % 12] : (char)(state >> 24);
    }
    return bytes;
}

/* A new folder; the caller removes it. */
static void make_folder(char *path, size_t size)
{
    (void)snprintf(path, size, "/tmp/regsweep-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
}

/* What the reader of the program finds in a file is [n] bytes of want. */
static void check_file(const char *path, const char *want, size_t n)
{
    struct rs_bytes bytes;
    struct rs_error err = {0};
    char *buffer = malloc(n + 1);
    const char *at = NULL;
    size_t found = 0;

    ck_assert_ptr_nonnull(buffer);
    ck_assert_msg(rs_inflate_open(&bytes, path, 0, NULL, &err) == RS_OK, "%s",
                  err.text);
    ck_assert_uint_eq(bytes.size, n);
    ck_assert_int_eq(rs_bytes_read(&at, &found, &bytes, 0, buffer, n + 1, &err),
                     RS_OK);
    ck_assert_uint_eq(found, n);
    ck_assert_mem_eq(at, want, n);
    rs_bytes_close(&bytes);
    free(buffer);
}

/* Pieces of many sizes one after another, compressible or not, and none of
 * them longer than the bound. */
START_TEST(test_pieces)
{
    static const size_t sizes[] = {0,     1,       100,         4096,
                                   65536, 1 << 20, MOST - 70000};
    char folder[64];
    char path[96];

    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/f", folder);
    for (size_t i = 0; i < 2 * N_PACKINGS; i++) {
        const struct rs_packing *packing = packings[i / 2];
        size_t total = 0;
        char *bytes = bytes_of(2 * (size_t)MOST, i % 2 == 0);
        char *piece = malloc(packing->bound(MOST));
        void *state = packing->open();
        FILE *file = fopen(path, "wb");
        ck_assert(piece != NULL && state != NULL && file != NULL);
        for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
            size_t n = packing->pack(state, piece, bytes + total, sizes[k]);
            ck_assert_uint_gt(n, 0);
            ck_assert_uint_le(n, packing->bound(sizes[k]));
            ck_assert_uint_eq(fwrite(piece, 1, n, file), n);
            total += sizes[k];
        }
        (void)fclose(file);
        check_file(path, bytes, total);
        packing->close(state);
        free(piece);
        free(bytes);
    }
    (void)unlink(path);
    (void)rmdir(folder);
}
END_TEST

/* A piece depends on its bytes alone, and gzip's header tells no time. */
START_TEST(test_same_bytes)
{
    static const size_t sizes[] = {90, 1 << 20, 300, 70000, 17};
    char *bytes = bytes_of(MOST, true);

    for (size_t i = 0; i < N_PACKINGS; i++) {
        const struct rs_packing *packing = packings[i];
        void *used = packing->open();
        char *a = malloc(packing->bound(MOST));
        char *b = malloc(packing->bound(MOST));
        ck_assert(used != NULL && a != NULL && b != NULL);
        for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
            void *fresh = packing->open();
            size_t n = packing->pack(used, a, bytes + k, sizes[k]);
            ck_assert_ptr_nonnull(fresh);
            ck_assert_uint_eq(packing->pack(fresh, b, bytes + k, sizes[k]), n);
            ck_assert_mem_eq(a, b, n);
            packing->close(fresh);
        }
        if (packing == &rs_packing_gzip)
            ck_assert_mem_eq(a + 4, "\0\0\0\0", 4);
        packing->close(used);
        free(a);
        free(b);
    }
    packings[0]->close(NULL);
    packings[1]->close(NULL);
    free(bytes);
}
END_TEST

/* Writes text in pieces of all sizes, every third packed before. */
static size_t write_mixed(struct rs_packfile *file, const char *bytes)
{
    const struct rs_packing *packing = file->packing;
    char *piece = malloc(packing->bound(MOST));
    struct rs_error err = {0};
    size_t total = 0;

    ck_assert_ptr_nonnull(piece);
    for (size_t k = 0; k < 40; k++) {
        size_t n = k * k * 131;
        if (k % 3 == 2) {
            size_t packed = packing->pack(file->state, piece, bytes + total, n);
            ck_assert_int_eq(
                rs_packfile_write_packed(file, piece, packed, &err), RS_OK);
        } else {
            ck_assert_int_eq(rs_packfile_write(file, bytes + total, n, &err),
                             RS_OK);
        }
        total += n;
    }
    free(piece);
    return total;
}

/* What was written is there in its order, whether the end was good or bad. */
START_TEST(test_file)
{
    char *bytes = bytes_of(MOST, true);
    char folder[64];
    char path[96];
    char partial[112];

    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/f", folder);
    (void)snprintf(partial, sizeof partial, "%s.partial", path);
    for (size_t i = 0; i < 2 * N_PACKINGS; i++) {
        struct rs_packfile file;
        struct rs_error err = {0};
        size_t total = 0;
        bool good = i % 2 == 0;
        ck_assert_int_eq(
            rs_packfile_init(&file, &(struct rs_outfile_options){.path = path},
                             packings[i / 2], &err),
            RS_OK);
        ck_assert_int_eq(rs_packfile_open(&file, &err), RS_OK);
        total = write_mixed(&file, bytes);
        rs_packfile_mark(&file, 1);
        if (good)
            ck_assert_int_eq(rs_packfile_finish(&file, &err), RS_OK);
        else
            rs_packfile_abandon(&file);
        check_file(good ? path : partial, bytes, total);
        rs_packfile_clear(&file);
        ck_assert_int_eq(unlink(good ? path : partial), 0);
    }
    ck_assert_int_eq(rmdir(folder), 0);
    free(bytes);
}
END_TEST

/* What stands behind the mark is taken back: it may lie in the file, wait as
 * text, or be packed already with what is marked. */
START_TEST(test_marked)
{
    char *bytes = bytes_of(MOST, false);
    char folder[64];
    char path[96];
    char partial[112];

    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/f", folder);
    (void)snprintf(partial, sizeof partial, "%s.partial", path);
    for (size_t i = 0; i < N_PACKINGS; i++)
        for (size_t whole = 1000; whole <= 100000; whole *= 10)
            for (size_t loose = 0; loose <= 200000; loose += 50000) {
                struct rs_packfile file;
                struct rs_error err = {0};
                ck_assert_int_eq(
                    rs_packfile_init(&file,
                                     &(struct rs_outfile_options){.path = path},
                                     packings[i], &err),
                    RS_OK);
                ck_assert_int_eq(rs_packfile_open(&file, &err), RS_OK);
                rs_packfile_mark(&file, 0);
                ck_assert_int_eq(rs_packfile_write(&file, bytes, whole, &err),
                                 RS_OK);
                rs_packfile_mark(&file, 7);
                ck_assert_int_eq(
                    rs_packfile_write(&file, bytes + whole, loose, &err),
                    RS_OK);
                rs_packfile_abandon(&file);
                ck_assert_uint_eq(file.mark.number, 7);
                check_file(partial, bytes, whole);
                rs_packfile_clear(&file);
                ck_assert_int_eq(unlink(partial), 0);
            }
    ck_assert_int_eq(rmdir(folder), 0);
    free(bytes);
}
END_TEST

/* What waits in a pipe, as a file. */
static void copy_pipe(int fd, const char *path)
{
    static char room[1 << 16];
    ssize_t n = read(fd, room, sizeof room);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    ck_assert_int_gt(n, 0);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, room, (size_t)n), n);
    ck_assert_int_eq(close(file), 0);
}

/* What a pipe has got stays: what waits is sent behind it, unless that is
 * there already with more. */
START_TEST(test_pipe)
{
    static const size_t parts[] = {5000, 60000, 5000}; /* and a mark */
    char *bytes = bytes_of(MOST, false);
    char folder[64];
    char path[96];
    char got[96];

    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/f", folder);
    (void)snprintf(got, sizeof got, "%s/got", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    for (size_t n = 1; n <= 3; n++) {
        const size_t there[] = {5000, 5000, 65000};
        struct rs_packfile file;
        struct rs_error err = {0};
        size_t total = 0;
        int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        ck_assert_int_ge(reader, 0);
        ck_assert_int_eq(
            rs_packfile_init(&file, &(struct rs_outfile_options){.path = path},
                             &rs_packing_gzip, &err),
            RS_OK);
        ck_assert_int_eq(rs_packfile_open(&file, &err), RS_OK);
        for (size_t k = 0; k < n; k++) {
            ck_assert_int_eq(
                rs_packfile_write(&file, bytes + total, parts[k], &err), RS_OK);
            total += parts[k];
            if (k == 0)
                rs_packfile_mark(&file, 1);
        }
        rs_packfile_abandon(&file);
        ck_assert_uint_eq(file.mark.number, 1);
        copy_pipe(reader, got);
        check_file(got, bytes, there[n - 1]);
        ck_assert_int_eq(close(reader), 0);
        rs_packfile_clear(&file);
    }
    ck_assert_int_eq(unlink(got), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    free(bytes);
}
END_TEST

/* Nothing written is a packed file of nothing; nothing abandoned is none. */
START_TEST(test_nothing)
{
    char folder[64];
    char path[96];

    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/f", folder);
    for (size_t i = 0; i < N_PACKINGS; i++) {
        struct rs_packfile file;
        struct rs_error err = {0};
        for (int end = 0; end < 2; end++) {
            ck_assert_int_eq(
                rs_packfile_init(&file,
                                 &(struct rs_outfile_options){.path = path},
                                 packings[i], &err),
                RS_OK);
            ck_assert_int_eq(rs_packfile_open(&file, &err), RS_OK);
            if (end == 1)
                ck_assert_int_eq(rs_packfile_finish(&file, &err), RS_OK);
            rs_packfile_clear(&file);
            ck_assert_int_eq(access(path, F_OK), end == 1 ? 0 : -1);
        }
        check_file(path, "", 0);
        (void)unlink(path);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

/* After a write that failed nothing more is written, or the file would have a
 * hole in the middle. */
START_TEST(test_failed)
{
    char *bytes = bytes_of(MOST, false);

    if (access("/dev/full", W_OK) != 0) {
        (void)puts("SKIP: no /dev/full");
        free(bytes);
        return;
    }
    for (size_t i = 0; i < N_PACKINGS; i++) {
        struct rs_packfile file;
        struct rs_error err = {0};
        ck_assert_int_eq(
            rs_packfile_init(&file,
                             &(struct rs_outfile_options){.path = "/dev/full"},
                             packings[i], &err),
            RS_OK);
        ck_assert_int_eq(rs_packfile_open(&file, &err), RS_OK);
        ck_assert_int_eq(rs_packfile_write(&file, bytes, 1 << 19, &err),
                         RS_ERR_WRITE);
        file.n_text = 1; /* as if more had been collected */
        (void)close(file.file.fd);
        file.file.fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
        rs_packfile_abandon(&file);
        ck_assert_uint_eq(file.file.n_bytes, 0);
        rs_packfile_clear(&file);
    }
    free(bytes);
}
END_TEST

/* Writes lines of many lengths, some of them packed before, and marks now and
 * then; ends[k] is where mark k is. Returns false when a write has failed. */
static bool write_marked(struct rs_packfile *file, const char *bytes,
                         size_t ends[], uint32_t state)
{
    const struct rs_packing *packing = file->packing;
    char *piece = malloc(rs_packing_gzip.bound(MOST));
    enum rs_status status = RS_OK;
    uint64_t mark = 0;
    size_t total = 0;

    ck_assert_ptr_nonnull(piece);
    for (size_t k = 0; k < 60 && status == RS_OK; k++) {
        size_t n = 0;
        state = state * 1664525u + 1013904223u;
        n = (state >> 8) % (k % 7 == 6 ? 150000 : 9000);
        if (packing != NULL && k % 5 == 4)
            status = rs_packfile_write_packed(
                file, piece,
                packing->pack(file->state, piece, bytes + total, n), NULL);
        else
            status = rs_packfile_write(file, bytes + total, n, NULL);
        total += n;
        if (status == RS_OK && (state >> 30) > 0) {
            ends[++mark] = total;
            rs_packfile_mark(file, mark);
        }
    }
    free(piece);
    return status == RS_OK;
}

/* A file that is not allowed to grow beyond some size ends at a mark, and says
 * at which. */
START_TEST(test_limits)
{
    const struct rs_packing *const kinds[] = {NULL, &rs_packing_gzip,
                                              &rs_packing_zstd};
    char *bytes = bytes_of(MOST, true);
    struct rlimit limit;
    char folder[64];
    char path[96];
    char partial[112];
    size_t n_cut = 0;
    size_t n_earlier = 0;

    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/f", folder);
    (void)snprintf(partial, sizeof partial, "%s.partial", path);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < 300; i++) {
        struct rs_packfile file;
        size_t ends[64] = {0};
        uint64_t last = 0;
        uint64_t left = 0;
        struct rlimit some = {(i + 1) * 997 * (i % 3 == 0 ? 2 : 1),
                              limit.rlim_max};
        ck_assert_int_eq(
            rs_packfile_init(&file, &(struct rs_outfile_options){.path = path},
                             kinds[i % 3], NULL),
            RS_OK);
        ck_assert_int_eq(rs_packfile_open(&file, NULL), RS_OK);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &some), 0);
        n_cut += !write_marked(&file, bytes, ends, (uint32_t)i);
        last = file.mark.number;
        rs_packfile_abandon(&file);
        left = file.mark.number;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        ck_assert_uint_le(left, last);
        n_earlier += left < last;
        if (ends[left] > 0)
            check_file(partial, bytes, ends[left]);
        else
            ck_assert_int_ne(access(partial, F_OK), 0);
        rs_packfile_clear(&file);
        (void)unlink(partial);
    }
    ck_assert_uint_gt(n_cut, 100);
    ck_assert_uint_gt(n_earlier, 10);
    ck_assert_int_eq(rmdir(folder), 0);
    free(bytes);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_pieces, 1}, {&test_same_bytes, 1}, {&test_file, 1},
    {&test_marked, 1}, {&test_pipe, 1},       {&test_nothing, 1},
    {&test_failed, 1}, {&test_limits, 1},
};
SUITE(pack, tests)
